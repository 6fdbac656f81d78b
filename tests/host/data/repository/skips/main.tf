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

resource "aws_ecs_service" "skipped_by_hash" {
  # checkov:skip=ECSNET_401:the proxy of the platform filters
  name            = "skipped_by_hash"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
  }
}

resource "aws_ecs_service" "skipped_by_slashes" {
  // checkov:skip=ECSNET_401:slashes
  name            = "skipped_by_slashes"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
  }
}

resource "aws_ecs_service" "skipped_by_block_comment" {
  /* checkov:skip=ECSNET_401:block */
  name            = "skipped_by_block_comment"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
  }
}

resource "aws_ecs_service" "skipped_in_nested_block" {
  name            = "skipped_in_nested_block"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
    # checkov:skip=ECSNET_401:nested
  }
}

resource "aws_ecs_service" "skipped_with_another" {
  # checkov:skip=CKV_AWS_1,ECSNET_401:two
  name            = "skipped_with_another"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
  }
}

resource "aws_ecs_service" "skipped_without_reason" {
  # checkov:skip=ECSNET_401
  name            = "skipped_without_reason"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
  }
}

# checkov:skip=ECSNET_401:above the block
resource "aws_ecs_service" "failed_comment_above" {
  name            = "failed_comment_above"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
  }
}

resource "aws_ecs_service" "failed_other_id" {
  # checkov:skip=ECSNET_403:another
  name            = "failed_other_id"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.open.id]
  }
}

module "skipped" {
  source = "../modules/service"
  # checkov:skip=ECSNET_401:all below
  group = aws_security_group.open.id
}
