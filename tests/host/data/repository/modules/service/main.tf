variable "group" {
  type = string
}

resource "aws_ecs_service" "this" {
  name            = "shared"
  task_definition = "shared:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [var.group]
  }
}
