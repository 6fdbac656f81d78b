resource "aws_ecs_service" "twice" {
  name = "a"
  name = "b"
}
