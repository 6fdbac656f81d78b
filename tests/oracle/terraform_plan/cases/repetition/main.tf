variable "names" {
  type    = set(string)
  default = ["b", "a", "c"]
}

variable "settings" {
  type = map(object({
    size  = number
    zones = optional(list(string), ["x"])
    tags  = optional(map(string), {})
  }))
  default = {
    small = { size = 1 }
    large = { size = "10", zones = ["y", "z"], tags = { a = 1, b = true } }
  }
}

locals {
  create = length(var.names) > 2
  flat = flatten([
    for name, setting in var.settings : [
      for zone in setting.zones : { key = "${name}-${zone}", size = setting.size, zone = zone }
    ]
  ])
}

resource "terraform_data" "counted" {
  count = local.create ? 3 : 0
  input = { index = count.index, even = count.index % 2 == 0 }
}

resource "terraform_data" "none" {
  count = local.create ? 0 : 1
  input = 1
}

resource "terraform_data" "set" {
  for_each = var.names
  input    = "${each.key}=${each.value}"
}

resource "terraform_data" "map" {
  for_each = var.settings
  input    = each.value
}

resource "terraform_data" "flat" {
  for_each = { for one in local.flat : one.key => one if one.size > 0 }
  input    = each.value
}

resource "terraform_data" "chained" {
  for_each = terraform_data.map
  input    = [each.key, each.value.input.size, each.value.id]
}

resource "terraform_data" "together" {
  input = {
    counted = terraform_data.counted[*].input
    last    = terraform_data.counted[length(terraform_data.counted) - 1].input.index
    keys    = keys(terraform_data.map)
    ids     = values(terraform_data.map)[*].id
    sizes   = { for key, one in terraform_data.map : key => one.input.size }
    one     = one(terraform_data.none[*].input)
    try     = try(terraform_data.none[0].input, "none")
    joined  = join(",", [for one in terraform_data.set : one.input])
  }
}
