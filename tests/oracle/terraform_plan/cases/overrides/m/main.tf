variable "x" {}
variable "y" {}
output "o" {
  value = "${var.x}-${var.y}"
}
