"""Templates followed in the cases of conditions that are not known; contradictions never come up."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.following import all_cases, open_conditions
from support.templates import found, repository, scanned

from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.values import Reference, Unknown, Why

PARAMETERS = """\
Parameters:
  Env: {Type: String}
  Stage: {Type: String, AllowedValues: [dev, test, prod]}
  Nat: {Type: String, AllowedValues: ['true', 'false']}
  Count: {Type: Number}
  Names: {Type: CommaDelimitedList}
  Image: {Type: AWS::SSM::Parameter::Value<String>, AllowedValues: [/a, /b]}
  Secret: {Type: String, NoEcho: true}
"""

ENV, STAGE = "parameter Env is", "parameter Stage is"

CASES: list[tuple[str, str, dict[str, str]]] = [
    # conditions, and the resources (named for their conditions) that there are in each case
    ("one text", "{A: !Equals [!Ref Env, prod]}", {f"{ENV} 'prod'": "A", f"{ENV} not 'prod'": ""}),
    (
        "either side",
        "{A: !Equals [prod, !Ref Env]}",
        {f"{ENV} 'prod'": "A", f"{ENV} not 'prod'": ""},
    ),
    (
        "two texts of one parameter",
        "{A: !Equals [!Ref Env, prod], B: !Equals [!Ref Env, dev]}",
        {f"{ENV} 'prod'": "A", f"{ENV} 'dev'": "B", f"{ENV} neither 'dev' nor 'prod'": ""},
    ),
    (
        "one text twice",
        "{A: !Equals [!Ref Env, prod], B: !Not [!Equals [!Ref Env, prod]]}",
        {f"{ENV} 'prod'": "A", f"{ENV} not 'prod'": "B"},
    ),
    (
        "the last value allowed",
        "{A: !Equals [!Ref Nat, 'true'], B: !Equals [!Ref Nat, 'false']}",
        {"parameter Nat is 'true'": "A", "parameter Nat is 'false'": "B"},
    ),
    (
        "a boolean is a text",
        "{A: !Equals [!Ref Nat, true]}",
        {"parameter Nat is 'true'": "A", "parameter Nat is 'false'": ""},
    ),
    (
        "one of three",
        "{A: !Equals [!Ref Stage, prod]}",
        {f"{STAGE} 'prod'": "A", f"{STAGE} not 'prod'": ""},
    ),
    (
        "two of three leave the third",
        "{A: !Equals [!Ref Stage, prod], B: !Equals [!Ref Stage, dev]}",
        {f"{STAGE} 'prod'": "A", f"{STAGE} 'dev'": "B", f"{STAGE} 'test'": ""},
    ),
    ("a value that is not allowed", "{A: !Equals [!Ref Stage, stage]}", {f"{STAGE} not 'stage'": ""}),
    (
        "and, or, not",
        "{P: !Equals [!Ref Stage, prod], D: !Equals [!Ref Stage, dev], "
        "A: !And [!Condition P, !Condition D], B: !Or [!Condition P, !Condition D], C: !Not [!Condition B]}",
        {f"{STAGE} 'prod'": "PB", f"{STAGE} 'dev'": "DB", f"{STAGE} 'test'": "C"},
    ),
    (
        "a parameter is asked about once the answer matters",
        "{A: !And [!Equals [!Ref Nat, 'true'], !Equals [!Ref Stage, prod]]}",
        {
            "parameter Nat is 'true' and parameter Stage is 'prod'": "A",
            "parameter Nat is 'true' and parameter Stage is not 'prod'": "",
            "parameter Nat is 'false'": "",
        },
    ),
    (
        "two parameters",
        "{A: !Equals [!Ref Env, !Ref Stage]}",
        {"the comparison on line 9 is true": "A", "the comparison on line 9 is false": ""},
    ),
    (
        "the same comparison, sides swapped",
        "{A: !Equals [!Ref Env, !Ref Stage], B: !Not [!Equals [!Ref Stage, !Ref Env]]}",
        {"the comparison on line 9 is true": "A", "the comparison on line 9 is false": "B"},
    ),
    (
        "an expression",
        "{A: !Equals [!Join ['', !Ref Names], ''], B: !Equals [!Join ['', !Ref Names], a], "
        "C: !Not [!Equals ['', !Join ['', !Ref Names]]]}",
        {
            "the value compared on line 9 is ''": "A",
            "the value compared on line 9 is 'a'": "BC",
            "the value compared on line 9 is neither '' nor 'a'": "C",
        },
    ),
    (
        "two expressions on one line",
        "{A: !Equals [!Select [0, !Ref Names], a], B: !Equals [!Select [1, !Ref Names], b]}",
        {
            "the value compared on line 9 is 'a' and the value compared on line 9 is 'b'": "AB",
            "the value compared on line 9 is 'a' and the value compared on line 9 is not 'b'": "A",
            "the value compared on line 9 is not 'a' and the value compared on line 9 is 'b'": "B",
            "the value compared on line 9 is not 'a' and the value compared on line 9 is not 'b'": "",
        },
    ),
    (
        "a text with a parameter in it",
        "{A: !Equals [!Sub '${Env}-x', prod-x]}",
        {"the value compared on line 9 is 'prod-x'": "A", "the value compared on line 9 is not 'prod-x'": ""},
    ),
    (
        "a pseudo parameter",
        "{A: !Equals [!Ref AWS::Region, eu-west-1], B: !Equals [!Ref AWS::Region, us-east-1]}",
        {
            "AWS::Region is 'eu-west-1'": "A",
            "AWS::Region is 'us-east-1'": "B",
            "AWS::Region is neither 'eu-west-1' nor 'us-east-1'": "",
        },
    ),
    (
        "what an SSM parameter holds is not its name",
        "{A: !Equals [!Ref Image, x]}",
        {"parameter Image is 'x'": "A", "parameter Image is not 'x'": ""},
    ),
    (
        "a number",
        "{A: !Equals [!Ref Count, 0]}",
        {"parameter Count is '0'": "A", "parameter Count is not '0'": ""},
    ),
    (
        "a secret",
        "{A: !Equals [!Ref Secret, '']}",
        {"parameter Secret is ''": "A", "parameter Secret is not ''": ""},
    ),
    ("nothing is open", "{A: !Equals [a, a], B: !Equals [a, b]}", {"": "A"}),
    ("nothing to ask", "{A: !Condition Gone}", {"": "A"}),
]


def followed(directory: Path, text: str) -> Configuration:
    configurations, problems = scanned(repository(directory, {"t.yaml": text}))
    assert problems == []
    return configurations["t.yaml"]


def names(configuration: Configuration) -> str:
    return "".join(one.address.rpartition(".")[2] for one in configuration.resources)


@pytest.mark.parametrize(
    ("conditions", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_cases(conditions: str, expected: dict[str, str], tmp_path: Path) -> None:
    buckets = ", ".join(
        f"{name}: {{Type: AWS::S3::Bucket, Condition: {name}}}"
        for name in "PDABC"
        if f"{name}: " in conditions
    )
    text = f"{PARAMETERS}Conditions: {conditions}\nResources: {{{buckets}}}\n"
    found = {
        " and ".join(case.choices): names(case.configuration) for case in all_cases(followed(tmp_path, text))
    }
    assert found == expected


def test_a_text_that_may_be_a_secret_is_not_told(tmp_path: Path) -> None:
    text = """\
