locals {
  zones   = ["a", "b", "c"]
  nat     = "per_zone"
  nats    = local.nat == "none" ? 0 : local.nat == "single" ? 1 : length(local.zones)
  cidr    = "10.20.0.0/16"
  subnets = [for index, zone in local.zones : cidrsubnet(local.cidr, 8, index + 10)]
  groups  = { for index, zone in local.zones : index % 2 == 0 ? "even" : "odd" => zone... }
  text    = <<-EOT
    %{for zone in local.zones~}
    zone ${zone}
    %{endfor~}
    end
  EOT
}

resource "terraform_data" "values" {
  input = {
    nats     = local.nats
    subnets  = local.subnets
    groups   = local.groups
    text     = local.text
    merged   = merge({ a = 1 }, { b = 2 }, { a = 3 })
    lookup   = lookup({ a = "x" }, "b", "default")
    element  = element(local.zones, 4)
    slice    = slice(local.zones, 1, 3)
    json     = jsonencode({ b = [1, "x", null], a = true })
    format   = format("%s-%03d", "app", 7)
    coalesce = coalesce("", null, "x")
    splat    = { a = [{ b = 1 }, { b = 2 }] }.a[*].b
    null     = null
    compact  = compact(["a", "", "b"])
    distinct = distinct(["a", "b", "a"])
    set      = toset(["b", "a", "b"])
    range    = range(3)
    product  = setproduct(["a", "b"], [1, 2])
  }
}
