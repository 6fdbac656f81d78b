output "o" {
  value = "ov-${var.x}-${var.y}"
}
