provider "aws" {
  region = "eu-west-1"
}

module "service" {
  source = "../../modules/service"
  group  = aws_security_group.tasks.id
}

resource "aws_security_group" "tasks" {
  name   = "tasks"
  vpc_id = "vpc-0a"

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
