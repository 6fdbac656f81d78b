locals {
  l = "override"
}
variable "a" {
  default = 5
}
resource "terraform_data" "r" {
  input = [local.l, "over", var.a, count.index]
  count = 3
}
module "m" {
  x = "override"
}
