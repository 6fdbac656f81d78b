"""Availability Zones of unknown names: how many there are, and what is keyed by them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.terraform import Reading, read

from checkov_ecs_endpoints.iac.terraform.scope import Keyed
from checkov_ecs_endpoints.iac.terraform.weights import weight
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import OpenDict, Reference, Unknown, Value, Why

ZONES = "data.aws_availability_zones.all"
NETWORK = """
data "aws_availability_zones" "all" {}
resource "aws_subnet" "private" {
  for_each          = toset(data.aws_availability_zones.all.names)
  availability_zone = each.key
  cidr_block        = "10.0.${index(data.aws_availability_zones.all.names, each.key)}.0/24"
}
resource "aws_nat_gateway" "a" {
  for_each  = { for number, zone in data.aws_availability_zones.all.names : zone => number }
  subnet_id = aws_subnet.private[each.key].id
}
resource "aws_route_table_association" "a" {
  for_each  = aws_subnet.private
  subnet_id = each.value.id
}
"""


def zone(index: int) -> Reference:
    return Reference(ZONES, ("names", index))


def key(index: int) -> str:
    return f'["${{{ZONES}.names.{index}}}"]'


def reading(tmp_path: Path, expression: str = "0", settings: Settings | None = None) -> Reading:
    show = f'resource "terraform_data" "show" {{\n  input = {expression}\n}}\n'
    found = read(tmp_path, {"main.tf": NETWORK + show}, settings)
    assert found.problems == []
    return found


def value(tmp_path: Path, expression: str, settings: Settings | None = None) -> Value:
    return reading(tmp_path, expression, settings).value("terraform_data.show")


def test_instances_keyed_by_zone(tmp_path: Path) -> None:
    found = reading(tmp_path)
    for index in range(3):
        subnet = found.resources[f"aws_subnet.private{key(index)}"]
        assert subnet.exists is True
        assert subnet.attributes == {
            "availability_zone": zone(index),
            "cidr_block": f"10.0.{index}.0/24",
        }
        own = Reference(f"aws_subnet.private{key(index)}", ("id",))
        assert found.value(f"aws_nat_gateway.a{key(index)}", "subnet_id") == own
        assert found.value(f"aws_route_table_association.a{key(index)}", "subnet_id") == own
    assert len(found.resources) == 11


@pytest.mark.parametrize(
    "expression",
    [
        "values(aws_subnet.private)[*].id",
        "[for one in aws_subnet.private : one.id]",
        "[for name in keys(aws_subnet.private) : aws_subnet.private[name].id]",
        "[for name in data.aws_availability_zones.all.names : aws_subnet.private[name].id]",
        "values({ for name, one in aws_subnet.private : name => one.id })",
    ],
)
def test_all_of_them_in_the_order_of_their_zones(tmp_path: Path, expression: str) -> None:
    expected = [Reference(f"aws_subnet.private{key(index)}", ("id",)) for index in range(3)]
    assert value(tmp_path, expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("length(aws_subnet.private)", 3),
        (f"{ZONES}.names[0] == {ZONES}.names[1]", False),
        (f"index({ZONES}.names, {ZONES}.names[2])", 2),
        (f"{ZONES}.names[4]", zone(4)),
        (f"length(toset({ZONES}.names))", 3),
        (f"slice({ZONES}.names, 3, 5)", [zone(3), zone(4)]),
        (f"tolist({ZONES}.names)[4]", zone(4)),
    ],
)
def test_zones_are_different(tmp_path: Path, expression: str, expected: Value) -> None:
    assert value(tmp_path, expression) == expected


def test_a_zone_that_is_named_may_be_any(tmp_path: Path) -> None:
    found = value(tmp_path, 'aws_subnet.private["eu-west-1a"].id')
    assert isinstance(found, Unknown)
    same = value(tmp_path, f'{ZONES}.names[0] == "eu-west-1a"')
    assert isinstance(same, Unknown)


def test_no_zone_counts_as_a_text_that_is_known(tmp_path: Path) -> None:
    for expression in ("aws_subnet.private", f"{{ for name in {ZONES}.names : name => 1 }}"):
        found = value(tmp_path, expression)
        assert isinstance(found, OpenDict)
        assert (found.items, found.others) == ({}, None)
        assert (found.rest.why, found.rest.subject) == (Why.DATA_SOURCE, ZONES)


@pytest.mark.parametrize("number", [1, 2, 6])
def test_how_many_there_are_is_a_setting(tmp_path: Path, number: int) -> None:
    assert value(tmp_path, f"length({ZONES}.names)", Settings(zones=number)) == number


def test_zones_of_two_lists_may_be_the_same(tmp_path: Path) -> None:
    (tmp_path / "more.tf").write_text('data "aws_availability_zones" "some" {}\n')
    found = value(tmp_path, f"{ZONES}.names[0] == data.aws_availability_zones.some.names[1]")
    assert isinstance(found, Unknown)


BY_ZONE = f"{{ for name in {ZONES}.names : name => aws_subnet.private[name].id }}"
IDS = [Reference(f"aws_subnet.private{key(index)}", ("id",)) for index in range(3)]


def test_a_module_takes_what_is_keyed_by_zone(tmp_path: Path) -> None:
    child = """
        variable "subnets" {
          type = map(string)
        }
        variable "names" {
          type = list(string)
        }
        output "subnets" {
          value = values(var.subnets)
        }
        output "fifth" {
          value = var.names[4]
        }
    """
    source = f"""
        module "child" {{
          source  = "./child"
          subnets = {BY_ZONE}
          names   = {ZONES}.names
        }}
        resource "terraform_data" "show" {{
          input = [module.child.subnets, module.child.fifth]
        }}
    """
    found = read(tmp_path, {"main.tf": NETWORK, "show.tf": source, "child/main.tf": child})
    assert found.problems == []
    assert found.value("terraform_data.show") == [IDS, zone(4)]


def test_what_is_keyed_by_zone_stays_so_where_it_is_sensitive(tmp_path: Path) -> None:
    assert value(tmp_path, f"values(sensitive({BY_ZONE}))") == IDS
    hidden = f'values({{ for name in {ZONES}.names : name => sensitive("hidden") }})'
    assert reading(tmp_path, hidden).configuration.secrets >= {"hidden"}
    joined = f'join("-", values(sensitive({{ for name in {ZONES}.names : name => "secret" }})))'
    assert reading(tmp_path, joined).configuration.secrets >= {"secret", "secret-secret-secret"}


def test_what_is_keyed_by_zone_weighs_what_it_holds() -> None:
    doubt = Unknown(Why.DATA_SOURCE, ZONES)
    held = Keyed({}, doubt, None, tuple((zone(index), [index] * 5) for index in range(3)))
    assert weight(held) == 1 + 3 + 15
