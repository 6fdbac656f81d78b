"""What parameters are given from outside: by the command line, by roots of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.templates import found, repository, scanned

from checkov_ecs_endpoints.discovery import plant
from checkov_ecs_endpoints.iac.cloudformation import read
from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import RootSetting, Settings
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value, Why

APP = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Name: {Type: String}
  Size: {Type: Number, Default: 1}
  Password: {Type: String, NoEcho: true}
  Stage: {Type: String, Default: test, AllowedValues: [test, prod]}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {A: !Ref Name, B: !Ref Size, C: !Ref Password, D: !Ref Stage}
"""


def values(configuration: Configuration, resource_id: str = "AWS::S3::Bucket.Bucket") -> dict[str, Value]:
    return dict(found(configuration, resource_id).attributes)


def given(directory: Path, *files: str) -> Settings:
    return Settings(parameter_files=tuple(directory / file for file in files))


def rooted(directory: Path, *roots: tuple[str, str, str]) -> Settings:
    return Settings(
        roots=tuple(
            RootSetting((directory / path).as_posix(), name=name, parameter_files=(str(directory / file),))
            for path, name, file in roots
        )
    )


def named(directory: Path, settings: Settings) -> tuple[dict[str, Configuration], list[Problem]]:
    """Configurations by file and name."""
    (tree,) = plant([directory])
    configurations, problems = read(tree, settings)
    return {f"{Path(one.root).name}#{one.name}": one for one in configurations}, problems


def test_a_file_of_the_command_line_gives_to_every_template_that_declares(tmp_path: Path) -> None:
    other = "AWSTemplateFormatVersion: '2010-09-09'\nParameters: {Other: {Type: String}}\n"
    files = {"app.yaml": APP, "other.yaml": other, "p.json": '{"Name": "x", "Size": 3, "Stage": "prod"}'}
    repository(tmp_path, files)
    configurations, problems = scanned(tmp_path, settings=given(tmp_path, "p.json"))
    assert problems == []
    assert values(configurations["app.yaml"]) | {"C": None} == {"A": "x", "B": 3, "C": None, "D": "prod"}
    assert configurations["app.yaml"].files == {f"{tmp_path}/app.yaml", f"{tmp_path}/p.json"}
    assert configurations["app.yaml"].problems == ()
    assert configurations["other.yaml"].files == {f"{tmp_path}/other.yaml"}


def test_later_files_win(tmp_path: Path) -> None:
    files = {"app.yaml": APP, "a.json": '["Name=a", "Size=2"]', "b.json": '["Name=b"]'}
    repository(tmp_path, files)
    configurations, _ = scanned(tmp_path, settings=given(tmp_path, "a.json", "b.json"))
    assert {key: values(configurations["app.yaml"])[key] for key in "AB"} == {"A": "b", "B": 2}


def test_secrets_are_not_known(tmp_path: Path) -> None:
    text = '["Password=hunter2", "Name={{resolve:secretsmanager:hunter2}}"]'
    repository(tmp_path, {"app.yaml": APP, "p.json": text})
    configurations, problems = scanned(tmp_path, settings=given(tmp_path, "p.json"))
    attributes = values(configurations["app.yaml"])
    place = Location(f"{tmp_path}/app.yaml", 5)
    assert attributes["C"] == Unknown(Why.SECRET, "parameter Password", place, "NoEcho")
    assert "hunter2" not in repr((configurations, problems))


def test_a_value_that_is_not_allowed_is_no_value(tmp_path: Path) -> None:
    repository(tmp_path, {"app.yaml": APP, "p.json": '["Stage=live"]'})
    configurations, _ = scanned(tmp_path, settings=given(tmp_path, "p.json"))
    place = Location(f"{tmp_path}/app.yaml", 6)
    note = "given a value that is not among AllowedValues"
    assert values(configurations["app.yaml"])["D"] == Unknown(Why.INVALID, "parameter Stage", place, note)


