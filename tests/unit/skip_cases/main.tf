# checkov:skip=CUSTOM_1:above the block
resource "aws_ecs_service" "above" {
  name = "x"
}

resource "aws_ecs_service" "first_line" { # checkov:skip=CUSTOM_1:on the first line
  name = "x"
}

resource "aws_ecs_service" "last_line" {
  name = "x"
} # checkov:skip=CUSTOM_1:on the last line

resource "aws_ecs_service" "hash" {
  # checkov:skip=CUSTOM_1:a reason, with words: and colons
  name = "x"
}

resource "aws_ecs_service" "slashes" {
  name = "x" // checkov:skip=CUSTOM_1:after an attribute
}

resource "aws_ecs_service" "star" {
  /* checkov:skip=CUSTOM_1:in a star comment */
  name = "x"
}

resource "aws_ecs_service" "nested" {
  network_configuration {
    # checkov:skip=CUSTOM_1:in a nested block
    subnets = []
  }
}

resource "aws_ecs_service" "no_reason" {
  # checkov:skip=CUSTOM_1
  name = "x"
}

resource "aws_ecs_service" "empty_reason" {
  # checkov:skip=CUSTOM_1:
  name = "x"
}

resource "aws_ecs_service" "several" {
  # checkov:skip=CUSTOM_0,CUSTOM_1:two ids
  name = "x"
}

resource "aws_ecs_service" "several_with_space" {
  # checkov:skip=CUSTOM_0, CUSTOM_1:two ids and a space
  name = "x"
}

resource "aws_ecs_service" "space_before" {
  # checkov:skip= CUSTOM_1:a space before the id
  name = "x"
}

resource "aws_ecs_service" "space_in_keyword" {
  # checkov: skip=CUSTOM_1:a space in the keyword
  name = "x"
}

resource "aws_ecs_service" "other_id" {
  # checkov:skip=CUSTOM_10:another id
  name = "x"
}

resource "aws_ecs_service" "glob" {
  # checkov:skip=CUSTOM_*:no globs
  name = "x"
}

resource "aws_ecs_service" "lower_case" {
  # checkov:skip=custom_1:ids have case
  name = "x"
}

resource "aws_ecs_service" "bridgecrew" {
  # bridgecrew:skip=CUSTOM_1:the old name
  name = "x"
}

resource "aws_ecs_service" "cortex" {
  # cortex:skip=CUSTOM_1:the new name
  name = "x"
}

resource "aws_ecs_service" "two_comments" {
  # checkov:skip=CUSTOM_1:the first
  # checkov:skip=CUSTOM_1:the second
  name = "x"
}

resource "aws_ecs_service" "two_on_a_line" {
  # checkov:skip=CUSTOM_0:the first checkov:skip=CUSTOM_1:the second
  name = "x"
}

resource "aws_ecs_service" "no_comment_at_all" {
  name = "checkov:skip=CUSTOM_1:in a text"
}

resource "aws_ecs_service" "heredoc" {
  name = <<-EOT
    checkov:skip=CUSTOM_1:in a heredoc
  EOT
}

module "skipped" {
  # checkov:skip=CUSTOM_1:on the call
  source = "./module"
}

module "judged" {
  source = "./module"
}

module "outer" {
  # checkov:skip=CUSTOM_1:on the outer call
  source = "./outer"
}
