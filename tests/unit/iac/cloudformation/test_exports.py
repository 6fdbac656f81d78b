"""Exports and imports across the templates of a repository."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.templates import found, repository, scanned

from checkov_ecs_endpoints.iac.configuration import Handover
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value, Why

NETWORK = """\
    Parameters:
      Name: {Type: String, Default: prod}
      Free: {Type: String}
    Resources:
      Vpc: {Type: AWS::EC2::VPC}
      Service: {Type: AWS::ECS::Service}
    Outputs:
      Vpc:
        Value: !Ref Vpc
        Export: {Name: EXPORTED}
    """
APP = """\
    Parameters:
      Name: {Type: String, Default: prod}
      Free: {Type: String}
    Resources:
      Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !ImportValue IMPORTED}}
    """
VPC = Reference("net.yaml#AWS::EC2::VPC.Vpc", ("Ref",))


def imported(directory: Path, exported: str, name: str) -> Value:
    repository(
        directory,
        {"net.yaml": NETWORK.replace("EXPORTED", exported), "app.yaml": APP.replace("IMPORTED", name)},
    )
    group = found(scanned(directory)[0]["app.yaml"], "AWS::EC2::SecurityGroup.Group")
    return group.attributes["VpcId"]


@pytest.mark.parametrize(
    ("exported", "name"),
    [
        ("net-vpc", "net-vpc"),
        ("!Sub '${Name}-vpc'", "{'Fn::Sub': '${Name}-vpc'}"),
        ("!Sub '${AWS::StackName}-vpc'", "{'Fn::Sub': '${Name}-vpc'}"),
        ("!Sub '${AWS::StackName}-vpc'", "{'Fn::Sub': '${Free}-vpc'}"),
        ("!Sub '${AWS::StackName}-vpc'", "{'Fn::Join': ['-', [!Ref Free, vpc]]}"),
        ("!Sub '${Free}-vpc'", "prod-vpc"),
        ("!Sub 'x-${AWS::StackName}-vpc'", "{'Fn::Sub': '${Free}-vpc'}"),
        ("!Sub 'vpc:${AWS::StackName}'", "{'Fn::Sub': 'vpc:${Free}'}"),
        ("!Sub '${AWS::StackName}-a-${Free}-vpc'", "s-a-b-vpc"),
    ],
)
def test_names_that_fit(tmp_path: Path, exported: str, name: str) -> None:
    assert imported(tmp_path, exported, name) == VPC


@pytest.mark.parametrize(
    ("exported", "name", "subject"),
    [
        ("net-vpc", "other-vpc", "other-vpc"),
        ("!Sub '${AWS::StackName}-vpc'", "prod-subnet", "prod-subnet"),
        ("!Sub '${AWS::StackName}-PrivateVpc'", "{'Fn::Sub': '${Free}-Vpc'}", "${parameter Free}-Vpc"),
        ("!Sub 'vpc-${Free}'", "{'Fn::Sub': '${Free}-vpc'}", "${parameter Free}-vpc"),
        ("!Ref Free", "{'Fn::Sub': '${Free}-vpc'}", "${parameter Free}-vpc"),
        ("!Ref AWS::StackName", "prod", "prod"),
        ("!Sub '${AWS::StackName}-a-${Free}-vpc'", "s-b-vpc", "s-b-vpc"),
        # A stack is called by letters, digits and hyphens.
        ("!Sub '${AWS::StackName}-vpc'", "prod:net-vpc", "prod:net-vpc"),
        ("!Sub '${AWS::StackName}-vpc'", "-vpc", "-vpc"),
    ],
)
def test_names_that_do_not_fit(tmp_path: Path, exported: str, name: str, subject: str) -> None:
    place = Location(str(tmp_path / "app.yaml"), 5)
    assert imported(tmp_path, exported, name) == Unknown(
        Why.IMPORT, subject, place, "no template of this scan exports it"
    )


@pytest.mark.parametrize(
    ("exported", "name", "subject", "export"),
    [
        # Nothing but a hyphen in common.
        ("!Sub '${AWS::StackName}-${Free}'", "prod-vpc", "prod-vpc", "${AWS::StackName}-${parameter Free}"),
        # A beginning says nothing of what is exported.
        ("!Sub 'prod-${Free}'", "prod-vpc", "prod-vpc", "prod-${parameter Free}"),
        ("!Sub 'prod-${Free}-vpc'", "{'Fn::Sub': 'prod-${Free}'}", "prod-${parameter Free}", None),
        # The end of a word is not a word.
        ("!Sub '${AWS::StackName}-MyVpc'", "{'Fn::Sub': '${Free}Vpc'}", "${parameter Free}Vpc", None),
    ],
)
def test_names_that_agree_in_too_little(
    tmp_path: Path, exported: str, name: str, subject: str, export: str | None
) -> None:
    called = export or exported.split("'")[1].replace("Free", "parameter Free")
    note = f"export {called} of net.yaml may be it, or another"
    place = Location(str(tmp_path / "app.yaml"), 5)
    assert imported(tmp_path, exported, name) == Unknown(Why.AMBIGUOUS, subject, place, note)


def test_a_name_that_fits_two_is_not_decided(tmp_path: Path) -> None:
    network = NETWORK.replace("EXPORTED", "!Sub '${AWS::StackName}-vpc'")
    app = APP.replace("IMPORTED", "{'Fn::Sub': '${Free}-vpc'}")
    repository(tmp_path, {"a/net.yaml": network, "b/net.yaml": network, "app.yaml": app})
    configuration = scanned(tmp_path)[0]["app.yaml"]
    assert found(configuration, "AWS::EC2::SecurityGroup.Group").attributes["VpcId"] == Unknown(
        Why.AMBIGUOUS,
        "${parameter Free}-vpc",
        Location(str(tmp_path / "app.yaml"), 5),
        "2 exports fit it, in a/net.yaml, b/net.yaml",
    )


ONE, OTHER = "a.yaml#AWS::EC2::VPC.Vpc.Ref", "2 exports fit it, in a.yaml, b.yaml"


@pytest.mark.parametrize(
    ("vpc", "besides", "expected"),
    [
        # Only one of the two templates exports what is imported from the same stack.
        ("{'Fn::Sub': '${Free}-vpc'}", "{'Fn::Sub': '${Free}-more'}", ONE),
        ("prod-vpc", "prod-more", ONE),
        ("{'Fn::Sub': '${Name}-vpc'}", "prod-more", ONE),
        # What is imported from another stack says nothing.
        ("prod-vpc", "test-more", OTHER),
        ("{'Fn::Sub': '${Free}-vpc'}", "prod-more", OTHER),
        # Nor does what both export, or none of them.
        ("prod-vpc", "prod-vpc", OTHER),
        ("prod-vpc", "prod-nothing", OTHER),
        # Nor do two that no template exports both.
        ("prod-vpc", "prod-more, !ImportValue prod-else", OTHER),
        # Nor does a name that is not that of a stack.
        ("prod-vpc", "fixed", OTHER),
    ],
)
def test_what_is_imported_from_the_same_stack_decides(
    tmp_path: Path, vpc: str, besides: str, expected: str
) -> None:
    def exporting(*names: str) -> str:
        outputs = (
            f"  O{number}: {{Value: !Ref Vpc, Export: {{Name: {name}}}}}\n"
            for number, name in enumerate(names)
        )
        return f"Resources: {{Vpc: {{Type: AWS::EC2::VPC}}}}\nOutputs:\n{''.join(outputs)}"

    def of_stack(end: str) -> str:
        return f"!Sub '${{AWS::StackName}}-{end}'"

    other = f"{{Type: AWS::S3::Bucket, Properties: {{X: [!ImportValue {besides}]}}}}"
    files = {
        "a.yaml": exporting(of_stack("vpc"), of_stack("more"), "fixed"),
        "b.yaml": exporting(of_stack("vpc"), of_stack("else")),
        "app.yaml": f"{APP.replace('IMPORTED', vpc)}  Other: {other}\n",
    }
    repository(tmp_path, files)
    value = found(scanned(tmp_path)[0]["app.yaml"], "AWS::EC2::SecurityGroup.Group").attributes["VpcId"]
    assert (value.note if isinstance(value, Unknown) else str(value)) == expected


@pytest.mark.parametrize("broken", ["{{ generated }}", "- a"])
def test_what_cannot_be_read_may_export_too(tmp_path: Path, broken: str) -> None:
    unread = f"AWSTemplateFormatVersion: '2010-09-09'\nOutputs:\n  vpc: {{Export: x}}\n{broken}\n"
    repository(tmp_path, {"new.yaml": unread})
    assert imported(tmp_path, "!Sub '${AWS::StackName}-vpc'", "{'Fn::Sub': '${Free}-vpc'}") == Unknown(
        Why.IMPORT,
        "${parameter Free}-vpc",
        Location(str(tmp_path / "app.yaml"), 5),
        "the export of net.yaml fits it, but new.yaml cannot be read",
    )
    assert imported(tmp_path, "prod-vpc", "prod-vpc") == VPC
    assert imported(tmp_path, "!Sub '${AWS::StackName}-net'", "{'Fn::Sub': '${Free}-net'}") == VPC


def test_the_alike_one_of_several_that_fit(tmp_path: Path) -> None:
    network = NETWORK.replace("EXPORTED", "!Sub '${AWS::StackName}-vpc'")
    longer = NETWORK.replace("EXPORTED", "!Sub 'x-${AWS::StackName}-vpc'")
    app = APP.replace("IMPORTED", "{'Fn::Sub': '${Free}-vpc'}")
    repository(tmp_path, {"net.yaml": network, "longer.yaml": longer, "app.yaml": app})
    configuration = scanned(tmp_path)[0]["app.yaml"]
    assert found(configuration, "AWS::EC2::SecurityGroup.Group").attributes["VpcId"] == VPC


def test_the_exporting_template_is_part_of_the_importing_configuration(tmp_path: Path) -> None:
    assert imported(tmp_path, "net-vpc", "net-vpc") == VPC
    configurations, problems = scanned(tmp_path)
    assert problems == []
    assert {name: [one.id for one in found.resources] for name, found in configurations.items()} == {
        "app.yaml": ["AWS::EC2::SecurityGroup.Group", "net.yaml#AWS::EC2::VPC.Vpc"],
        "net.yaml": [
            "AWS::EC2::VPC.Vpc",
            "AWS::ECS::Service.Service",
        ],
    }
    vpc = found(configurations["app.yaml"], "net.yaml#AWS::EC2::VPC.Vpc")
    assert (vpc.address, vpc.location) == ("AWS::EC2::VPC.Vpc", Location(str(tmp_path / "net.yaml"), 5))
    assert configurations["app.yaml"].files == {str(tmp_path / name) for name in ("app.yaml", "net.yaml")}


def test_exports_outside_of_what_is_asked_about_count(tmp_path: Path) -> None:
    repository(
        tmp_path,
        {
            "net/net.yaml": NETWORK.replace("EXPORTED", "net-vpc"),
            "app/app.yaml": APP.replace("IMPORTED", "net-vpc"),
        },
    )
    configurations, _ = scanned(tmp_path, "app")
    assert list(configurations) == ["app/app.yaml"]
    group = found(configurations["app/app.yaml"], "AWS::EC2::SecurityGroup.Group")
    assert group.attributes["VpcId"] == Reference("net/net.yaml#AWS::EC2::VPC.Vpc", ("Ref",))


ENDPOINTS = """\
    Resources:
      Endpoint: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !ImportValue net-vpc, Log: !Ref Logs}}
      Logs: {Type: AWS::Logs::LogGroup}
    """


def test_what_others_add_to_a_shared_network_is_part_of_it(tmp_path: Path) -> None:
    imported(tmp_path, "net-vpc", "net-vpc")
    repository(tmp_path, {"endpoints.yaml": ENDPOINTS})
    configurations, _ = scanned(tmp_path)
    app, net = configurations["app.yaml"], configurations["net.yaml"]
    assert [one.id for one in app.resources] == [
        "AWS::EC2::SecurityGroup.Group",
        "endpoints.yaml#AWS::EC2::VPCEndpoint.Endpoint",
        "net.yaml#AWS::EC2::VPC.Vpc",
    ]
    assert found(app, "endpoints.yaml#AWS::EC2::VPCEndpoint.Endpoint").attributes["VpcId"] == VPC
    assert [one.id for one in net.resources] == [
        "AWS::EC2::VPC.Vpc",
        "AWS::ECS::Service.Service",
        "endpoints.yaml#AWS::EC2::VPCEndpoint.Endpoint",
    ]
    assert found(net, "endpoints.yaml#AWS::EC2::VPCEndpoint.Endpoint").attributes["VpcId"] == Reference(
        "AWS::EC2::VPC.Vpc", ("Ref",)
    )


def test_an_export_of_a_nested_stack_belongs_to_its_parent(tmp_path: Path) -> None:
    repository(
        tmp_path,
        {
            "parent.yaml": "Resources:\n  Net:\n    Type: AWS::CloudFormation::Stack\n"
            "    Properties: {TemplateURL: net.yaml, Parameters: {Free: x}}\n",
            "net.yaml": NETWORK.replace("EXPORTED", "!Sub '${Free}-vpc'"),
            "app.yaml": APP.replace("IMPORTED", "x-vpc"),
        },
    )
    configurations, _ = scanned(tmp_path)
    assert sorted(configurations) == ["app.yaml", "parent.yaml"]
    group = found(configurations["app.yaml"], "AWS::EC2::SecurityGroup.Group")
    assert group.attributes["VpcId"] == Reference("parent.yaml#Net/AWS::EC2::VPC.Vpc", ("Ref",))
    assert [one.id for one in configurations["app.yaml"].resources] == [
        "AWS::EC2::SecurityGroup.Group",
        "parent.yaml#AWS::CloudFormation::Stack.Net",
        "parent.yaml#Net/AWS::EC2::VPC.Vpc",
    ]


def test_siblings_share_exports_inside_their_parent(tmp_path: Path) -> None:
    parent = (
        "Resources:\n  Net:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: net.yaml}\n"
        "  App:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: app.yaml}\n"
    )
    repository(
        tmp_path,
        {
            "one.yaml": parent,
            "two.yaml": parent,
            "net.yaml": NETWORK.replace("EXPORTED", "net-vpc"),
            "app.yaml": APP.replace("IMPORTED", "net-vpc"),
        },
    )
    configurations, _ = scanned(tmp_path)
    for name in ("one.yaml", "two.yaml"):
        group = found(configurations[name], "App/AWS::EC2::SecurityGroup.Group")
        assert group.attributes["VpcId"] == Reference("Net/AWS::EC2::VPC.Vpc", ("Ref",))


def test_templates_that_import_from_each_other(tmp_path: Path) -> None:
    template = """\
        Resources:
          A: {Type: AWS::EC2::VPC, Properties: {Of: !ImportValue IMPORT}}
        Outputs:
          O: {Value: !ImportValue IMPORT, Export: {Name: EXPORT}}
          P: {Value: !Ref A, Export: {Name: EXPORT-own}}
        """
    repository(
        tmp_path,
        {
            "a.yaml": template.replace("IMPORT", "b").replace("EXPORT", "a"),
            "b.yaml": template.replace("IMPORT", "a").replace("EXPORT", "b"),
        },
    )
    configurations, _ = scanned(tmp_path)
    value = found(configurations["a.yaml"], "AWS::EC2::VPC.A").attributes["Of"]
    assert isinstance(value, Unknown) and value.why is Why.INVALID


def test_a_template_that_gets_back_its_own(tmp_path: Path) -> None:
    repository(
        tmp_path,
        {
            "a.yaml": """\
                Resources:
                  Vpc: {Type: AWS::EC2::VPC}
                  Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !ImportValue back}}
                Outputs:
                  Vpc: {Value: !Ref Vpc, Export: {Name: there}}
                """,
            "b.yaml": """\
                Resources: {X: {Type: AWS::S3::Bucket}}
                Outputs: {Vpc: {Value: !ImportValue there, Export: {Name: back}}}
                """,
        },
    )
    configuration = scanned(tmp_path)[0]["a.yaml"]
    own = Reference("AWS::EC2::VPC.Vpc", ("Ref",))
    assert found(configuration, "AWS::EC2::SecurityGroup.Group").attributes["VpcId"] == own


@pytest.mark.parametrize(
    ("exported", "handed"),
    [
        ("!Ref Vpc", True),
        ("!GetAtt Vpc.DefaultSecurityGroup", True),
        ("!Ref Table", True),
        ("!GetAtt Group.GroupId", True),
        ("!Join [',', [!Ref Group, sg-1]]", True),
        ("!GetAtt Vpc.CidrBlock", False),
        ("!Ref Subnet", False),
    ],
)
@pytest.mark.parametrize("workload", [True, False])
def test_exports_of_a_network_that_nothing_imports(
    tmp_path: Path, exported: str, handed: bool, workload: bool
) -> None:
    text = f"""\
        Resources:
          Vpc: {{Type: AWS::EC2::VPC}}
          Table: {{Type: AWS::EC2::RouteTable}}
          Group: {{Type: AWS::EC2::SecurityGroup}}
          Subnet: {{Type: AWS::EC2::Subnet}}
          Other: {{Type: {"AWS::ECS::Service" if workload else "AWS::ECS::Cluster"}}}
        Outputs:
          O: {{Value: {exported}, Export: {{Name: shared}}}}
        """
    repository(tmp_path, {"t.yaml": text})
    handovers = scanned(tmp_path)[0]["t.yaml"].handovers
    if handed and not workload:
        (handover,) = handovers
        assert isinstance(handover, Handover)
        assert handover.to == "what imports export shared"
        assert handover.location == Location(str(tmp_path / "t.yaml"), 8)
    else:
        assert handovers == ()


def test_exports_that_something_imports_are_no_handover(tmp_path: Path) -> None:
    imported(tmp_path, "net-vpc", "net-vpc")
    repository(
        tmp_path, {"net.yaml": NETWORK.replace("EXPORTED", "net-vpc").replace("ECS::Service", "ECS::Cluster")}
    )
    configurations, _ = scanned(tmp_path)
    assert configurations["net.yaml"].handovers == ()
    assert configurations["app.yaml"].handovers == ()
