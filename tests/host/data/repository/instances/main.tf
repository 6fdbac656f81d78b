provider "aws" {
  region = "eu-west-1"
}

resource "aws_security_group" "open" {
  name   = "open"
  vpc_id = "vpc-0a"

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "closed" {
  name   = "closed"
  vpc_id = "vpc-0a"

  egress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_ecs_service" "counted" {
  count = 2

  name            = "counted"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
  }
}

resource "aws_ecs_service" "absent" {
  count = 0

  name            = "absent"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
  }
}

resource "aws_ecs_service" "keyed" {
  for_each = { a = aws_security_group.open.id, b = aws_security_group.closed.id }

  name            = "keyed"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [each.value]
  }
}

resource "aws_ecs_service" "closed" {
  name            = "closed"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.closed.id]
  }
}