Parameters:
  Password: {Type: String, NoEcho: true, Default: hunter2}
Conditions: {A: !Equals [!Ref Password, hunter2], B: !Equals [!Ref Password, '']}
Resources: {A: {Type: AWS::S3::Bucket, Condition: A}, B: {Type: AWS::S3::Bucket, Condition: B}}
"""
    assert {case.choices: names(case.configuration) for case in all_cases(followed(tmp_path, text))} == {
        ("parameter Password is a text it is compared with",): "A",
        ("parameter Password is ''",): "B",
        ("parameter Password is none of the texts it is compared with",): "",
    }


def test_a_parameter_has_its_value_wherever_it_is_used(tmp_path: Path) -> None:
    text = f"""{PARAMETERS}
Mappings:
  Sizes: {{dev: {{Count: 1}}, prod: {{Count: 3}}}}
Conditions:
  Small: !Equals [!Ref Stage, dev]
  Here: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  A:
    Type: AWS::S3::Bucket
    Properties:
      Name: !Sub '${{Stage}}-${{AWS::Region}}'
      Count: !FindInMap [Sizes, !Ref Stage, Count]
      Small: !If [Small, 1, 2]
      Here: !If [Here, 1, 2]
"""
    values = {
        case.choices: found(case.configuration, "AWS::S3::Bucket.A").attributes
        for case in all_cases(followed(tmp_path, text))
    }
    here, there = "AWS::Region is 'eu-west-1'", "AWS::Region is not 'eu-west-1'"
    small, large = "parameter Stage is 'dev'", "parameter Stage is not 'dev'"
    assert values[here, small] == {"Name": "dev-eu-west-1", "Count": 1, "Small": 1, "Here": 1}
    assert values.keys() == {(here, small), (here, large), (there, small), (there, large)}
    assert str(values[there, large]["Name"]) == "${parameter Stage}-${AWS::Region}"


def test_the_region_of_a_case_is_that_of_the_configuration(tmp_path: Path) -> None:
    text = """\
