variable "zone" {}

variable "parent" {
  type = object({
    name = string
    note = optional(string, "none")
  })
}

locals {
  text = "${var.parent.name}:${var.zone}:${var.parent.note}"
}

resource "terraform_data" "text" {
  input = local.text
}

output "text" {
  value = local.text
}