def test_a_bad_file_is_a_problem_of_the_configuration(tmp_path: Path) -> None:
    repository(tmp_path, {"app.yaml": APP, "p.yaml": "Name: x\nSize: [\n"})
    configurations, _ = scanned(tmp_path, settings=given(tmp_path, "p.yaml"))
    message = "not valid YAML or JSON: did not find expected node content"
    assert configurations["app.yaml"].problems == (Problem(f"{tmp_path}/p.yaml", 3, message),)
    assert f"{tmp_path}/p.yaml" in configurations["app.yaml"].files


def test_named_roots_are_configurations_of_their_own(tmp_path: Path) -> None:
    files = {"app.yaml": APP, "prod.json": '["Name=p"]', "test.json": '["Name=t"]'}
    repository(tmp_path, files)
    settings = rooted(tmp_path, ("app.yaml", "prod", "prod.json"), ("app.yaml", "test", "test.json"))
    configurations, problems = named(tmp_path, settings)
    assert problems == []
    assert sorted(configurations) == ["app.yaml#prod", "app.yaml#test"]
    assert values(configurations["app.yaml#prod"])["A"] == "p"
    assert values(configurations["app.yaml#test"])["A"] == "t"


def test_a_root_without_a_name_replaces_the_template_itself(tmp_path: Path) -> None:
    repository(tmp_path, {"app.yaml": APP, "prod.json": '["Name=p"]'})
    configurations, _ = named(tmp_path, rooted(tmp_path, ("app.yaml", "", "prod.json")))
    assert {name: values(one)["A"] for name, one in configurations.items()} == {"app.yaml#": "p"}


def test_a_file_of_a_root_that_gives_it_nothing(tmp_path: Path) -> None:
    repository(tmp_path, {"app.yaml": APP, "prod.json": '["Nam=p"]'})
    configurations, _ = named(tmp_path, rooted(tmp_path, ("app.yaml", "prod", "prod.json")))
    message = "gives a value to no parameter of app.yaml"
    assert configurations["app.yaml#prod"].problems == (Problem(f"{tmp_path}/prod.json", 0, message),)


def test_a_file_outside_the_boundary_is_not_read(tmp_path: Path) -> None:
    inside = tmp_path / "repository"
    inside.mkdir()
    repository(inside, {"app.yaml": APP})
    (tmp_path / "prod.json").write_text('["Name=p"]')
    configurations, _ = named(inside, rooted(inside, ("app.yaml", "prod", "../prod.json")))
    (problem,) = configurations["app.yaml#prod"].problems
    assert problem.message == "lies outside the repository that is scanned"
    assert isinstance(values(configurations["app.yaml#prod"])["A"], Unknown)


def test_a_listed_file_that_is_no_template(tmp_path: Path) -> None:
    repository(tmp_path, {"app.yaml": APP, "list.yaml": "- a\n", "p.json": '["Name=p"]'})
    _, problems = named(tmp_path, rooted(tmp_path, ("list.yaml", "prod", "p.json")))
    message = "no CloudFormation template, though the settings list it as a root"
    assert problems == [Problem(f"{tmp_path}/list.yaml", 0, message)]


NETWORK = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters: {Stage: {Type: String}, Range: {Type: String}}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Range}}
Outputs:
  Vpc:
    Value: !Ref Vpc
    Export: {Name: !Sub '${Stage}-vpc'}
"""
IMPORTER = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters: {Stage: {Type: String}}
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {Vpc: !ImportValue {'Fn::Sub': '${Stage}-vpc'}}
"""


