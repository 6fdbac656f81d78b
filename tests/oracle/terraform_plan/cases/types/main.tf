variable "numbers" {
  type    = list(number)
  default = ["1", 2.5, "3"]
}

variable "texts" {
  type    = list(string)
  default = [1, true, 2.50, "x"]
}

variable "unique" {
  type    = set(number)
  default = [3, 1, "2", 1]
}

variable "anything" {
  type    = any
  default = { a = [1, "b", null], c = { d = true } }
}

variable "same" {
  type    = list(any)
  default = [1, "a", true]
}

variable "pair" {
  type    = tuple([string, number])
  default = [1, "2"]
}

variable "nested" {
  type = object({
    name = string
    deep = optional(object({
      ports = optional(list(number), [80, 443])
      flag  = optional(bool)
    }), {})
    list = optional(list(object({ x = optional(string, "dx") })), [])
  })
  default = {
    name  = "n"
    list  = [{}, { x = "y" }, { x = null }]
    extra = "dropped"
  }
}

variable "nothing" {
  type    = string
  default = null
}

variable "flag" {
  type    = bool
  default = "true"
}

variable "untyped" {
  default = [1, "a"]
}

resource "terraform_data" "types" {
  input = {
    numbers  = var.numbers
    texts    = var.texts
    unique   = var.unique
    anything = var.anything
    same     = var.same
    pair     = var.pair
    nested   = var.nested
    nothing  = var.nothing
    flag     = var.flag
    untyped  = var.untyped
  }
}
