"""Data sources that search AWS and find, without doubt, resources of the same root."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.terraform import Reading, read

from checkov_ecs_endpoints.values import OpenList, Reference, Unknown, Value, Why

NETWORK = """
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "main" }
}
resource "aws_vpc" "other" {
  cidr_block = "10.1.0.0/16"
}
resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = "eu-west-1${count.index == 0 ? "a" : "b"}"
  tags              = { Tier = "private", Name = "private-${count.index}" }
}
resource "aws_subnet" "public" {
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.9.0/24"
  availability_zone = "eu-west-1a"
  tags              = { Tier = "public", Name = "public" }
}
resource "aws_subnet" "elsewhere" {
  vpc_id     = aws_vpc.other.id
  cidr_block = "10.1.0.0/24"
  tags       = { Tier = "private" }
}
resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.s3"
}
"""
PRIVATE = [Reference(f"aws_subnet.private[{index}]", ("id",)) for index in range(2)]
PUBLIC = Reference("aws_subnet.public", ("id",))


def only(name: str, *values: str) -> str:
    """A filter of a lookup."""
    return f'\n  filter {{\n    name   = "{name}"\n    values = [{", ".join(values)}]\n  }}\n'


IN_MAIN = only("vpc-id", "aws_vpc.main.id")
MADE = "\n  depends_on = [aws_subnet.private, aws_subnet.public]\n"


def reading(tmp_path: Path, lookup: str, expression: str, more: str = "") -> Reading:
    show = f'resource "terraform_data" "show" {{\n  input = {expression}\n}}\n'
    found = read(tmp_path, {"main.tf": NETWORK + more, "lookup.tf": lookup, "show.tf": show})
    assert found.problems == []
    return found


def value(tmp_path: Path, lookup: str, expression: str, more: str = "") -> Value:
    """What an expression gives beside the network and a lookup in it."""
    return reading(tmp_path, lookup, expression, more).value("terraform_data.show")


def subnets(body: str) -> str:
    return f'data "aws_subnets" "x" {{\n{body}\n}}\n'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f'{IN_MAIN}{MADE}  tags = {{ Tier = "private" }}', PRIVATE),
        (f'{IN_MAIN}{MADE}  tags = {{ Name = "p*-?" }}', PRIVATE),
        (IN_MAIN + MADE, [*PRIVATE, PUBLIC]),
        (
            IN_MAIN + MADE + only("tag:Name", '"public"', '"none"'),
            [PUBLIC],
        ),
        (
            IN_MAIN + MADE + only("availability-zone", '"eu-west-1b"'),
            PRIVATE[1:],
        ),
    ],
)
def test_lists_of_what_a_vpc_of_the_root_holds(tmp_path: Path, body: str, expected: Value) -> None:
    assert value(tmp_path, subnets(body), "data.aws_subnets.x.ids") == expected


def test_the_order_of_a_list_is_not_known(tmp_path: Path) -> None:
    lookup = subnets(f'{IN_MAIN}{MADE}  tags = {{ Tier = "private" }}')
    found = value(tmp_path, lookup, "[data.aws_subnets.x.ids[0], element(data.aws_subnets.x.ids, 1)]")
    assert isinstance(found, list)
    for member in found:
        assert isinstance(member, Unknown)
        assert (member.why, member.note) == (Why.DATA_SOURCE, "AWS lists them in no certain order")
    assert value(tmp_path, lookup, "length(data.aws_subnets.x.ids)") == 2


@pytest.mark.parametrize(
    "same",
    [
        "sort({})",
        "distinct({})",
        "reverse({})",
        "compact({})",
        "flatten([{}])",
        "chunklist({}, 1)[0]",
        'matchkeys({}, ["a", "b"], ["a", "b"])',
    ],
)
def test_no_function_gives_a_list_an_order_that_is_not_known(tmp_path: Path, same: str) -> None:
    lookup = subnets(f'{IN_MAIN}{MADE}  tags = {{ Tier = "private" }}')
    found = same.format("data.aws_subnets.x.ids")
    assert isinstance(value(tmp_path, lookup, f"({found})[0]"), Unknown)
    assert isinstance(value(tmp_path, lookup, f"element({found}, 1)"), Unknown)


@pytest.mark.parametrize("same", ["sort({})", "distinct({})", "reverse({})", "compact({})", "flatten([{}])"])
def test_a_list_keeps_its_members_where_its_order_is_not_known(tmp_path: Path, same: str) -> None:
    lookup = subnets(f'{IN_MAIN}{MADE}  tags = {{ Tier = "private" }}')
    found = value(tmp_path, lookup, same.format("data.aws_subnets.x.ids"))
    assert isinstance(found, list)
    assert set(found) == set(PRIVATE)


def test_sorted_ids_are_all_there_in_an_order_that_only_aws_knows(tmp_path: Path) -> None:
    ids = "sort(aws_subnet.private[*].id)"
    found = value(tmp_path, "", ids)
    assert isinstance(found, list)
    assert set(found) == set(PRIVATE)
    first = value(tmp_path, "", f"{ids}[0]")
    assert isinstance(first, Unknown)
    assert first.why is Why.AFTER_APPLY


def test_a_list_is_whole_behind_the_variable_of_a_module(tmp_path: Path) -> None:
    lookup = subnets(f'{IN_MAIN}{MADE}  tags = {{ Tier = "private" }}')
    files = {
        "main.tf": NETWORK + lookup + 'module "m" {\n  source = "./m"\n  ids = data.aws_subnets.x.ids\n}\n',
        "m/main.tf": 'variable "ids" {\n  type = list(string)\n}\n'
        'resource "aws_ecs_service" "a" {\n  network_configuration {\n    subnets = var.ids\n  }\n}\n',
    }
    service = read(tmp_path, files).resources["module.m.aws_ecs_service.a"]
    assert service.attributes["network_configuration"] == [{"subnets": PRIVATE}]


def test_instances_are_made_of_what_a_lookup_gives(tmp_path: Path) -> None:
    lookup = subnets(f'{IN_MAIN}{MADE}  tags = {{ Tier = "private" }}')
    more = 'resource "aws_eip" "a" {\n  count = length(data.aws_subnets.x.ids)\n}\n'
    assert value(tmp_path, lookup, "length(aws_eip.a)", more) == 2


@pytest.mark.parametrize(
    ("body", "more", "note"),
    [
        (
            IN_MAIN,
            "",
            "it does not depend on aws_subnet.private[0], so that it may be read before that is made",
        ),
        (
            f'{MADE}  tags = {{ Tier = "private" }}',
            "",
            "it does not search in a VPC of this configuration alone",
        ),
        (
            IN_MAIN + MADE + only("tag-key", '"Tier"'),
            "",
            "its filter tag-key is not followed",
        ),
        (f'{IN_MAIN}{MADE}  tags = {{ Tier = "database" }}', "", "nothing here matches"),
        (
            IN_MAIN + MADE,
            'module "m" {\n  source = "example.com/a/b/aws"\n  vpc = aws_vpc.main.id\n}\n',
            "aws_vpc.main is handed to a module that is not on disk",
        ),
    ],
)
def test_doubts_about_a_list(tmp_path: Path, body: str, more: str, note: str) -> None:
    found = value(tmp_path, subnets(body), "data.aws_subnets.x.ids", more)
    assert isinstance(found, Unknown)
    assert (found.why, found.subject, found.note) == (Why.DATA_SOURCE, "data.aws_subnets.x", note)


def test_what_may_match_too_makes_a_list_unknown(tmp_path: Path) -> None:
    lookup = subnets(f'{IN_MAIN}{MADE}  tags = {{ Tier = "private" }}')
    more = """
        variable "tier" {}
        resource "aws_subnet" "third" {
          vpc_id = aws_vpc.main.id
          tags   = { Tier = var.tier }
        }
    """
    found = value(tmp_path, lookup, "data.aws_subnets.x.ids", more)
    assert isinstance(found, Unknown)
    assert (found.why, found.subject) == (Why.NO_VALUE, "var.tier")


def test_another_account_is_not_searched(tmp_path: Path) -> None:
    more = 'provider "aws" {\n  alias  = "there"\n  region = "eu-west-1"\n}\n'
    lookup = subnets(f"  provider = aws.there\n{IN_MAIN}{MADE}")
    found = value(tmp_path, lookup, "data.aws_subnets.x.ids", more)
    assert isinstance(found, Unknown)
    assert found.note == "it searches with another provider configuration than aws_vpc.main has"


def test_another_region_is_not_searched(tmp_path: Path) -> None:
    lookup = subnets(f'  region = "eu-west-2"\n{IN_MAIN}{MADE}')
    found = value(tmp_path, lookup, "data.aws_subnets.x.ids", 'provider "aws" {\n  region = "eu-west-1"\n}\n')
    assert isinstance(found, Unknown)
    assert found.note == "it searches with another provider configuration than aws_vpc.main has"


def test_what_another_name_of_the_provider_makes_is_in_the_vpc_too(tmp_path: Path) -> None:
    more = """
        provider "aws" {
          alias = "again"
        }
        resource "aws_subnet" "again" {
          provider = aws.again
          vpc_id   = aws_vpc.main.id
          tags     = { Tier = "again" }
        }
    """
    lookup = subnets(f'{IN_MAIN}\n  depends_on = [aws_subnet.again]\n  tags = {{ Tier = "again" }}')
    expected = [Reference("aws_subnet.again", ("id",))]
    assert value(tmp_path, lookup, "data.aws_subnets.x.ids", more) == expected


@pytest.mark.parametrize("name", ["p${aws_vpc.main.id}", "p${var.unknown}"])
def test_a_wildcard_may_fit_what_is_not_known(tmp_path: Path, name: str) -> None:
    more = 'variable "unknown" {}\nresource "aws_subnet" "more" {\n  vpc_id = aws_vpc.main.id\n'
    more += f'  tags = {{ Name = "{name}" }}\n}}\n'
    for wanted in ("p*", "${var.unknown}-x"):
        lookup = subnets(f'{IN_MAIN}{MADE}  tags = {{ Name = "{wanted}" }}')
        found = value(tmp_path, lookup, "data.aws_subnets.x.ids", more)
        assert isinstance(found, Unknown)
        assert found.why is Why.UNSUPPORTED


def test_a_module_waits_for_what_its_call_depends_on(tmp_path: Path) -> None:
    files = {
        "main.tf": NETWORK
        + 'module "m" {\n  source = "./m"\n  vpc = aws_vpc.main.id\n'
        + "  depends_on = [aws_subnet.private]\n}\n",
        "m/main.tf": 'variable "vpc" {}\ndata "aws_subnets" "x" {\n  filter {\n    name = "vpc-id"\n'
        '    values = [var.vpc]\n  }\n  tags = { Tier = "private" }\n}\n'
        'resource "terraform_data" "show" {\n  input = data.aws_subnets.x.ids\n}\n',
    }
    assert read(tmp_path, files).value("module.m.terraform_data.show") == PRIVATE


@pytest.mark.parametrize(
    ("type_", "body", "attribute", "expected"),
    [
        ("aws_subnet", '  vpc_id = aws_vpc.main.id\n  tags = { Name = "public" }', "id", PUBLIC),
        ("aws_subnet", '  vpc_id = aws_vpc.main.id\n  cidr_block = "10.0.1.0/24"', "id", PRIVATE[1]),
        (
            "aws_subnet",
            '  vpc_id = aws_vpc.main.id\n  tags = { Name = "public" }',
            "cidr_block",
            Reference("aws_subnet.public", ("cidr_block",)),
        ),
        (
            "aws_vpc",
            '  tags = { Name = "main" }\n  depends_on = [aws_vpc.main]',
            "id",
            Reference("aws_vpc.main", ("id",)),
        ),
        (
            "aws_security_group",
            '  vpc_id = aws_vpc.main.id\n  name = "app"',
            "id",
            Reference("aws_security_group.app", ("id",)),
        ),
        (
            "aws_security_group",
            '  vpc_id = aws_vpc.main.id\n  name = "default"',
            "id",
            Reference("aws_vpc.main", ("default_security_group_id",)),
        ),
        (
            "aws_route_table",
            "  vpc_id = aws_vpc.main.id" + only("association.main", '"true"'),
            "route_table_id",
            Reference("aws_vpc.main", ("main_route_table_id",)),
        ),
        (
            "aws_vpc_endpoint",
            '  vpc_id = aws_vpc.main.id\n  service_name = "com.amazonaws.eu-west-1.s3"',
            "prefix_list_id",
            Reference("aws_vpc_endpoint.s3", ("prefix_list_id",)),
        ),
    ],
)
def test_single_things(tmp_path: Path, type_: str, body: str, attribute: str, expected: Value) -> None:
    lookup = f'data "{type_}" "x" {{\n{body}\n}}\n'
    assert value(tmp_path, lookup, f"data.{type_}.x.{attribute}") == expected


@pytest.mark.parametrize(
    ("type_", "body", "note"),
    [
        (
            "aws_vpc",
            '  tags = { Name = "main" }',
            "it does not depend on aws_vpc.main, so that it may be read before that is made",
        ),
        ("aws_vpc", "  default = true", "its default is not followed"),
        ("aws_vpc", '  tags = { Name = "none" }', "nothing here certainly matches"),
        (
            "aws_subnet",
            '  vpc_id = aws_vpc.main.id\n  tags = { Tier = "private" }',
            "several resources of this configuration match",
        ),
    ],
)
def test_doubts_about_single_things(tmp_path: Path, type_: str, body: str, note: str) -> None:
    found = value(tmp_path, f'data "{type_}" "x" {{\n{body}\n}}\n', f"data.{type_}.x.id")
    assert isinstance(found, Unknown)
    assert (found.why, found.subject, found.note) == (Why.DATA_SOURCE, f"data.{type_}.x", note)


def test_default_tags_are_searched_too(tmp_path: Path) -> None:
    more = 'provider "aws" {\n  region = "eu-west-1"\n  default_tags {\n    tags = { Team = "t" }\n  }\n}\n'
    lookup = subnets(f'{IN_MAIN}{MADE}  tags = {{ Team = "t", Tier = "public" }}')
    assert value(tmp_path, lookup, "data.aws_subnets.x.ids", more) == [PUBLIC]


def test_what_a_lookup_finds_by_what_it_finds_is_unknown(tmp_path: Path) -> None:
    lookup = subnets(f"{IN_MAIN}{MADE}")
    more = """
        resource "aws_subnet" "more" {
          count  = length(data.aws_subnets.x.ids)
          vpc_id = aws_vpc.main.id
        }
    """
    found = value(tmp_path, lookup, "data.aws_subnets.x.ids", more)
    assert isinstance(found, Unknown)
    assert found.why in (Why.DATA_SOURCE, Why.AFTER_APPLY)


def test_a_list_of_several_is_open_where_its_order_counts(tmp_path: Path) -> None:
    lookup = subnets(f'{IN_MAIN}{MADE}  tags = {{ Tier = "private" }}')
    found = value(tmp_path, lookup, "concat(data.aws_subnets.x.ids, [aws_subnet.public.id])")
    assert isinstance(found, OpenList)
    assert set(found.items) == {*PRIVATE, PUBLIC}
