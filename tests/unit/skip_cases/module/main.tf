resource "aws_ecs_service" "in_module" {
  name = "x"
}

resource "aws_ecs_service" "own_reason" {
  # checkov:skip=CUSTOM_1:its own
  name = "x"
}
