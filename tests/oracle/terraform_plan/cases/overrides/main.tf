variable "a" {
  type    = string
  default = "one"
}
variable "b" {
  default = { x = 1 }
}
locals {
  l = "main"
  k = "kept"
}
resource "terraform_data" "r" {
  count = 2
  input = [local.l, local.k, var.a, var.b, count.index]
  lifecycle {
    ignore_changes = [input]
  }
}
resource "terraform_data" "e" {
  for_each = toset(["a"])
  input    = each.key
}
module "m" {
  source = "./m"
  x      = "main"
  y      = "main"
}
resource "terraform_data" "m" {
  input = module.m.o
}
output "o" {
  value = 1
}
