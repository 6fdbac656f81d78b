variable "name" {
  type = string
}

variable "zones" {
  type     = list(string)
  default  = ["default"]
  nullable = false
}

module "inner" {
  source = "./grandchild"
  count  = length(var.zones)
  zone   = var.zones[count.index]
  parent = { name = var.name }
}

resource "terraform_data" "zone" {
  for_each = toset(var.zones)
  input    = "${var.name}/${each.key}"
}

output "name" {
  value = var.name
}

output "zones" {
  value = var.zones
}

output "inner" {
  value = [for one in module.inner : one.text]
}

output "ids" {
  value = { for key, one in terraform_data.zone : key => one.id }
}
