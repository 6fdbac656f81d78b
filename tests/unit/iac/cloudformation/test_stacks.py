"""Nested stacks: their templates, parameters, outputs and conditions."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.templates import found, repository, scanned

from checkov_ecs_endpoints.iac.configuration import Handover
from checkov_ecs_endpoints.values import Location, Reference, Text, Unknown, Value, Why

PARENT = """\
    Parameters:
      Cidr: {Type: String, Default: 10.0.0.0/16}
    Resources:
      Network:
        Type: AWS::CloudFormation::Stack
        Properties:
          TemplateURL: URL
          Parameters: {Cidr: !Ref Cidr}
      App:
        Type: AWS::CloudFormation::Stack
        Properties:
          TemplateURL: ./app.yaml
          Parameters:
            Vpc: !GetAtt Network.Outputs.Vpc
            Subnets: !Join [",", [!GetAtt Network.Outputs.Subnet, subnet-1]]
            Names: !GetAtt Network.Outputs.Names
    """
NETWORK = """\
    Parameters:
      Cidr: {Type: String}
    Resources:
      Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Cidr}}
      Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
    Outputs:
      Vpc: {Value: !Ref Vpc}
      Subnet: {Value: !Ref Subnet}
      Names: {Value: !Sub "${AWS::StackName}, b"}
    """
APP = """\
    Parameters:
      Vpc: {Type: AWS::EC2::VPC::Id}
      Subnets: {Type: List<AWS::EC2::Subnet::Id>}
      Names: {Type: CommaDelimitedList}
      Image: {Type: String, Default: nginx}
    Resources:
      Service: {Type: AWS::ECS::Service, Properties: {Subnets: !Ref Subnets, Names: !Ref Names}}
      Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, Image: !Ref Image}}
    """


@pytest.mark.parametrize(
    "url",
    [
        "network.yaml",
        "./network.yaml",
        "https://s3.amazonaws.com/bucket/some/key/network.yaml",
        "https://bucket.s3.eu-west-1.amazonaws.com/network.yaml?versionId=x",
        '!Sub "https://${Bucket}.s3.amazonaws.com/${Prefix}/network.yaml"',
        "!Join ['/', ['https://s3.amazonaws.com', !Ref Bucket, network.yaml]]",
    ],
)
def test_parameters_go_in_and_outputs_come_out(tmp_path: Path, url: str) -> None:
    parent = PARENT.replace("URL: URL", f"URL: {url}").replace(
        "Parameters:\n      Cidr",
        "Parameters:\n      Bucket: {Type: String}\n      Prefix: {Type: String}\n      Cidr",
        1,
    )
    repository(tmp_path, {"parent.yaml": parent, "network.yaml": NETWORK, "app.yaml": APP})
    configurations, problems = scanned(tmp_path)
    assert problems == []
    assert list(configurations) == ["parent.yaml"]
    configuration = configurations["parent.yaml"]
    subnet = Reference("Network/AWS::EC2::Subnet.Subnet", ("Ref",))
    name = Reference("Network/AWS::StackName", ())
    expected: dict[str, dict[str, Value]] = {
        "Network/AWS::EC2::VPC.Vpc": {"CidrBlock": "10.0.0.0/16"},
        "Network/AWS::EC2::Subnet.Subnet": {"VpcId": Reference("Network/AWS::EC2::VPC.Vpc", ("Ref",))},
        "App/AWS::ECS::Service.Service": {"Subnets": [subnet, "subnet-1"], "Names": [name, "b"]},
        "App/AWS::EC2::SecurityGroup.Group": {
            "VpcId": Reference("Network/AWS::EC2::VPC.Vpc", ("Ref",)),
            "Image": "nginx",
        },
    }
    nested = {one.id: one.attributes for one in configuration.resources if one.stack}
    assert nested == expected
    service = found(configuration, "App/AWS::ECS::Service.Service")
    assert (service.address, service.stack) == ("AWS::ECS::Service.Service", "App")
    assert service.location == Location(str(tmp_path / "app.yaml"), 7)
    assert configuration.handovers == ()
    assert configuration.files == {str(tmp_path / f"{name}.yaml") for name in ("parent", "network", "app")}


def stack_of(url: str, *more: str) -> str:
    lines = ["Type: AWS::CloudFormation::Stack", *more, f"Properties: {{TemplateURL: {url}}}"]
    return "".join(f"    {one}\n" for one in lines)


VPC = "Resources:\n  Vpc: {Type: AWS::EC2::VPC}\n"


def test_the_same_child_twice_is_told_apart(tmp_path: Path) -> None:
    parent = f"Resources:\n  A:\n{stack_of('c.yaml')}  B:\n{stack_of('c.yaml')}"
    repository(
        tmp_path, {"p.yaml": parent, "c.yaml": f"Resources:\n  D:\n{stack_of('d.yaml')}", "d.yaml": VPC}
    )
    configurations, _ = scanned(tmp_path)
    assert list(configurations) == ["p.yaml"]
    assert {one.id: one.stack for one in configurations["p.yaml"].resources} == {
        "AWS::CloudFormation::Stack.A": "",
        "AWS::CloudFormation::Stack.B": "",
        "A/AWS::CloudFormation::Stack.D": "A",
        "B/AWS::CloudFormation::Stack.D": "B",
        "A/D/AWS::EC2::VPC.Vpc": "A/D",
        "B/D/AWS::EC2::VPC.Vpc": "B/D",
    }


def test_every_parent_has_the_child(tmp_path: Path) -> None:
    parent = f"Resources:\n  A:\n{stack_of('c.yaml')}"
    repository(tmp_path, {"p.yaml": parent, "q.yaml": parent, "c.yaml": VPC})
    configurations, _ = scanned(tmp_path, "c.yaml")
    assert {name: [one.id for one in found.resources] for name, found in configurations.items()} == {
        "p.yaml": ["AWS::CloudFormation::Stack.A", "A/AWS::EC2::VPC.Vpc"],
        "q.yaml": ["AWS::CloudFormation::Stack.A", "A/AWS::EC2::VPC.Vpc"],
    }


def test_a_child_exists_under_the_conditions_of_its_parent(tmp_path: Path) -> None:
    parent = (
        "Parameters: {P: {Type: String}}\nConditions:\n"
        "  Never: !Equals [a, b]\n  Maybe: !Equals [!Ref P, a]\n"
        f"Resources:\n  A:\n{stack_of('c.yaml', 'Condition: Maybe')}"
        f"  B:\n{stack_of('d.yaml', 'Condition: Never')}"
        "  X: {Type: AWS::S3::Bucket, Properties: {Of: !GetAtt B.Outputs.Vpc}}\n"
    )
    repository(tmp_path, {"p.yaml": parent, "c.yaml": VPC, "d.yaml": VPC})
    configurations, _ = scanned(tmp_path)
    assert list(configurations) == ["d.yaml", "p.yaml"]
    vpc = found(configurations["p.yaml"], "A/AWS::EC2::VPC.Vpc")
    assert isinstance(vpc.exists, Unknown) and vpc.exists.subject == "condition Maybe"
    bucket = found(configurations["p.yaml"], "AWS::S3::Bucket.X")
    assert bucket.attributes["Of"] == Unknown(
        Why.INVALID, "B", Location(str(tmp_path / "p.yaml"), 10, 13), "its condition is false"
    )


def test_a_child_that_is_not_at_hand_is_a_handover(tmp_path: Path) -> None:
    repository(
        tmp_path,
        {"parent.yaml": PARENT.replace("URL: URL", "URL: https://x/elsewhere.yaml"), "app.yaml": APP},
    )
    configuration = scanned(tmp_path)[0]["parent.yaml"]
    note = "no file of the scan is https://x/elsewhere.yaml"
    place = Location(str(tmp_path / "parent.yaml"), 4, 8)
    assert configuration.handovers == (
        Handover(f"nested stack Network ({note})", {"Cidr": "10.0.0.0/16"}, place),
    )
    missing = Unknown(Why.MODULE, "nested stack Network", place, note)
    assert found(configuration, "App/AWS::EC2::SecurityGroup.Group").attributes["VpcId"] == missing
    assert found(configuration, "App/AWS::ECS::Service.Service").attributes["Subnets"] == Unknown(
        Why.MODULE, "nested stack Network", place, f"{note}; taken by Fn::Split on line 3"
    )


@pytest.mark.parametrize(
    ("url", "files", "nested"),
    [
        ("https://x/a/net.yaml", ["a/net.yaml", "b/net.yaml"], "a/net.yaml"),
        ("https://x/net.yaml", ["a/net.yaml", "b/net.yaml"], None),
        ("https://x/net.yaml", ["parts/net.yaml", "../b/net.yaml"], "parts/net.yaml"),
        ("https://x/a/net.yaml", ["sub/net.yaml", "sub/a/net.yaml"], "sub/a/net.yaml"),
        ("!Sub 'https://x/${P}a/net.yaml'", ["a/net.yaml"], "a/net.yaml"),
        ("!Sub 'https://x/${P}net.yaml'", ["net.yaml"], None),
        ("!Ref P", ["net.yaml"], None),
        ("../../net.yaml", [], None),
        ("missing.yaml", ["a/missing.yaml"], None),
    ],
)
def test_which_file_a_url_means(tmp_path: Path, url: str, files: list[str], nested: str | None) -> None:
    parent = f"Parameters: {{P: {{Type: String}}}}\nResources:\n  Child:\n{stack_of(url)}"
    root = tmp_path / "repository"
    (root / "dir").mkdir(parents=True)
    (tmp_path / "net.yaml").write_text(VPC)
    repository(root, {"dir/parent.yaml": parent, **{f"dir/{name}": VPC for name in files}})
    configuration = scanned(root)[0]["dir/parent.yaml"]
    children = {one.location.path for one in configuration.resources if one.stack}
    assert children == ({str(root / "dir" / nested)} if nested else set())
    assert len(configuration.handovers) == (0 if nested else 1)


def test_templates_that_nest_each_other_in_a_circle(tmp_path: Path) -> None:
    repository(
        tmp_path,
        {
            "a.yaml": f"Resources:\n  B:\n{stack_of('b.yaml')}",
            "b.yaml": f"Resources:\n  A:\n{stack_of('a.yaml')}",
            "self.yaml": f"Resources:\n  S:\n{stack_of('self.yaml')}",
        },
    )
    configurations, problems = scanned(tmp_path)
    assert problems == []
    assert sorted(configurations) == ["a.yaml", "self.yaml"]
    (handover,) = configurations["a.yaml"].handovers
    assert handover.to == "nested stack A (a template that nests itself)"


def test_stacks_that_nest_twice_as_many_each_are_bounded(tmp_path: Path) -> None:
    files = {
        f"t{n}.yaml": f"Resources:\n  A:\n{stack_of(f't{n + 1}.yaml')}  B:\n{stack_of(f't{n + 1}.yaml')}"
        for n in range(19)
    }
    repository(tmp_path, {**files, "t19.yaml": VPC})
    configuration = scanned(tmp_path)[0]["t0.yaml"]
    assert len({one.stack for one in configuration.resources}) <= 501
    assert any("too many nested stacks" in handover.to for handover in configuration.handovers)


def test_stacks_that_need_each_others_outputs(tmp_path: Path) -> None:
    def child(other: str) -> str:
        return (
            "    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: c.yaml\n"
            f"      Parameters: {{P: !GetAtt {other}.Outputs.O}}\n"
        )

    repository(
        tmp_path,
        {
            "p.yaml": f"Resources:\n  A:\n{child('B')}  B:\n{child('A')}",
            "c.yaml": "Parameters: {P: {Type: String}}\nResources: {X: {Type: AWS::S3::Bucket, "
            "Properties: {P: !Ref P}}}\nOutputs: {O: {Value: !Ref P}}\n",
        },
    )
    bucket = found(scanned(tmp_path)[0]["p.yaml"], "A/AWS::S3::Bucket.X")
    assert isinstance(bucket.attributes["P"], Unknown)
    assert (bucket.attributes["P"].why, bucket.attributes["P"].note) == (Why.INVALID, "it depends on itself")


def test_sam_applications_and_cdk_assets_nest_too(tmp_path: Path) -> None:
    repository(
        tmp_path,
        {
            "sam.yaml": """\
                Transform: AWS::Serverless-2016-10-31
                Resources:
                  App:
                    Type: AWS::Serverless::Application
                    Properties: {Location: child.yaml, Parameters: {A: b}}
                  Store:
                    Type: AWS::Serverless::Application
                    Properties: {Location: {ApplicationId: x}, Parameters: {A: b}}
                """,
            "child.yaml": VPC,
            "cdk.out/Main.template.json": """\
                {"Resources": {"Nested": {
                  "Type": "AWS::CloudFormation::Stack",
                  "Properties": {"TemplateURL": {"Fn::Sub": "https://${AWS::Region}/0a1b.json"}},
                  "Metadata": {"aws:asset:path": "MainNested.nested.template.json"}}}}
                """,
            "cdk.out/MainNested.nested.template.json": '{"Resources": {"Vpc": {"Type": "AWS::EC2::VPC"}}}',
        },
    )
    configurations, _ = scanned(tmp_path)
    assert {
        name: [one.id for one in found.resources if one.stack] for name, found in configurations.items()
    } == {
        "sam.yaml": ["App/AWS::EC2::VPC.Vpc"],
        "cdk.out/Main.template.json": ["Nested/AWS::EC2::VPC.Vpc"],
    }
    (handover,) = configurations["sam.yaml"].handovers
    assert handover.values == {"A": "b"}
    assert handover.to == "nested stack Store (its template is named by no path or URL)"


def test_names_of_nested_stacks_are_their_own(tmp_path: Path) -> None:
    child = (
        "Resources: {X: {Type: AWS::S3::Bucket, Properties: {N: !Sub '${AWS::StackName}-${AWS::Region}'}}}"
    )
    repository(tmp_path, {"p.yaml": f"Resources:\n  A:\n{stack_of('c.yaml')}", "c.yaml": child})
    bucket = found(scanned(tmp_path)[0]["p.yaml"], "A/AWS::S3::Bucket.X")
    assert bucket.attributes["N"] == Text(
        (Reference("A/AWS::StackName", ()), "-", Reference("AWS::Region", ()))
    )


@pytest.mark.parametrize(
    ("url", "files", "linked"),
    [
        # The file name alone is enough beside the parent and below it, not elsewhere.
        ("https://s3.amazonaws.com/b/network.yaml", ["shop/network.yaml"], "shop/network.yaml"),
        ("https://s3.amazonaws.com/b/network.yaml", ["shop/nested/network.yaml"], "shop/nested/network.yaml"),
        ("https://s3.amazonaws.com/b/network.yaml", ["other/network.yaml"], None),
        ("https://s3.amazonaws.com/b/network.yaml", ["shop/x/network.yaml", "shop/y/network.yaml"], None),
        # Elsewhere more of the key has to agree.
        ("https://s3.amazonaws.com/b/common/network.yaml", ["common/network.yaml"], "common/network.yaml"),
        (
            "https://s3.amazonaws.com/b/common/network.yaml",
            ["common/network.yaml", "shop/network.yaml"],
            "common/network.yaml",
        ),
        (
            "https://s3.amazonaws.com/b/common/network.yaml",
            ["x/common/network.yaml", "y/common/network.yaml"],
            None,
        ),
        # A path of another project says as little as a name.
        ("https://s3.amazonaws.com/b/common/network.yaml", ["other/common/network.yaml"], None),
        ("https://s3.amazonaws.com/b/shop/v/network.yaml", ["shop/v/network.yaml"], "shop/v/network.yaml"),
    ],
)
def test_a_url_means_the_file_that_its_key_ends_in(
    tmp_path: Path, url: str, files: list[str], linked: str | None
) -> None:
    parent = f"Resources:\n  Net: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {url}}}}}\n"
    child = "Resources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
    repository(tmp_path, {"shop/main.yaml": parent, **dict.fromkeys(files, child)})
    configurations, _ = scanned(tmp_path)
    configuration = configurations["shop/main.yaml"]
    vpcs = [one.location.path for one in configuration.resources if one.type == "AWS::EC2::VPC"]
    assert vpcs == ([] if linked is None else [(tmp_path / linked).as_posix()])
    assert [handover.location.line for handover in configuration.handovers] == ([2] if linked is None else [])


def test_a_resource_of_no_type_that_is_known_may_become_anything(tmp_path: Path) -> None:
    template = """\
        Resources:
          Vpc: {Type: AWS::EC2::VPC}
          Net: {Type: !Rain::Module vpc.yml, Properties: {VpcId: !Ref Vpc}}
        """
    repository(tmp_path, {"main.yaml": template})
    configurations, problems = scanned(tmp_path)
    place = Location(str(tmp_path / "main.yaml"), 3)
    (handover,) = configurations["main.yaml"].handovers
    assert (handover.to, handover.location.line) == ("what resource Net becomes", place.line)
    assert handover.values == {"VpcId": Reference("AWS::EC2::VPC.Vpc", ("Ref",))}
    assert [problem.line for problem in problems] == [3]


def test_a_url_that_means_two_files_names_both(tmp_path: Path) -> None:
    parent = (
        "Resources:\n  Net: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: https://b/net.yaml}}\n"
        "  Bucket: {Type: AWS::S3::Bucket, Properties: {N: !GetAtt Net.Outputs.Vpc}}\n"
    )
    repository(tmp_path, {"shop/main.yaml": parent, "shop/x/net.yaml": VPC, "shop/y/net.yaml": VPC})
    bucket = found(scanned(tmp_path)[0]["shop/main.yaml"], "AWS::S3::Bucket.Bucket")
    assert bucket.attributes["N"] == Unknown(
        Why.AMBIGUOUS,
        "nested stack Net",
        Location(str(tmp_path / "shop/main.yaml"), 2),
        "https://b/net.yaml may be shop/x/net.yaml or shop/y/net.yaml",
    )
