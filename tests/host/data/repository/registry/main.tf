provider "aws" {
  region = "eu-west-1"
}

module "far" {
  source  = "example/service/aws"
  version = "1.0.0"
  group   = aws_security_group.open.id
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
