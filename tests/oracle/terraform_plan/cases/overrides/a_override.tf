resource "terraform_data" "e" {
  input    = "over-${each.key}"
  for_each = { k = 1 }
}
locals {
  l = "a_override"
}
