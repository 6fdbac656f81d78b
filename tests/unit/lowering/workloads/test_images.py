"""Which registry an image is pulled from, as far as its text says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, template, terraform, tf

from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.caches import Cache
from checkov_ecs_endpoints.lowering.workloads.images import Images
from checkov_ecs_endpoints.model.workloads import Image, Registry
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, Why, text

PRIVATE, PUBLIC, OTHER = Registry.PRIVATE_ECR, Registry.PUBLIC_ECR, Registry.OTHER
ACCOUNT = Unknown(Why.DATA_SOURCE, "data.aws_caller_identity.current.account_id")
REGION = Unknown(Why.DATA_SOURCE, "data.aws_region.current.name")
OTHER_REGION = Unknown(Why.DATA_SOURCE, "data.aws_region.other.name")
TAG = Unknown(Why.NO_VALUE, "var.tag")

TERRAFORM = terraform(
    tf("aws_ecs_task_definition.app"),
    tf("aws_ecr_repository.app", {"name": "app"}),
    tf("aws_ecr_repository.far", {"name": "far"}, region="us-east-1"),
    tf("aws_ecr_repository.there", {"name": "there", "region": "us-west-2"}),
    tf("data.aws_ecr_repository.shared", {"name": "shared"}),
    tf("aws_ecrpublic_repository.open"),
    tf("data.aws_region.current"),
    tf("data.aws_region.other", {"name": "us-east-1"}),
    region="eu-west-1",
)
TEMPLATE = template(
    cfn("AWS::ECS::TaskDefinition", "Task"),
    cfn("AWS::ECR::Repository", "Repository"),
)
AWS_ACCOUNT = Unknown(Why.NO_VALUE, "AWS::AccountId")
AWS_REGION = Unknown(Why.NO_VALUE, "AWS::Region")
AWS_SUFFIX = Unknown(Why.NO_VALUE, "AWS::URLSuffix")


def images(configuration: Configuration, *caches: Cache) -> Images:
    index = Index.of(configuration)
    return Images(index, Region.of(configuration.resources[0], configuration, index), caches)


@pytest.mark.parametrize(
    ("name", "registry", "region"),
    [
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", PRIVATE, "eu-west-1"),
        ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/app", PRIVATE, "us-gov-west-1"),
        ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app@sha256:00", PRIVATE, "cn-north-1"),
        ("123456789012.dkr-ecr.eu-west-1.on.aws/team/app:1", PRIVATE, "eu-west-1"),
        ("1234567890.dkr.ecr.us-west-2.amazonaws.com/placeholder:1", PRIVATE, "us-west-2"),
        ("public.ecr.aws/nginx/nginx:1.27", PUBLIC, None),
        ("ecr-public.aws.com/nginx/nginx:1.27", PUBLIC, None),
        ("nginx", OTHER, None),
        ("nginx:1.27", OTHER, None),
        ("library/nginx", OTHER, None),
        ("amazon/aws-xray-daemon", OTHER, None),
        ("docker.io/nginx", OTHER, None),
        ("ghcr.io/acme/app:1", OTHER, None),
        ("localhost:5000/app", OTHER, None),
        ("evil.example/123456789012.dkr.ecr.eu-west-1.amazonaws.com/app", OTHER, None),
        ("x123456789012.dkr.ecr.eu-west-1.amazonaws.com/app", OTHER, None),
        ("mypublic.ecr.aws/app", OTHER, None),
    ],
)
def test_a_known_name_says_its_registry(name: str, registry: Registry, region: str | None) -> None:
    image = Image(name, registry, region, fips="-fips" in name, dual_stack=".on.aws" in name)
    assert images(TERRAFORM).read(name) == image


@pytest.mark.parametrize(
    ("value", "registry", "region"),
    [
        (ref("aws_ecr_repository.app", "repository_url"), PRIVATE, None),
        (text([ref("aws_ecr_repository.app", "repository_url"), ":", TAG]), PRIVATE, None),
        (text([ref("aws_ecr_repository.far", "repository_url"), ":1"]), PRIVATE, "us-east-1"),
        (text([ref("aws_ecr_repository.there", "repository_url"), ":1"]), PRIVATE, "us-west-2"),
        (ref("data.aws_ecr_repository.shared", "repository_url"), PRIVATE, None),
        (Unknown(Why.DATA_SOURCE, "data.aws_ecr_repository.shared.repository_url"), PRIVATE, None),
        (Unknown(Why.DATA_SOURCE, "data.aws_ecr_image.app.image_uri"), PRIVATE, None),
        (ref("aws_ecrpublic_repository.open", "repository_uri"), PUBLIC, None),
        (text([ACCOUNT, ".dkr.ecr.", REGION, ".amazonaws.com/app:", TAG]), PRIVATE, None),
        (text([ACCOUNT, ".dkr.ecr.us-east-1.amazonaws.com/app"]), PRIVATE, "us-east-1"),
        (text([ACCOUNT, ".dkr.ecr.", OTHER_REGION, ".amazonaws.com/app"]), PRIVATE, OTHER_REGION),
        (text(["123456789012.dkr.ecr.", MYSTERY, ".amazonaws.com/app"]), PRIVATE, MYSTERY),
        (text(["nginx:", TAG]), OTHER, None),
        (text(["my-", TAG]), OTHER, None),
        (text(["public.ecr.aws/", MYSTERY]), PUBLIC, None),
        (text(["docker.io/", MYSTERY, "/app"]), OTHER, None),
    ],
)
def test_trap_22_what_is_known_of_a_name_decides(
    value: Value, registry: Registry, region: str | Unknown | None
) -> None:
    image = images(TERRAFORM).read(value)
    assert (image.registry, image.region) == (registry, region)


@pytest.mark.parametrize(
    "value",
    [
        MYSTERY,
        text([MYSTERY, ":latest"]),
        text([MYSTERY, "/nginx"]),
        text(["public.", MYSTERY]),
        text(["1234", MYSTERY]),
        text(["123456789012.dkr.", MYSTERY]),
    ],
)
def test_trap_22_a_name_that_may_be_any_registry_is_unknown(value: Value) -> None:
    assert images(TERRAFORM).read(value, PLACE).registry == MYSTERY


@pytest.mark.parametrize(
    "name",
    ["CONTAINER-IMAGE-PLACEHOLDER", "<IMAGE1_NAME>", "team/App:1", "ghcr.io/__ORG__/app:1", "app image", ""],
)
def test_what_no_image_can_be_called_is_replaced_by_something_else(name: str) -> None:
    taken = Unknown(
        Why.OUTSIDE, f'the image that takes the place of "{name}"', PLACE, "no image can be called so"
    )
    assert images(TERRAFORM).read(name, PLACE) == Image(name, taken)


@pytest.mark.parametrize("name", ["nginx:GIT-SHA", "GHCR.io/a/b__c/d--e.f:V_1.2", f"app@sha256:{'aB' * 32}"])
def test_tags_hosts_and_separators_are_free(name: str) -> None:
    assert images(TERRAFORM).read(name) == Image(name, OTHER)


def test_the_region_of_a_private_host_may_be_open() -> None:
    image = images(TERRAFORM).read(text(["123456789012.dkr.ecr.", MYSTERY]))
    assert image == Image("123456789012.dkr.ecr.${var.mystery}", PRIVATE, MYSTERY)


def test_an_attribute_that_is_no_address_says_nothing() -> None:
    image = images(TERRAFORM).read(ref("aws_ecr_repository.app", "name"))
    assert isinstance(image.registry, Unknown)


def test_cloudformation_spells_the_same() -> None:
    address = text([AWS_ACCOUNT, ".dkr.ecr.", AWS_REGION, ".", AWS_SUFFIX, "/", ref("Repository"), ":1"])
    read = images(TEMPLATE).read
    assert (read(address).registry, read(address).region) == (PRIVATE, None)
    by_attribute = read(text([get_att("Repository", "RepositoryUri"), ":1"]))
    assert by_attribute == Image("${Repository.GetAtt.RepositoryUri}:1", PRIVATE)


def test_a_region_equal_to_the_configurations_own_is_its_own() -> None:
    own = Unknown(Why.NO_VALUE, "var.region")
    configuration = terraform(tf("aws_ecs_task_definition.app"), region=own)
    image = images(configuration).read(text([ACCOUNT, ".dkr.ecr.", own, ".amazonaws.com/app"]))
    assert (image.registry, image.region) == (PRIVATE, None)


HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
HUB = Cache("docker-hub", "registry-1.docker.io")
ROOT = Cache("ROOT", "public.ecr.aws")
OPEN = Cache(MYSTERY, "quay.io")


@pytest.mark.parametrize(
    ("path", "caches", "upstream"),
    [
        ("docker-hub/library/nginx:1", (HUB,), "registry-1.docker.io"),
        ("docker-hub:1", (HUB,), "registry-1.docker.io"),
        ("docker-hubble/nginx:1", (HUB,), ""),
        ("app:1", (HUB,), ""),
        ("anything:1", (HUB, ROOT), "public.ecr.aws"),
        ("docker-hub/library/nginx:1", (ROOT, HUB), "registry-1.docker.io"),
        ("app:1", (ROOT,), ""),
        ("anything:1", (OPEN,), "quay.io"),
        ("app:1", (OPEN,), ""),
    ],
)
def test_a_path_under_a_cache_rule_is_pulled_through_it(
    path: str, caches: tuple[Cache, ...], upstream: str
) -> None:
    name = f"{HOST}/{path}"
    assert images(TERRAFORM, *caches).read(name) == Image(name, PRIVATE, "eu-west-1", upstream)


def test_a_path_that_is_not_known_may_be_pulled_through_a_cache_unless_the_repository_is_declared() -> None:
    read = images(TERRAFORM, HUB).read
    assert read(text([f"{HOST}/", MYSTERY])).cached_from == "registry-1.docker.io"
    assert read(text([f"{HOST}/docker-", MYSTERY])).cached_from == "registry-1.docker.io"
    assert read(text([f"{HOST}/team/", MYSTERY])).cached_from == ""
    declared: Reference | Text | str | Unknown = text(
        [f"{HOST}/", ref("aws_ecr_repository.app", "name"), ":1"]
    )
    assert read(declared).cached_from == ""
    assert read(ref("aws_ecr_repository.app", "repository_url")).cached_from == ""


def test_the_name_of_an_unknown_image_is_what_decides_it() -> None:
    assert images(TERRAFORM).read(MYSTERY, PLACE) == Image("${var.mystery}", MYSTERY)


PIECES = st.sampled_from(
    (
        *("123456789012", "1234", ".dkr.ecr.", "eu-west-1", ".amazonaws.com"),
        *("public.", "ecr.aws", "ghcr.io", "/", "app", ":1"),
    )
)


@given(st.lists(st.tuples(PIECES, st.booleans()), min_size=1, max_size=8))
def test_what_is_said_with_holes_holds_for_what_fills_them(written: list[tuple[str, bool]]) -> None:
    """Whatever a hole turns out to be, the registry stays the one that was named, if one was."""
    read = images(TERRAFORM).read
    holed = read(text(MYSTERY if is_hole else piece for piece, is_hole in written)).registry
    filled = "".join(piece for piece, _ in written)
    if holed is PRIVATE:
        assert ".dkr.ecr." in filled
    elif not isinstance(holed, Unknown):
        registry = read(filled).registry
        assert registry is holed or (isinstance(registry, Unknown) and registry.why is Why.OUTSIDE)
