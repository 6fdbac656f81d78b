provider "aws" {
  region = "eu-west-1"
}

variable "group" {
  type = string
}

resource "aws_ecs_service" "app" {
  name            = "app"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [var.group]
  }
}
