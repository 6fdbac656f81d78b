locals {
  words   = ["b", "a", "c"]
  numbers = tolist([3, 1.5, 2])
  object  = { name = "x", size = 2, tags = ["p", "q"], none = null }
  map     = tomap({ b = "2", a = "1" })
  set     = toset(["y", "x"])
  nested  = [{ id = 1, at = [1, 2] }, { id = 2, at = [3] }]
  nothing = null
  encoded = base64encode("\u00e9 a")
  template      = "a$${try(v, 1)}-%%{ if true }x%%{ endif }"
  template_loop = "%%{ for x in v ~}\n- $${x}\n%%{ endfor ~}\nend"
  text_a = <<EOT
  %{ for x in [1,2] ~}
  - ${x}
  %{ endfor ~}
  end ${~ 1 ~}

    z $${x} \n "q"
EOT
  text_b = <<-EOT
      %{ for x in [1,2] ~}
      - ${x}
      %{ endfor ~}
    ${1} foo

     z
       ${~ 2}
    EOT
  text_c = <<-EOT
  ${"a"}
    b
  EOT
  text_d = <<EOT
EOT
  text_e = <<-EOT
	tab
	  two
  EOT
  text_f = <<-EOT
    a${ 1 ~}
      b
  EOT
  text_g = "a\n  %{ if true ~}\n x \n%{~ else }no%{ endif }  \t z"
  text_h = " % ${~ 1} %%{ %% $$ $"
  text_i = <<-EOT
    ${ join(",", [
      "a", "b"]) }
      x
  EOT
  text_j = <<-EOT

      a

    b
  EOT
}