def test_roots_import_from_roots_of_their_own_name(tmp_path: Path) -> None:
    files = {
        "net.yaml": NETWORK,
        "app.yaml": IMPORTER,
        "prod.json": '["Stage=prod", "Range=10.1.0.0/16"]',
        "test.json": '["Stage=test", "Range=10.2.0.0/16"]',
    }
    repository(tmp_path, files)
    roots = [(file, name, f"{name}.json") for file in ("net.yaml", "app.yaml") for name in ("prod", "test")]
    configurations, _ = named(tmp_path, rooted(tmp_path, *roots))
    for name, block in (("prod", "10.1.0.0/16"), ("test", "10.2.0.0/16")):
        app = configurations[f"app.yaml#{name}"]
        assert values(app)["Vpc"] == Reference("net.yaml#AWS::EC2::VPC.Vpc", ("Ref",))
        assert values(app, "net.yaml#AWS::EC2::VPC.Vpc") == {"CidrBlock": block}
        assert app.problems == ()


def test_what_the_roots_of_an_exporter_differ_in_is_not_known(tmp_path: Path) -> None:
    files = {
        "net.yaml": NETWORK.replace("!Sub '${Stage}-vpc'", "shared-vpc"),
        "app.yaml": IMPORTER.replace("{'Fn::Sub': '${Stage}-vpc'}", "shared-vpc"),
        "prod.json": '["Stage=live", "Range=10.1.0.0/16"]',
        "test.json": '["Stage=live", "Range=10.2.0.0/16"]',
    }
    repository(tmp_path, files)
    roots = [("net.yaml", name, f"{name}.json") for name in ("prod", "test")]
    configurations, _ = named(tmp_path, rooted(tmp_path, *roots))
    assert sorted(configurations) == ["app.yaml#", "net.yaml#prod", "net.yaml#test"]
    block = values(configurations["app.yaml#"], "net.yaml#AWS::EC2::VPC.Vpc")["CidrBlock"]
    assert block == Unknown(Why.NO_VALUE, "parameter Range", None, "the roots prod and test differ in it")


@pytest.mark.parametrize(
    ("file", "text", "named_in_note"),
    [
        ("env/prod.json", '[{"ParameterKey": "Name", "ParameterValue": "x"}]', True),
        ("env/prod.json", '{"Parameters": {"Name": "x", "Size": "2"}}', True),
        ("deploy.yaml", "template-file-path: app.yaml\nparameters: {Name: x}\n", True),
        ("prod.parameters.json", '{"Name": "x"}', True),
        ("env/prod.json", '["Name=x"]', True),
        ("package.json", '{"Name": "x"}', False),
        ("env/prod.json", '{"Parameters": {"Name": "x", "Foreign": "2"}}', False),
        ("env/prod.json", '{"Parameters": {"Size": "2"}}', False),
    ],
)
def test_a_parameter_without_value_names_a_file_that_has_one(
    file: str, text: str, named_in_note: bool, tmp_path: Path
) -> None:
    repository(tmp_path, {"app.yaml": APP, file: text})
    configurations, _ = scanned(tmp_path)
    note = (
        f"{file} would decide it, but nothing chooses that file "
        "(--parameter-file, or `roots` in the settings)"
    )
    place = Location(f"{tmp_path}/app.yaml", 3)
    expected = Unknown(Why.NO_VALUE, "parameter Name", place, note if named_in_note else "")
    assert values(configurations["app.yaml"])["A"] == expected


def test_a_nested_stack_is_given_by_its_parent_alone(tmp_path: Path) -> None:
    parent = """\
        AWSTemplateFormatVersion: '2010-09-09'
        Resources:
          Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: app.yaml}}
        """
    repository(tmp_path, {"parent.yaml": parent, "app.yaml": APP, "p.json": '["Name=x"]'})
    configurations, _ = scanned(tmp_path, settings=given(tmp_path, "p.json"))
    assert sorted(configurations) == ["parent.yaml"]
    expected = Unknown(
        Why.NO_VALUE,
        "parameter Name",
        Location(f"{tmp_path}/app.yaml", 3),
        "nested stack Child does not give it",
    )
    assert values(configurations["parent.yaml"], "Child/AWS::S3::Bucket.Bucket")["A"] == expected
