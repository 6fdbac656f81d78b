"""Network ACLs: order, direction, ports and ranges."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.worlds import UNKNOWN, World, source

from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import AclEntry, Cidr, NetworkAcl
from checkov_ecs_endpoints.reasoning.acls import lets_between, lets_out
from checkov_ecs_endpoints.values import Truth, Unknown

UNDECIDED = "undecided"


def entry(
    number: int | Unknown,
    allow: Truth,
    block: str | Unknown = "0.0.0.0/0",
    ports: tuple[int, int] | None = None,
    egress: Truth = True,
    exists: Truth = True,
) -> AclEntry:
    return AclEntry(
        source=source("entry"),
        number=number,
        egress=egress,
        allow=allow,
        protocol="tcp" if ports else "-1",
        block=block if isinstance(block, Unknown) else Cidr(block),
        ports=ports,
        exists=exists,
    )


BACK = entry(100, True, egress=False)


def outcome(*entries: AclEntry, remote: str | None = None, rest: Unknown | None = None) -> bool | str:
    """Whether HTTPS passes to another subnet, or to the internet where none is given."""
    world = World()
    world.isolated()
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], cidrs=Listing((), UNKNOWN))
    world.subnet("remote", remote or "")
    world.acls["acl"] = NetworkAcl(
        id="acl",
        source=source("acl"),
        vpc="vpc",
        subnets=Listing(("private",)),
        entries=Listing(entries, rest),
    )
    estate = world.estate()
    private, other = estate.network.subnets["private"], estate.network.subnets["remote"]
    out = lets_out(estate.network, private)
    truth = (out if remote is None else lets_between(estate.network, private, other)).truth
    return UNDECIDED if isinstance(truth, Unknown) else truth


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((), False),
        ((entry(100, True), BACK), True),
        ((entry(100, True),), False),
        ((BACK,), False),
        ((entry(100, False), entry(200, True), BACK), False),
        ((entry(200, False), entry(100, True), BACK), True),
        ((entry(100, True, ports=(443, 443)), BACK), True),
        ((entry(100, True, ports=(80, 80)), BACK), False),
        ((entry(100, True, "10.0.0.0/8"), BACK), False),
        ((entry(100, True, "52.0.0.0/8"), BACK), UNDECIDED),
        ((entry(90, False, "52.0.0.0/8"), entry(100, True), BACK), UNDECIDED),
        ((entry(90, False, UNKNOWN), entry(100, True), BACK), UNDECIDED),
        ((entry(90, True, UNKNOWN), entry(100, True), BACK), True),
        ((entry(UNKNOWN, False), entry(100, True), BACK), UNDECIDED),
        ((entry(90, False, exists=UNKNOWN), entry(100, True), BACK), UNDECIDED),
        ((entry(100, True), entry(100, True, ports=(1024, 65535), egress=False)), True),
        ((entry(100, True), entry(100, True, ports=(40000, 65535), egress=False)), UNDECIDED),
        ((entry(100, True), entry(100, True, ports=(443, 443), egress=False)), False),
    ],
)
def test_entries_to_the_internet(entries: tuple[AclEntry, ...], expected: bool | str) -> None:
    assert outcome(*entries) == expected


def test_a_range_around_the_endpoint_is_enough_for_it() -> None:
    entries = (entry(100, True, "10.0.0.0/16"), entry(100, True, "10.0.0.0/16", egress=False))
    assert outcome(*entries, remote="10.0.1.0/24") is True
    assert outcome(*entries, remote="10.9.1.0/24") is False
    assert outcome(*entries, remote="") == UNDECIDED


def test_entries_that_are_not_listed_may_decide() -> None:
    assert outcome(entry(100, True), BACK, rest=UNKNOWN) == UNDECIDED


def test_without_an_acl_of_its_own_everything_passes() -> None:
    world = World()
    world.isolated()
    network = world.estate().network
    assert lets_out(network, network.subnets["private"]).truth is True


def test_the_acl_of_another_vpc_is_never_that_of_the_subnet() -> None:
    world = World()
    world.isolated()
    for vpc, expected in (("elsewhere", True), ("vpc", UNDECIDED), (UNKNOWN, UNDECIDED)):
        world.acls["acl"] = NetworkAcl(
            id="acl",
            source=source("acl"),
            vpc=vpc,
            subnets=Listing((), UNKNOWN),
            entries=Listing(),
        )
        estate = world.estate()
        truth = lets_out(estate.network, estate.network.subnets["private"]).truth
        assert (UNDECIDED if isinstance(truth, Unknown) else truth) == expected
