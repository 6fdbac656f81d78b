"""Cloud assemblies of the CDK: the manifest, stages, exports, parameters, and what is no template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.templates import found, repository, scanned

from checkov_ecs_endpoints.iac.cloudformation.cloud_assemblies import CloudAssemblies
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Reference, Unknown

ANYWHERE = "aws://unknown-account/unknown-region"
IRELAND = "aws://111122223333/eu-west-1"
VIRGINIA = "aws://111122223333/us-east-1"


def stack(template: str, environment: str = ANYWHERE, **properties: object) -> dict[str, Any]:
    """A stack of a manifest."""
    return {
        "type": "aws:cloudformation:stack",
        "environment": environment,
        "properties": {"templateFile": template, **properties},
    }


def stage(directory: str) -> dict[str, Any]:
    """A nested assembly of a manifest."""
    return {"type": "cdk:cloud-assembly", "properties": {"directoryName": directory}}


def manifest(**artifacts: dict[str, Any]) -> str:
    """A manifest, with the tree that every assembly has."""
    tree = {"type": "cdk:tree", "properties": {"file": "tree.json"}}
    return json.dumps({"version": "36.0.0", "artifacts": {"Tree": tree, **artifacts}})


def network(export: str) -> str:
    """A stack that exports a VPC."""
    return json.dumps(
        {
            "Resources": {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}},
            "Outputs": {"Exports": {"Value": {"Ref": "Vpc"}, "Export": {"Name": export}}},
        }
    )


def importer(export: str) -> str:
    """A stack that imports it."""
    properties = {
        "VpcId": {"Fn::ImportValue": export},
        "Region": {"Ref": "AWS::Region"},
        "Asset": {"Ref": "AssetParameter"},
    }
    return json.dumps(
        {
            "Parameters": {"AssetParameter": {"Type": "String"}},
            "Resources": {"Subnet": {"Type": "AWS::EC2::Subnet", "Properties": properties}},
        }
    )


NAME = "Network:ExportsOutputRefVpc8378EB38272D6E3A"


def test_stacks_of_an_assembly_share_exports(tmp_path: Path) -> None:
    files = {
        "cdk.out/manifest.json": manifest(
            Network=stack("Network.template.json"), App=stack("App.template.json")
        ),
        "cdk.out/Network.template.json": network(NAME),
        "cdk.out/App.template.json": importer(NAME),
        ".gitignore": "cdk.out\n",
    }
    configurations, problems = scanned(repository(tmp_path, files))
    assert problems == []
    assert sorted(configurations) == ["cdk.out/App.template.json", "cdk.out/Network.template.json"]
    app = configurations["cdk.out/App.template.json"]
    vpc = "cdk.out/Network.template.json#AWS::EC2::VPC.Vpc"
    assert found(app, "AWS::EC2::Subnet.Subnet").attributes["VpcId"] == Reference(vpc, ("Ref",))
    assert found(app, vpc).attributes == {"CidrBlock": "10.0.0.0/16"}


def test_the_same_names_in_two_assemblies_do_not_mix(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for name in ("one", "two"):
        files[f"{name}/cdk.out/manifest.json"] = manifest(N=stack("N.json"), A=stack("A.json"))
        files |= {f"{name}/cdk.out/N.json": network(NAME), f"{name}/cdk.out/A.json": importer(NAME)}
    configurations, _ = scanned(repository(tmp_path, files))
    for name in ("one", "two"):
        subnet = found(configurations[f"{name}/cdk.out/A.json"], "AWS::EC2::Subnet.Subnet")
        vpc = f"{name}/cdk.out/N.json#AWS::EC2::VPC.Vpc"
        assert subnet.attributes["VpcId"] == Reference(vpc, ("Ref",))


def test_without_manifests_the_same_names_stay_unknown(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for name in ("one", "two"):
        files |= {f"{name}/N.json": network(NAME), f"{name}/A.json": importer(NAME)}
    configurations, _ = scanned(repository(tmp_path, files))
    subnet = found(configurations["one/A.json"], "AWS::EC2::Subnet.Subnet")
    assert isinstance(subnet.attributes["VpcId"], Unknown)


def test_environments_have_exports_of_their_own(tmp_path: Path) -> None:
    stacks = {
        f"{kind}{region}": stack(f"{kind}-{region}.json", environment)
        for kind in ("N", "A")
        for region, environment in (("ie", IRELAND), ("us", VIRGINIA))
    }
    files = {"cdk.out/manifest.json": manifest(**stacks)}
    for region in ("ie", "us"):
        files |= {
            f"cdk.out/N-{region}.json": network(NAME),
            f"cdk.out/A-{region}.json": importer(NAME),
        }
    configurations, _ = scanned(repository(tmp_path, files))
    for region, name in (("ie", "eu-west-1"), ("us", "us-east-1")):
        app = configurations[f"cdk.out/A-{region}.json"]
        subnet = found(app, "AWS::EC2::Subnet.Subnet")
        vpc = f"cdk.out/N-{region}.json#AWS::EC2::VPC.Vpc"
        assert subnet.attributes["VpcId"] == Reference(vpc, ("Ref",))
        assert subnet.attributes["Region"] == name
        assert app.region == name


def test_stages_are_part_of_the_assembly(tmp_path: Path) -> None:
    files = {
        "cdk.out/manifest.json": manifest(Shared=stack("Shared.json"), Prod=stage("assembly-Prod")),
        "cdk.out/Shared.json": network("Shared:Vpc"),
        "cdk.out/assembly-Prod/manifest.json": manifest(App=stack("App.json")),
        "cdk.out/assembly-Prod/App.json": importer("Shared:Vpc"),
        "old/Shared.json": network("Shared:Vpc"),
    }
    configurations, _ = scanned(repository(tmp_path, files))
    subnet = found(configurations["cdk.out/assembly-Prod/App.json"], "AWS::EC2::Subnet.Subnet")
    assert subnet.attributes["VpcId"] == Reference("cdk.out/Shared.json#AWS::EC2::VPC.Vpc", ("Ref",))


def test_parameters_of_the_manifest_are_given(tmp_path: Path) -> None:
    files = {
        "cdk.out/manifest.json": manifest(
            App=stack("App.json", parameters={"AssetParameter": "bucket", "Number": 3})
        ),
        "cdk.out/App.json": importer("Nothing"),
    }
    configurations, _ = scanned(repository(tmp_path, files))
    subnet = found(configurations["cdk.out/App.json"], "AWS::EC2::Subnet.Subnet")
    assert subnet.attributes["Asset"] == "bucket"


def test_a_nested_stack_is_that_of_its_asset(tmp_path: Path) -> None:
    nested = {
        "Type": "AWS::CloudFormation::Stack",
        "Properties": {"TemplateURL": {"Fn::Sub": "https://s3.example/${AWS::Region}/0a1b2c.json"}},
        "Metadata": {"aws:asset:path": "AppNested.nested.template.json", "aws:asset:property": "TemplateURL"},
    }
    files = {
        "cdk.out/manifest.json": manifest(App=stack("App.template.json", IRELAND)),
        "cdk.out/App.template.json": json.dumps({"Resources": {"Nested": nested}}),
        "cdk.out/AppNested.nested.template.json": importer("Nothing"),
    }
    configurations, _ = scanned(repository(tmp_path, files))
    assert sorted(configurations) == ["cdk.out/App.template.json"]
    subnet = found(configurations["cdk.out/App.template.json"], "Nested/AWS::EC2::Subnet.Subnet")
    assert subnet.attributes["Region"] == "eu-west-1"


def test_the_tree_is_no_template(tmp_path: Path) -> None:
    tree = '{"Resources": {"a": {"Type": "AWS::EC2::VPC"}}'  # as a construct of that name may look
    files = {
        "cdk.out/manifest.json": manifest(N=stack("N.json")),
        "cdk.out/N.json": network(NAME),
        "cdk.out/tree.json": tree,
    }
    configurations, problems = scanned(repository(tmp_path, files))
    assert (sorted(configurations), problems) == (["cdk.out/N.json"], [])


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "a web application", "icons": []}',
        '{"artifacts": ["aws:cloudformation:stack"]}',
        '["aws:cloudformation:stack"]',
        '{"artifacts": {"a": {"type": "aws:cloudformation:stack"}, "b": 1}}',
        '{"artifacts": {"a": {"type": "cdk:cloud-assembly", "properties": {"directoryName": 1}}}}',
    ],
)
def test_manifests_of_another_kind_say_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text)
    assemblies = CloudAssemblies([tmp_path / "manifest.json"])
    assert (assemblies.problems, assemblies.trees) == ([], set())
    assert assemblies.of(tmp_path / "a.json") is None


def test_a_manifest_that_does_not_parse_is_said(tmp_path: Path) -> None:
    files = {
        "cdk.out/manifest.json": '{\n"artifacts": {"x": "aws:cloudformation:stack"\n',
        "cdk.out/N.json": network(NAME),
    }
    _, problems = scanned(repository(tmp_path, files))
    message = "not valid JSON: Expecting ',' delimiter"
    assert problems == [Problem(f"{tmp_path}/cdk.out/manifest.json", 3, message)]


def test_assemblies_that_nest_each_other_come_to_an_end(tmp_path: Path) -> None:
    files = {
        "manifest.json": manifest(A=stack("A.json"), Here=stage("."), Below=stage("below")),
        "below/manifest.json": manifest(B=stack("B.json"), Above=stage("..")),
    }
    repository(tmp_path, files)
    paths = [tmp_path / name for name in files]
    assert CloudAssemblies(paths).problems == []
