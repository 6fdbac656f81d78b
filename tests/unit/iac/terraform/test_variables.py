"""Where the values of variables come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.terraform import read

from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Reference, Unknown, Why

SHOW = 'resource "terraform_data" "v" {\n  input = var.v\n}\n'


def test_files_in_the_order_of_terraform(tmp_path: Path) -> None:
    files = {
        "main.tf": "".join(f'variable "v{n}" {{ default = "default" }}\n' for n in range(7))
        + 'resource "terraform_data" "v" {\n'
        + "  input = [var.v0, var.v1, var.v2, var.v3, var.v4, var.v5, var.v6]\n}\n",
        "terraform.tfvars": "\n".join(f'v{n} = "terraform.tfvars"' for n in range(1, 7)),
        "terraform.tfvars.json": "{"
        + ", ".join(f'"v{n}": "terraform.tfvars.json"' for n in range(2, 7))
        + "}",
        "a.auto.tfvars": "\n".join(f'v{n} = "a.auto"' for n in range(3, 7)),
        "b.auto.tfvars.json": "{" + ", ".join(f'"v{n}": "b.auto ${{n}}"' for n in range(4, 7)) + "}",
        "one.tfvars": 'v5 = "one"\nv6 = "one"\nnot_declared = 1',
        "two.tfvars": 'v6 = "two"',
    }
    settings = Settings(var_files=(tmp_path / "one.tfvars", tmp_path / "two.tfvars"))
    assert read(tmp_path, files, settings).value("terraform_data.v") == [
        "default",
        "terraform.tfvars",
        "terraform.tfvars.json",
        "a.auto",
        "b.auto ${n}",
        "one",
        "two",
    ]


def test_types_convert_values_and_fill_in_defaults(tmp_path: Path) -> None:
    main = """
        variable "v" {
          type = list(object({
            port = number
            name = optional(string, "web")
            tags = optional(map(string))
          }))
        }
    """
    files = {
        "main.tf": main,
        "show.tf": SHOW,
        "terraform.tfvars": 'v = [{ port = "80", extra = 1 }, { port = 443, name = null, tags = { a = 1 } }]',
    }
    assert read(tmp_path, files).value("terraform_data.v") == [
        {"port": 80, "name": "web", "tags": None},
        {"port": 443, "name": "web", "tags": {"a": "1"}},
    ]


def test_null_takes_the_default_only_where_null_is_not_allowed(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            module "m" {
              source   = "./m"
              allowed  = null
              refused  = null
            }
            resource "terraform_data" "v" {
              input = module.m.values
            }
        """,
        "m/main.tf": """
            variable "allowed" { default = "a" }
            variable "refused" {
              default  = "b"
              nullable = false
            }
            variable "absent" { default = "c" }
            output "values" { value = [var.allowed, var.refused, var.absent] }
        """,
    }
    assert read(tmp_path, files).value("terraform_data.v") == [None, "b", "c"]


def test_a_variable_without_value_says_where_and_what_would_decide_it(tmp_path: Path) -> None:
    files = {
        "main.tf": 'variable "v" {\n  type = string\n}\nvariable "w" {}\n' + SHOW,
        "w.tf": 'resource "terraform_data" "w" {\n  input = var.w\n}\n',
        "env/prod.tfvars": 'v = "p"',
        "env/test/test.tfvars.json": '{"v": "t"}',
    }
    found = read(tmp_path, files)
    assert found.value("terraform_data.v") == Unknown(
        Why.NO_VALUE,
        "var.v",
        found.at("main.tf", 1, 3),
        "env/prod.tfvars, env/test/test.tfvars.json would decide it, but nothing chooses that file"
        " (--var-file, or `roots` in the settings)",
    )
    assert found.value("terraform_data.w") == Unknown(Why.NO_VALUE, "var.w", found.at("main.tf", 4))


def test_a_missing_input_of_a_module(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "m" {\n  source = "./m"\n  not_declared = 1\n}',
        "m/main.tf": 'variable "v" {}\n' + SHOW,
    }
    found = read(tmp_path, files)
    assert found.problems == []
    assert found.value("module.m.terraform_data.v") == Unknown(
        Why.NO_VALUE, "var.v", found.at("m/main.tf", 1), "the module call does not give it"
    )


