module "single" {
  source = "./child"
  name   = "single"
}

module "counted" {
  source = "./child"
  count  = 2
  name   = "counted-${count.index}"
  zones  = [for n in range(count.index + 1) : "z${n}"]
}

module "keyed" {
  source   = "./child"
  for_each = { a = null, b = ["q"] }
  name     = module.single.name == "single" ? each.key : "other"
  zones    = each.value
}

resource "terraform_data" "outputs" {
  input = {
    single  = module.single
    names   = module.counted[*].name
    keyed   = { for key, child in module.keyed : key => child.zones }
    last    = module.counted[1].zones
    inner   = module.keyed["b"].inner
    created = [for child in module.counted : child.ids]
  }
}
