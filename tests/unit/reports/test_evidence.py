"""The evidence path: places that can be opened, and nothing told twice."""

from __future__ import annotations

from dataclasses import replace

from support.assessments import BASE, finding, place

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.reports.evidence import Trail
from checkov_ecs_endpoints.reports.style import Style
from checkov_ecs_endpoints.results import Finding

SUBNET = Step("in a subnet", "", place("vpc.tf", 5))
TABLE = Step("with a route table", "", place("vpc.tf", 9))
ROUTE = Step("with a route", "", place("vpc.tf", 11))
NOTHING = Step("no endpoint at all")


def of(check_id: str, *steps: Step) -> Finding:
    return replace(finding(check_id), evidence=steps)


def test_a_file_is_named_in_full_once_and_its_own_never() -> None:
    own = Step("pulls an image", "", place("services.tf", 12))
    assert Trail(Style("/repository")).paragraphs(of("ECSNET_101", own, SUBNET, TABLE, NOTHING)) == [
        "1. pulls an image (services.tf:12)",
        "2. in a subnet (infra/vpc.tf:5)",
        "3. with a route table (vpc.tf:9)",
        "4. no endpoint at all",
    ]


def test_files_of_one_name_are_told_apart() -> None:
    other = Step("in a module", "", place("modules/vpc.tf", 2))
    assert Trail(Style(BASE)).paragraphs(of("ECSNET_101", SUBNET, other, TABLE, other)) == [
        "1. in a subnet (vpc.tf:5)",
        "2. in a module (modules/vpc.tf:2)",
        "3. with a route table (vpc.tf:9)",
        "4. in a module (modules/vpc.tf:2)",
    ]


def test_what_an_earlier_finding_has_shown_is_not_shown_again() -> None:
    trail = Trail(Style(BASE))
    trail.paragraphs(of("ECSNET_103", NOTHING, SUBNET, TABLE, ROUTE))
    assert trail.paragraphs(of("ECSNET_104", SUBNET, TABLE, ROUTE, NOTHING)) == [
        "1-3. as in steps 2-4 of ECSNET_103 above",
        "4. no endpoint at all",
    ]


def test_two_steps_are_sooner_told_than_referred_to() -> None:
    trail = Trail(Style(BASE))
    trail.paragraphs(of("ECSNET_103", SUBNET, TABLE))
    assert trail.paragraphs(of("ECSNET_104", SUBNET, TABLE)) == [
        "1. in a subnet (vpc.tf:5)",
        "2. with a route table (vpc.tf:9)",
    ]


def test_a_root_is_named_where_the_place_does_not_show_it() -> None:
    style = Style("/repository")
    shown = {
        root: style.resource(finding(root=root)) for root in (".", "services.tf", "other", "../x", ".#prod")
    }
    plain = "aws_ecs_service.app infra/services.tf:10"
    assert shown == {
        ".": plain,
        "services.tf": plain,
        "other": f"{plain} in other",
        "../x": f"{plain} in ../x",
        ".#prod": f"{plain} in .#prod",
    }