def test_an_unknown_keeps_the_places_it_came_through(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            variable "v" {}
            module "m" {
              source = "./m"
              given  = local.v
            }
            locals { v = var.v }
            resource "terraform_data" "v" {
              input = module.m.value
            }
        """,
        "m/main.tf": 'variable "given" {}\noutput "value" {\n  value = var.given\n}\n',
    }
    found = read(tmp_path, files)
    value = found.value("terraform_data.v")
    assert isinstance(value, Unknown)
    assert value.origin == found.at("main.tf", 1)
    assert [(Path(place.path).name, place.line) for place in value.via] == [
        ("main.tf", 6),
        ("main.tf", 4),
        ("main.tf", 3),
        ("main.tf", 8),
    ]


def test_a_value_of_the_wrong_type_is_unknown(tmp_path: Path) -> None:
    files = {"main.tf": 'variable "v" {\n type = number\n default = "many"\n}\n' + SHOW}
    value = read(tmp_path, files).value("terraform_data.v")
    assert isinstance(value, Unknown)
    assert value.why is Why.INVALID


def test_environment_variables_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_VAR_v", "secret")
    found = read(tmp_path, {"main.tf": 'variable "v" {}\n' + SHOW})
    assert isinstance(found.value("terraform_data.v"), Unknown)


def test_sensitive_variables_evaluate(tmp_path: Path) -> None:
    files = {"main.tf": 'variable "v" {\n default = "x"\n sensitive = true\n}\n' + SHOW}
    assert read(tmp_path, files).value("terraform_data.v") == "x"


def test_a_variable_that_is_not_declared_has_no_value(tmp_path: Path) -> None:
    found = read(tmp_path, {"main.tf": SHOW})
    note = "it is not declared in this module"
    assert found.value("terraform_data.v") == Unknown(Why.NO_VALUE, "var.v", found.at("main.tf", 2), note)


LINKED = "a link that leads out of the repository is not read"
PAIR = 'variable "v" {\n  default = "default"\n}\nvariable "w" {\n  default = "default"\n}\n' + (
    'resource "terraform_data" "v" {\n  input = [var.v, var.w]\n}\n'
)


@pytest.mark.parametrize("name", ["terraform.tfvars", "a.auto.tfvars.json"])
def test_a_var_file_that_is_a_link_out_of_the_repository(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"v": "outside"}' if name.endswith("json") else 'v = "outside"')
    inside = tmp_path / "repository"
    inside.mkdir()
    (inside / name).symlink_to(tmp_path / name)
    found = read(inside, {"main.tf": PAIR, "z.auto.tfvars": 'w = "later"'})
    assert found.complaints() == [(name, 0, LINKED)]
    unknown = Unknown(Why.OUTSIDE, name, found.at(name, 0), LINKED)
    assert found.value("terraform_data.v") == [unknown, "later"]


def test_a_var_file_that_cannot_be_read_may_give_any_value(tmp_path: Path) -> None:
    found = read(tmp_path, {"main.tf": PAIR, "terraform.tfvars": 'v = "known"\nw = = 1\n'})
    ((path, line, message),) = found.complaints()
    assert (path, line) == ("terraform.tfvars", 2)
    unknown = Unknown(Why.INVALID, path, found.at(path, line), message)
    assert found.value("terraform_data.v") == ["known", unknown]


def test_a_configuration_file_that_is_a_link_out_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "outside.tf").write_text('resource "aws_vpc" "outside" {}\n')
    inside = tmp_path / "repository"
    (inside / "only").mkdir(parents=True)
    for link in ("more.tf", "only/main.tofu"):
        (inside / link).symlink_to(tmp_path / "outside.tf")
    found = read(inside, {"main.tf": 'resource "aws_vpc" "inside" {}\n'})
    assert found.complaints() == [("more.tf", 0, LINKED), ("only/main.tofu", 0, LINKED)]
    whole, empty = found.configurations
    assert [resource.id for resource in whole.resources] == ["aws_vpc.inside"]
    assert empty.resources == ()
    (handover,) = whole.handovers
    assert handover.values == [Reference("aws_vpc.inside")]


def test_the_null_of_a_variable_has_its_type_beside_another_branch(tmp_path: Path) -> None:
    """As ``terraform console`` has it: both branches become maps of texts."""
    source = """
        variable "v" {
          type    = object({ a = number, b = optional(string) })
          default = null
        }
        variable "w" {
          type    = object({ inner = object({ b = string }) })
          default = { inner = null }
        }
        variable "any" {
          default = null
        }
        resource "terraform_data" "v" {
          input = [
            true ? { a = 1 } : var.v,
            var.w.inner != null ? var.w.inner : { a = 1 },
            true ? { a = 1 } : var.any,
            true ? { a = 1 } : null,
            can(true ? { a = 1, b = "x" } : var.w),
          ]
        }
    """
    found = read(tmp_path, {"main.tf": source}).value("terraform_data.v")
    assert found == [{"a": "1"}, {"a": "1"}, {"a": 1}, {"a": 1}, False]
