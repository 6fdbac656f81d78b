"""Which texts of a configuration are sensitive; Terraform marks the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.expressions import VAR, Names
from support.terraform import read

from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.kinds import STRING
from checkov_ecs_endpoints.iac.terraform.scope import AnyOrder, Inner, Sensitive
from checkov_ecs_endpoints.iac.terraform.sensitive import marked
from checkov_ecs_endpoints.iac.terraform.syntax import HclExpression, parse_expression
from checkov_ecs_endpoints.values import Location, Unknown, Why

HERE = Path("/nowhere")


def value(source: str) -> tuple[Inner, set[str]]:
    expression = parse_expression(source, Location("/main.tf", 1))
    assert isinstance(expression, HclExpression)
    context = FunctionContext(HERE, HERE, HERE)
    return evaluate(expression, Names({"x": VAR}), context), context.secrets


@pytest.mark.parametrize(
    ("source", "secrets"),
    [
        ('sensitive("abc")', {"abc"}),
        ('upper(sensitive("abc"))', {"abc", "ABC"}),
        ('"${sensitive("abc")}-x"', {"abc", "abc-x"}),
        ('"%{ for one in [sensitive("abc")] }${one};%{ endfor }"', {"abc", "abc;"}),
        ('split(",", sensitive("ab,c"))[0]', {"ab,c", "ab", "c"}),
        ('merge({a = sensitive("abc")}, {b = "open"}).a', {"abc"}),
        ('jsonencode({a = sensitive("abc"), b = "open"})', {"abc", '{"a":"abc","b":"open"}'}),
        ("sensitive([1.5, true, null, x])", {"1.5"}),
    ],
)
def test_what_is_made_of_sensitive_values_is_sensitive(source: str, secrets: set[str]) -> None:
    assert value(source)[1] == secrets | {""}


def test_what_is_beside_a_sensitive_value_is_not() -> None:
    found, _ = value('merge({a = sensitive("abc")}, {b = "open"})')
    assert [isinstance(found[name], Sensitive) for name in ("a", "b")] == [True, False]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('issensitive(sensitive("a"))', True),
        ('issensitive(upper(sensitive("a")))', True),
        ('issensitive(nonsensitive(sensitive("a")))', Why.UNSUPPORTED),
        ('issensitive("a")', False),
        ("issensitive([1])", False),
        ("issensitive(sensitive(true))", Why.UNSUPPORTED),
        ("issensitive(x)", Why.NO_VALUE),
    ],
)
def test_issensitive(source: str, expected: object) -> None:
    found, _ = value(source)
    assert (found.why if isinstance(found, Unknown) else found) == expected


def test_variables_and_outputs_of_modules(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            variable "given" {
              type      = object({ name = string, port = number, open = bool })
              sensitive = true
            }
            variable "brief" {
              default   = "ephemeral-text"
              ephemeral = true
            }
            variable "open" {
              default   = "open-text"
              sensitive = false
            }
            module "child" {
              source = "./child"
              name   = var.given.name
            }
            resource "terraform_data" "a" {
              input = [module.child.upper, module.child.made, var.given.port, var.brief, var.open]
            }
        """,
        "terraform.tfvars": 'given = { name = "given-text", port = "5432", open = true }',
        "child/main.tf": """
            variable "name" {}
            output "upper" {
              value     = upper(var.name)
              sensitive = true
            }
            output "made" {
              value     = "made-here"
              sensitive = true
            }
        """,
    }
    found = read(tmp_path, files)
    shown = ["GIVEN-TEXT", "made-here", 5432, "ephemeral-text", "open-text"]
    assert found.value("terraform_data.a") == shown
    assert {type(one) for one in found.resources["terraform_data.a"].attributes["input"]} == {str, int}  # type: ignore[union-attr]
    secrets = {"given-text", "GIVEN-TEXT", "made-here", "5432", "ephemeral-text", "true", ""}
    assert found.configuration.secrets - {"true"} == secrets - {"true"}


def test_sensitive_values_make_no_keys(tmp_path: Path) -> None:
    source = """
        variable "names" {
          type      = set(string)
          default   = ["hidden-key"]
          sensitive = true
        }
        resource "terraform_data" "a" {
          for_each = var.names
          input    = "x"
        }
    """
    (only,) = read(tmp_path, {"main.tf": source}).resources.values()
    assert only.id == 'terraform_data.a["?"]'
    assert isinstance(only.exists, Unknown)
    assert (only.exists.why, only.exists.note) == (Why.INVALID, "its keys are sensitive")


def test_what_does_not_fit_a_sensitive_variable_is_not_shown(tmp_path: Path) -> None:
    source = """
        variable "port" {
          type      = number
          default   = "hidden-text"
          sensitive = true
        }
        resource "terraform_data" "a" {
          input = var.port
        }
    """
    found = read(tmp_path, {"main.tf": source})
    assert isinstance(found.value("terraform_data.a"), Unknown)
    assert found.configuration.secrets >= {"hidden-text"}


def test_a_list_in_no_known_order_stays_one() -> None:
    order = Unknown(Why.DATA_SOURCE, "data.aws_subnets.a")
    found = marked(AnyOrder(("a", "b"), None, STRING, order), set())
    assert isinstance(found, AnyOrder)
    assert found.order == order
    assert all(isinstance(item, Sensitive) for item in found.items)
