"""Settings files: every key, every error with its key and line, and which file holds where."""

from __future__ import annotations

from pathlib import Path
from posixpath import normpath

import pytest

from checkov_ecs_endpoints.settings import (
    Assumption,
    Egress,
    Giver,
    HighBandwidth,
    Match,
    Nat,
    OnUnknown,
    RootSetting,
    RouteKind,
    RouteTo,
    Settings,
)
from checkov_ecs_endpoints.settings_file import SettingsError, SettingsFiles, read
from checkov_ecs_endpoints.values import Location

EVERYTHING = """\
tiers:
  high_bandwidth:
    tags: {Tier: [backend, ingest]}
    names: ["*-etl"]
    clusters: [ingest]
nat:
  ceiling_gbps: 100
  fargate_vcpus: 64.5
roots:
  - {path: infra, var_files: [env/prod.tfvars, shared.tfvars], workspace: prod, name: prod}
  - path: infra
  - {path: cfn/app.yaml, parameter_files: [env/prod.json], name: prod}
regions: {default: eu-west-1, zones: 4}
unknown: fail
"""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory with a root and var files in both places where they may be."""
    for name in ("infra/env/prod.tfvars", "shared.tfvars", "cfn/app.yaml", "cfn/env/prod.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    return tmp_path


def write(directory: Path, text: str) -> Path:
    path = directory / ".ecs-endpoints.yaml"
    path.write_text(text)
    return path


def test_every_key_is_read(directory: Path) -> None:
    infra = (directory / "infra").as_posix()
    assert read(write(directory, EVERYTHING)) == Settings(
        high_bandwidth=HighBandwidth(
            tags={"Tier": ("backend", "ingest")}, names=("*-etl",), clusters=("ingest",)
        ),
        nat=Nat(ceiling_gbps=100, fargate_vcpus=64.5),
        roots=(
            RootSetting(
                infra,
                (f"{infra}/env/prod.tfvars", (directory / "shared.tfvars").as_posix()),
                "prod",
                "prod",
            ),
            RootSetting(infra),
            RootSetting(
                (directory / "cfn/app.yaml").as_posix(),
                name="prod",
                parameter_files=((directory / "cfn/env/prod.json").as_posix(),),
            ),
        ),
        default_region="eu-west-1",
        zones=4,
        on_unknown=OnUnknown.FAIL,
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "{}\n"])
def test_an_empty_file_changes_nothing(text: str, directory: Path) -> None:
    assert read(write(directory, text)) == Settings()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- a\n", 1, "must be a mapping"),
        ("unknown: [\n", 2, "not valid YAML: did not find expected node content"),
        ("\nteirs: {}\n", 2, "teirs is not a setting; there is tiers, nat, roots, assume, regions, unknown"),
        ("nat:\n  ceiling: 4\n", 2, "nat.ceiling is not a setting; there is ceiling_gbps, fargate_vcpus"),
        ("nat:\n  ceiling_gbps: much\n", 2, "nat.ceiling_gbps must be a number above 0"),
        ("nat:\n  ceiling_gbps: 0\n", 2, "nat.ceiling_gbps must be a number above 0"),
        ("nat:\n  ceiling_gbps: .inf\n", 2, "nat.ceiling_gbps must be a number above 0"),
        ("nat:\n  ceiling_gbps: '45'\n", 2, "nat.ceiling_gbps must be a number above 0"),
        ("nat: []\n", 1, "nat must be a mapping"),
        ("unknown: maybe\n", 1, "unknown must be one of report, fail, silent"),
        ("unknown: report\nunknown: fail\n", 2, "unknown is given twice"),
        ("assume: {}\n", 1, "assume must be a list"),
        ("assume:\n  - egress: nat\n", 2, "assume[0] has no match"),
        ("assume:\n  - match: {root: .}\n", 2, "assume[0] says neither endpoints nor egress"),
        (
            "assume:\n  - match: {vpc: x}\n    egress: nat\n",
            2,
            "assume[0].match.vpc is not a setting; there is "
            "root, variable, parameter, data, import, route_to",
        ),
        (
            "assume:\n  - egress: nat\n    match: {}\n",
            3,
            "assume[0].match must have root, or one of variable, parameter, data, import, route_to, or both",
        ),
        (
            "assume:\n  - egress: nat\n    match: {variable: a, data: b}\n",
            3,
            "assume[0].match must have root, or one of variable, parameter, data, import, route_to, or both",
        ),
        (
            "assume:\n  - egress: nat\n    match: {variable: a, route_to: {kind: peering}}\n",
            3,
            "assume[0].match must have root, or one of variable, parameter, data, import, route_to, or both",
        ),
        (
            "assume:\n  - egress: nat\n    match: {resource: aws_vpc.main}\n",
            3,
            "assume[0].match.resource is not a setting; there is "
            "root, variable, parameter, data, import, route_to",
        ),
        (
            "assume:\n  - egress: nat\n    match:\n      route_to: {}\n",
            4,
            "assume[0].match.route_to must have kind, "
            "or one of variable, parameter, data, import, resource, id, or both",
        ),
        (
            "assume:\n  - egress: nat\n    match:\n      route_to: {id: tgw-1, data: b}\n",
            4,
            "assume[0].match.route_to must have kind, "
            "or one of variable, parameter, data, import, resource, id, or both",
        ),
        (
            "assume:\n  - egress: nat\n    match:\n      route_to:\n        kind: nat\n",
            5,
            "assume[0].match.route_to.kind must be one of transit-gateway, cloud-wan, peering, firewall, "
            "virtual-private-gateway, network-interface",
        ),
        (
            "assume:\n  - match: {route_to: {kind: peering}}\n    egress: nat\n",
            3,
            "assume[0].egress must be isolated: no peering connection leads to the internet",
        ),
        (
            "assume:\n  - match: {root: .}\n    egress: internet\n",
            3,
            "assume[0].egress must be one of nat, isolated, firewall, transit-gateway",
        ),
        (
            "assume:\n  - match: {root: .}\n    zones: 3\n",
            3,
            "assume[0].zones is not a setting; there is match, endpoints, egress",
        ),
        ("assume:\n  - match: {root: .}\n    endpoints: s3\n", 3, "assume[0].endpoints must be a list"),
        (
            "regions:\n  zones: 2.5\n",
            2,
            "regions.zones must be a whole number above 0",
        ),
        (
            "regions:\n  default: 7\n",
            2,
            "regions.default must be a text (in quotes if it reads like something else)",
        ),
        ("tiers: {high: {}}\n", 1, "tiers.high is not a setting; there is high_bandwidth"),
        ("tiers:\n  high_bandwidth:\n    names: etl\n", 3, "tiers.high_bandwidth.names must be a list"),
        (
            "tiers:\n  high_bandwidth:\n    tags:\n      Tier:\n        - 1\n",
            5,
            "tiers.high_bandwidth.tags.Tier[0] must be a text (in quotes if it reads like something else)",
        ),
        ("roots:\n  - path: infra\n  - name: x\n", 3, "roots[1] has no path"),
        ("roots:\n  - path: nowhere\n", 2, "roots[0].path nowhere does not exist"),
        (
            "roots:\n  - path: infra\n    parameter_files: [prod.json]\n",
            3,
            "roots[0].parameter_files is for a CloudFormation template, which infra is not",
        ),
        (
            "roots:\n  - path: cfn/app.yaml\n    workspace: prod\n",
            3,
            "roots[0].workspace is for a Terraform directory, which cfn/app.yaml is not",
        ),
        (
            "roots:\n  - path: infra\n  - path: ./infra\n",
            3,
            "roots[1] is a root of the same path and name as one before it",
        ),
    ],
)
def test_errors_name_the_key_and_the_line(text: str, line: int, message: str, directory: Path) -> None:
    path = write(directory, text)
    with pytest.raises(SettingsError) as caught:
        read(path)
    assert str(caught.value) == f"{path}:{line}: {message}"
    assert (caught.value.path, caught.value.line, caught.value.message) == (path, line, message)


def test_assumptions(directory: Path) -> None:
    path = write(
        directory,
        "assume:\n"
        "  - match: {root: services/*, variable: vpc_id}\n"
        "    endpoints: [ecr.api, s3, s3]\n"
        "    egress: transit-gateway\n"
        "  - match: {import: network-*}\n"
        "    endpoints: []\n"
        "  - match: {route_to: {kind: transit-gateway, variable: '*tgw*'}}\n"
        "    egress: isolated\n",
    )
    base, place = directory.as_posix(), path.as_posix()
    assert read(path).assumptions == (
        Assumption(
            "assume[0]",
            Location(place, 2),
            Match(base, "services/*", Giver.VARIABLE, "vpc_id"),
            ("ecr.api", "s3"),
            Egress.TRANSIT_GATEWAY,
        ),
        Assumption("assume[1]", Location(place, 5), Match(base, "**", Giver.IMPORT, "network-*"), ()),
        Assumption(
            "assume[2]",
            Location(place, 7),
            Match(base, route_to=RouteTo(RouteKind.TRANSIT_GATEWAY, Giver.VARIABLE, "*tgw*")),
            None,
            Egress.ISOLATED,
        ),
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ecr-dkr", "ecr-dkr is no endpoint that policies know; ecr.dkr is"),
        ("log", "log is no endpoint that policies know; logs is"),
        *(
            (name, f"{name} is not what follows the region in the name of a service, as ecr.api")
            for name in ("com.amazonaws.eu-west-1.s3", "S3", "cn.com.amazonaws.cn-north-1.s3", "ecr.*")
        ),
    ],
)
def test_endpoints_that_are_mistyped(name: str, message: str, directory: Path) -> None:
    path = write(directory, f"assume:\n  - match: {{root: .}}\n    endpoints:\n      - s3\n      - {name}\n")
    with pytest.raises(SettingsError) as caught:
        read(path)
    assert (caught.value.line, caught.value.message) == (5, f"assume[0].endpoints[1] {message}")


def test_a_network_may_have_endpoints_of_all_sorts(directory: Path) -> None:
    names = "ec2, ec2messages, elasticloadbalancing, execute-api, rum, xray, sagemaker.api, s3"
    (assumption,) = read(
        write(directory, f"assume:\n  - match: {{root: .}}\n    endpoints: [{names}]\n")
    ).assumptions
    assert assumption.endpoints == tuple(names.split(", "))


@pytest.mark.parametrize(
    ("glob", "root", "holds"),
    [
        ("**", "anywhere/at/all", True),
        (".", "", True),
        (".", "services", False),
        ("services/*", "services/api", True),
        ("services/*", "services", False),
        ("services/*", "services/api/deep", False),
        ("services/**", "services/api/deep", True),
        ("**/prod", "prod", True),
        ("**/prod", "a/b/prod", True),
        ("**/prod", "a/nonprod", False),
        ("./services/api/", "services/api", True),
        ("*.yaml", "app.yaml", True),
        ("app-?.yaml", "app-1.yaml", True),
        ("app[1].yaml", "app[1].yaml", True),
        ("../else/*", "../else/api", True),
    ],
)
def test_roots_that_a_glob_means(glob: str, root: str, holds: bool) -> None:
    assert Match("/repository/infra", glob).holds_for(normpath(f"/repository/infra/{root}")) is holds


def test_a_var_file_that_is_missing_is_an_error(directory: Path) -> None:
    path = write(directory, "roots:\n  - path: infra\n    var_files:\n      - dev.tfvars\n")
    with pytest.raises(SettingsError) as caught:
        read(path)
    assert caught.value.line == 4
    assert caught.value.message == (
        f"roots[0].var_files[0] dev.tfvars is found neither in {directory}/infra nor in {directory}"
    )


def test_a_file_that_cannot_be_read_is_an_error(directory: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file or directory"):
        read(directory / "nothing.yaml")
    (directory / "latin.yaml").write_bytes(b"unknown: \xe9\n")
    with pytest.raises(SettingsError, match=r"latin\.yaml: not valid YAML: "):
        read(directory / "latin.yaml")


class TestWhichFileHolds:
    """The nearest one up to the boundary, unless one is named."""

    def test_the_nearest_up_to_the_boundary(self, directory: Path) -> None:
        write(directory, "regions: {default: outside}")
        boundary = directory / "infra"
        (boundary / "deep" / "deeper").mkdir(parents=True)
        files = SettingsFiles(environment={})
        assert files.of(boundary / "deep", boundary).default_region is None
        write(boundary, "regions: {default: boundary}")
        write(boundary / "deep", "regions: {default: deep}")
        assert files.of(boundary, boundary).default_region == "boundary"
        assert files.of(boundary / "deep" / "deeper", boundary).default_region == "deep"

    def test_a_link_out_of_the_boundary_is_not_followed(self, directory: Path) -> None:
        boundary = directory / "infra"
        (boundary / ".ecs-endpoints.yaml").symlink_to(write(directory, "regions: {default: outside}"))
        assert SettingsFiles(environment={}).of(boundary, boundary) == Settings()

    def test_the_environment_names_one_and_the_option_wins(self, directory: Path) -> None:
        write(directory, "regions: {default: nearest}")
        named, given = directory / "named.yaml", directory / "given.yaml"
        named.write_text("regions: {default: named}")
        given.write_text("regions: {default: given}")
        environment = {"ECS_ENDPOINTS_CONFIG": str(named)}
        by_environment = SettingsFiles(environment=environment)
        by_option = SettingsFiles(config=given, environment=environment)
        assert by_environment.of(directory, directory).default_region == "named"
        assert by_option.of(directory, directory).default_region == "given"

    def test_var_files_of_the_command_line_are_added(self, directory: Path) -> None:
        write(directory, "unknown: silent")
        var_files, parameter_files = (directory / "shared.tfvars",), (directory / "cfn/env/prod.json",)
        files = SettingsFiles(var_files=var_files, parameter_files=parameter_files, environment={})
        expected = Settings(on_unknown=OnUnknown.SILENT, var_files=var_files, parameter_files=parameter_files)
        assert files.of(directory, directory) == expected