Conditions: {Here: !Equals [!Ref AWS::Region, eu-west-1]}
Resources: {A: {Type: AWS::S3::Bucket, Condition: Here}}
"""
    regions = [case.configuration.region for case in all_cases(followed(tmp_path, text))]
    assert regions == ["eu-west-1", Reference("AWS::Region", ())]


CHILD = """\
Parameters: {Mode: {Type: String}, Own: {Type: String, Default: a}}
Conditions: {Private: !Equals [!Ref Mode, private]}
Resources: {Inner: {Type: AWS::S3::Bucket, Condition: Private}}
Outputs: {Id: {Value: !If [Private, yes-there, none]}}
"""


def test_a_condition_reaches_nested_stacks_by_parameters(tmp_path: Path) -> None:
    top = """\
Parameters: {Env: {Type: String}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Always: {Type: AWS::S3::Bucket, Condition: Prod}
  One:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ./child.yaml, Parameters: {Mode: !If [Prod, private, public]}}
  Two:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: ./child.yaml, Parameters: {Mode: !Ref Env}}
  Three: {Type: AWS::S3::Bucket, Properties: {Name: !GetAtt One.Outputs.Id}}
"""
    configurations, _ = scanned(repository(tmp_path, {"top.yaml": top, "child.yaml": CHILD}))
    told = {
        case.choices: {(one.stack, one.address.rpartition(".")[2]) for one in case.configuration.resources}
        for case in all_cases(configurations["top.yaml"])
    }
    always = {("", "One"), ("", "Two"), ("", "Three")}
    assert told == {
        ("parameter Env is 'prod'",): always | {("", "Always"), ("One", "Inner")},
        ("parameter Env is 'private'",): always | {("Two", "Inner")},
        ("parameter Env is neither 'private' nor 'prod'",): always,
    }


def test_a_nested_stack_that_is_not_there_has_no_resources(tmp_path: Path) -> None:
    top = """\
Parameters: {Env: {Type: String}}
Conditions: {Prod: !Equals [!Ref Env, prod]}
Resources:
  Net:
    Type: AWS::CloudFormation::Stack
    Condition: Prod
    Properties: {TemplateURL: ./child.yaml, Parameters: {Mode: private}}
"""
    configurations, _ = scanned(repository(tmp_path, {"top.yaml": top, "child.yaml": CHILD}))
    told = {case.choices: names(case.configuration) for case in all_cases(configurations["top.yaml"])}
    assert told == {("parameter Env is 'prod'",): "NetInner", ("parameter Env is not 'prod'",): ""}


def test_conditions_of_a_stack_that_is_imported_from_are_followed(tmp_path: Path) -> None:
    files = {
        "net.yaml": """\
            Parameters: {Env: {Type: String}}
            Conditions: {Prod: !Equals [!Ref Env, prod]}
            Resources:
              Vpc: {Type: AWS::EC2::VPC}
              Extra: {Type: AWS::EC2::Subnet, Condition: Prod}
            Outputs:
              Vpc: {Value: !Ref Vpc, Export: {Name: net-vpc}}
              Extra: {Value: !Ref Extra, Condition: Prod, Export: {Name: net-extra}}
            """,
        "app.yaml": """\
            Parameters: {Env: {Type: String}}
            Conditions: {Large: !Equals [!Ref Env, prod]}
            Resources:
              A:
                Type: AWS::S3::Bucket
                Properties: {Vpc: !ImportValue net-vpc, Extra: !ImportValue net-extra}
              B: {Type: AWS::S3::Bucket, Condition: Large}
            """,
    }
    configurations, _ = scanned(repository(tmp_path, files))
    told: dict[str, set[str]] = {}
    for case in all_cases(configurations["app.yaml"]):
        extra = found(case.configuration, "AWS::S3::Bucket.A").attributes["Extra"]
        told.setdefault(names(case.configuration), set()).add(str(extra))
    there = "net.yaml#AWS::EC2::Subnet.Extra.Ref"
    gone = "net-extra is imported from another stack: no template of this scan exports it"
    # The parameters of two stacks are two, though they have one name.
    assert told == {"ABVpcExtra": {there}, "ABVpc": {gone}, "AVpcExtra": {there}, "AVpc": {gone}}


def test_cases_are_followed_once(tmp_path: Path) -> None:
    bucket = "{Type: AWS::S3::Bucket, Condition: A}"
    text = f"{PARAMETERS}Conditions: {{A: !Equals [!Ref Env, prod]}}\nResources: {{B: {bucket}}}\n"
    configuration = followed(tmp_path, text)
    (condition,) = open_conditions(configuration)
    assert configuration.cases is not None
    assert [id(one) for one in configuration.cases(condition)] == [
        id(one) for one in configuration.cases(condition)
    ]


def test_asking_about_a_condition_that_is_nowhere_leads_nowhere(tmp_path: Path) -> None:
    configuration = followed(tmp_path, "Resources: {A: {Type: AWS::S3::Bucket}}")
    assert configuration.cases is not None
    assert configuration.cases(Unknown(Why.CONDITION, "condition Gone")) == ()
