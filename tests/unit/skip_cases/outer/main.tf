module "inner" {
  # checkov:skip=CUSTOM_1:on the inner call
  source = "../module"
}

resource "aws_ecs_service" "in_outer" {
  name = "x"
}
