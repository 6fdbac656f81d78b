"""Each intrinsic function, by what it makes of its arguments."""

from __future__ import annotations

import pytest
from support.templates import ABSENT, line, resolved

from checkov_ecs_endpoints.iac.cloudformation.functions import FUNCTIONS
from checkov_ecs_endpoints.values import OpenList, Reference, Text, Unknown, Value, Why

SECTIONS = """
Parameters:
  Env: {Type: String, Default: dev}
  Id: {Type: String}
  Ids: {Type: List<AWS::EC2::Subnet::Id>}
  Names: {Type: CommaDelimitedList, Default: "a, b,c"}
Mappings:
  Sizes:
    dev: {Count: 1, Zones: [a, b]}
    prod: {Count: 1, Zones: [a, b, c]}
  Open: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: s3://x}}}
Outputs: {}
"""

REGION = Reference("AWS::Region", ())
ACCOUNT = Reference("AWS::AccountId", ())
SUBNET = Reference("AWS::EC2::Subnet.Subnet", ("Ref",))
ID = Unknown(Why.NO_VALUE, "parameter Id", line(9))
IDS = Unknown(Why.NO_VALUE, "parameter Ids", line(10))


def invalid(function: str, note: str) -> Unknown:
    return Unknown(Why.INVALID, function, line(6), note)


def taken(unknown: Unknown, function: str) -> Unknown:
    return Unknown(unknown.why, unknown.subject, unknown.origin, f"taken by {function} on line 6")


WRONG_KIND = "an argument of another kind than it takes"

CASES: list[tuple[str, Value]] = [
    # Ref
    ("!Ref Env", "dev"),
    ("!Ref Names", ["a", "b", "c"]),
    ("!Ref Id", ID),
    ("!Ref Subnet", SUBNET),
    ("{Ref: Subnet}", SUBNET),
    ("!Ref AWS::Region", REGION),
    ("!Ref AWS::StackName", Reference("AWS::StackName", ())),
    ("!Ref AWS::NoValue", ABSENT),
    ("[a, !Ref AWS::NoValue, b]", ["a", "b"]),
    ("{a: !Ref AWS::NoValue, b: 1}", {"b": 1}),
    ("!Ref Nothing", Unknown(Why.INVALID, "Nothing", line(6), "it does not exist in the template")),
    ("{Ref: [a]}", invalid("Ref", WRONG_KIND)),
    # GetAtt
    ("!GetAtt Vpc.DefaultSecurityGroup", Reference("AWS::EC2::VPC.Vpc", ("DefaultSecurityGroup",))),
    ("!GetAtt Vpc.Some.Path", Reference("AWS::EC2::VPC.Vpc", ("Some", "Path"))),
    ("{'Fn::GetAtt': [Vpc, CidrBlock]}", Reference("AWS::EC2::VPC.Vpc", ("CidrBlock",))),
    ("{'Fn::GetAtt': Vpc.CidrBlock}", Reference("AWS::EC2::VPC.Vpc", ("CidrBlock",))),
    ("{'Fn::GetAtt': [Vpc, !Ref Env]}", Reference("AWS::EC2::VPC.Vpc", ("dev",))),
    ("{'Fn::GetAtt': [Vpc, !Ref Id]}", taken(ID, "Fn::GetAtt")),
    ("!GetAtt Vpc", invalid("Fn::GetAtt", WRONG_KIND)),
    ("{'Fn::GetAtt': [Vpc, '']}", invalid("Fn::GetAtt", WRONG_KIND)),
    ("!GetAtt Gone.Arn", Unknown(Why.INVALID, "Gone", line(6), "it does not exist in the template")),
    # Sub
    ("!Sub plain", "plain"),
    ("!Sub '${Env}-x'", "dev-x"),
    ("!Sub '${!Env}-${Env}'", "${Env}-dev"),
    ("!Sub '$${Env} ${'", "$dev ${"),
    ("!Sub 'arn:${AWS::Region}:x'", Text(("arn:", REGION, ":x"))),
    ("!Sub '${Subnet}'", SUBNET),
    ("!Sub '${Vpc.CidrBlock}/x'", Text((Reference("AWS::EC2::VPC.Vpc", ("CidrBlock",)), "/x"))),
    ("!Sub ['${a}-${Env}', {a: !Ref Id}]", Text((ID, "-dev"))),
    ("!Sub ['${Env}', {Env: own}]", "own"),
    ("!Sub ['${a}', {a: 1}]", "1"),
    ("!Sub ['${a}', {a: true}]", "true"),
    ("!Sub ['${a}', {a: [x]}]", invalid("${a}", "a list or mapping inside a text")),
    ("!Sub [a, {}, c]", invalid("Fn::Sub", WRONG_KIND)),
    ("!Sub {a: b}", invalid("Fn::Sub", WRONG_KIND)),
    # Join
    ("!Join ['-', [a, 1, true]]", "a-1-true"),
    ("!Join ['', []]", ""),
    ("!Join ['/', [!Ref AWS::AccountId, x, y]]", Text((ACCOUNT, "/x/y"))),
    ("!Join [',', !Ref Names]", "a,b,c"),
    ("!Join [',', !Ref Ids]", taken(IDS, "Fn::Join")),
    ("!Join [',', [a, !Ref AWS::NoValue]]", "a"),
    (
        "!Join [',', !GetAtt Vpc.CidrBlocks]",
        Unknown(Why.AFTER_APPLY, "AWS::EC2::VPC.Vpc.CidrBlocks", line(6)),
    ),
    ("!Join [a]", invalid("Fn::Join", WRONG_KIND)),
    # Split
    ("!Split [',', 'a,b,,c']", ["a", "b", "", "c"]),
    ("!Split [',', !Sub '${Subnet},x']", [SUBNET, "x"]),
    ("!Split ['/', !Sub '${AWS::Region}/x${AWS::AccountId}']", [REGION, Text(("x", ACCOUNT))]),
    ("!Split [',', !Ref Id]", taken(ID, "Fn::Split")),
    (
        "!Split [':', !GetAtt Vpc.Arn]",
        Unknown(Why.AFTER_APPLY, "AWS::EC2::VPC.Vpc.Arn", line(6), "it may hold the separator ':'"),
    ),
    ("!Split ['', a]", invalid("Fn::Split", WRONG_KIND)),
    # Select
    ("!Select [1, [a, b]]", "b"),
    ("!Select ['1', !Split ['-', x-y]]", "y"),
    ("!Select [0, !Ref Ids]", taken(IDS, "Fn::Select 0")),
    ("!Select [2, [a, b]]", invalid("Fn::Select", "no member 2 in a list of 2")),
    ("!Select [!Ref Id, [a, b]]", taken(ID, "Fn::Select")),
    ("!Select [-1, [a]]", invalid("Fn::Select", WRONG_KIND)),
    ("!Select [0, !GetAtt Vpc.CidrBlocks]", Reference("AWS::EC2::VPC.Vpc", ("CidrBlocks", 0))),
    ("!Select [0, a]", invalid("Fn::Select", WRONG_KIND)),
    # GetAZs
    ("!GetAZs ''", OpenList((), Unknown(Why.AFTER_APPLY, "Fn::GetAZs:AWS::Region", line(6)))),
    ("!Select [0, !GetAZs '']", Reference("Fn::GetAZs:AWS::Region", (0,))),
    ("!Select [4, !GetAZs {Ref: AWS::Region}]", Reference("Fn::GetAZs:AWS::Region", (4,))),
    ("!Select [1, !GetAZs eu-west-1]", Reference("Fn::GetAZs:eu-west-1", (1,))),
    ("!GetAZs {Ref: Id}", taken(ID, "Fn::GetAZs")),
    # FindInMap
    ("!FindInMap [Sizes, dev, Zones]", ["a", "b"]),
    ("!FindInMap [Sizes, !Ref Env, Count]", 1),
    ("!FindInMap [Sizes, !Ref Id, Count]", 1),
    ("!FindInMap [Sizes, !Ref Id, Zones]", taken(ID, "Fn::FindInMap")),
    (
        "!FindInMap [Sizes, !Ref AWS::Region, Zones]",
        Unknown(Why.AFTER_APPLY, "AWS::Region", line(6)),
    ),
    ("!FindInMap [Sizes, test, Count]", invalid("Fn::FindInMap", "no such mapping or key")),
    ("!FindInMap [Gone, dev, Count]", invalid("Fn::FindInMap", "no such mapping or key")),
    ("!FindInMap [Sizes, test, Count, {DefaultValue: 7}]", 7),
    ("!FindInMap [Sizes, dev, Count, {DefaultValue: 7}]", 1),
    ("!FindInMap [Sizes, !Ref Id, Count, {DefaultValue: 7}]", taken(ID, "Fn::FindInMap")),
    ("!FindInMap [Sizes, !Ref Id, Count, {DefaultValue: 1}]", 1),
    (
        "!FindInMap [Open, dev, Count, {DefaultValue: 7}]",
        Unknown(
            Why.OUTSIDE,
            "AWS::Include",
            line(16),
            "s3://x is no file of the scan; taken by Fn::FindInMap on line 6",
        ),
    ),
    ("!FindInMap [Sizes, dev]", invalid("Fn::FindInMap", WRONG_KIND)),
    # Base64
    ("!Base64 hello", "aGVsbG8="),
    ("{'Fn::Base64': !Sub 'a${Subnet}'}", Text(("a", SUBNET))),
    ("!Base64 [a]", invalid("Fn::Base64", WRONG_KIND)),
    # Cidr
    ("!Cidr [192.168.0.0/24, 3, 5]", ["192.168.0.0/27", "192.168.0.32/27", "192.168.0.64/27"]),
    ("!Cidr ['10.0.0.0/16', '2', '8']", ["10.0.0.0/24", "10.0.1.0/24"]),
    ("!Select [1, !Cidr [!GetAtt Vpc.CidrBlock, 4, 12]]", "10.0.16.0/20"),
    ("!Cidr ['fd00::/56', 2, 64]", ["fd00::/64", "fd00:0:0:1::/64"]),
    ("!Cidr [10.0.0.0/24, 3, 7]", invalid("Fn::Cidr", "10.0.0.0/24 does not hold 3 such blocks")),
    ("!Cidr [!Ref Id, 3, 7]", taken(ID, "Fn::Cidr")),
    (
        "!Cidr [!GetAtt Subnet.CidrBlock, 3, 7]",
        Unknown(Why.AFTER_APPLY, "AWS::EC2::Subnet.Subnet.CidrBlock", line(6)),
    ),
    # LanguageExtensions
    ("{'Fn::Length': [a, b]}", 2),
    ("{'Fn::Length': !Ref Names}", 3),
    ("{'Fn::Length': !Ref Ids}", taken(IDS, "Fn::Length")),
    ("{'Fn::ToJsonString': {a: [1, true, x]}}", '{"a":[1,true,"x"]}'),
    ("{'Fn::ToJsonString': [!Ref Id]}", taken(ID, "Fn::ToJsonString")),
    (
        "{'Fn::ToJsonString': [!Ref Subnet]}",
        Unknown(Why.AFTER_APPLY, "AWS::EC2::Subnet.Subnet.Ref", line(6)),
    ),
    # Imports
    ("!ImportValue net-vpc", Unknown(Why.IMPORT, "net-vpc", line(6), "no template of this scan exports it")),
    (
        "!ImportValue {'Fn::Sub': '${Id}-vpc'}",
        Unknown(Why.IMPORT, "${parameter Id}-vpc", line(6), "no template of this scan exports it"),
    ),
    (
        "!ImportValue {Ref: Id}",
        Unknown(Why.IMPORT, "Fn::ImportValue of parameter Id", line(6), "nothing of the name is known"),
    ),
    # Outputs of stacks by name
    (
        "{'Fn::GetStackOutput': {StackName: net, OutputName: Vpc, Region: eu-west-1}}",
        Unknown(
            Why.IMPORT,
            "output Vpc of stack net",
            line(6),
            "read by the name of a stack, which templates do not have",
        ),
    ),
    ("!GetStackOutput {StackName: !Ref Id, OutputName: Vpc}", taken(ID, "Fn::GetStackOutput")),
    ("!GetStackOutput {StackName: net}", invalid("Fn::GetStackOutput", WRONG_KIND)),
    ("!GetStackOutput net", invalid("Fn::GetStackOutput", WRONG_KIND)),
    # Dynamic references
    (
        "'{{resolve:secretsmanager:db:SecretString:password}}'",
        Unknown(Why.SECRET, "a dynamic reference to a secret", line(6)),
    ),
    (
        "'a-{{resolve:ssm:/vpc/id}}-{{resolve:ssm-secure:x:1}}'",
        Text(
            (
                "a-",
                Unknown(Why.DATA_SOURCE, "a dynamic reference to an SSM parameter", line(6)),
                "-",
                Unknown(Why.SECRET, "a dynamic reference to a secret", line(6)),
            )
        ),
    ),
    (
        "!Sub '{{resolve:secretsmanager:${Subnet}:SecretString:key}}'",
        Unknown(Why.SECRET, "a dynamic reference to a secret", line(6)),
    ),
    (
        "!Join ['', ['{{resolve:secretsmanager:', !Ref Subnet, ':SecretString:key}}!']]",
        Text((Unknown(Why.SECRET, "a dynamic reference to a secret", line(6)), "!")),
    ),
    # Neither function nor known
    ("{'Fn::Frobnicate': 1}", Unknown(Why.UNSUPPORTED, "Fn::Frobnicate", line(6))),
    ("{'Fn::Sub': a, b: 1}", invalid("Fn::Sub", "a function beside other keys")),
    ("{'Fn::Transform': {Name: Upper}}", Unknown(Why.UNSUPPORTED, "Fn::Transform Upper", line(6), "a macro")),
    ("{Condition: {StringEquals: {a: b}}}", {"Condition": {"StringEquals": {"a": "b"}}}),
    ("{Ref: a, b: c}", {"Ref": "a", "b": "c"}),
]


@pytest.mark.parametrize(("expression", "value"), CASES, ids=[case[0] for case in CASES])
def test_functions(expression: str, value: Value) -> None:
    found = resolved(expression, SECTIONS)
    assert found == value
    assert type(found) is type(value)


FORMS: list[tuple[str, str]] = [
    ("!Ref Subnet", "{Ref: Subnet}"),
    ("!GetAtt Vpc.Some.Path", "{'Fn::GetAtt': [Vpc, Some.Path]}"),
    ("!GetAtt [Vpc, CidrBlock]", "{'Fn::GetAtt': Vpc.CidrBlock}"),
    ("!Sub '${Env}-${AWS::Region}'", "{'Fn::Sub': '${Env}-${AWS::Region}'}"),
    ("!Sub ['${a}', {a: !Ref Env}]", "{'Fn::Sub': ['${a}', {a: {Ref: Env}}]}"),
    ("!Join ['-', [a, !Ref Env]]", "{'Fn::Join': ['-', [a, {Ref: Env}]]}"),
    ("!Split [',', 'a,b']", "{'Fn::Split': [',', 'a,b']}"),
    ("!Select [1, !Ref Names]", "{'Fn::Select': ['1', {Ref: Names}]}"),
    ("!GetAZs ''", "{'Fn::GetAZs': ''}"),
    ("!GetAZs {Ref: 'AWS::Region'}", "{'Fn::GetAZs': {Ref: 'AWS::Region'}}"),
    ("!FindInMap [Sizes, !Ref Env, Zones]", "{'Fn::FindInMap': [Sizes, {Ref: Env}, Zones]}"),
    (
        "!FindInMap [Sizes, x, y, {DefaultValue: 7}]",
        "{'Fn::FindInMap': [Sizes, x, y, {DefaultValue: 7}]}",
    ),
    ("!Base64 hello", "{'Fn::Base64': hello}"),
    ("!Cidr [10.0.0.0/16, 2, 8]", "{'Fn::Cidr': ['10.0.0.0/16', '2', '8']}"),
    ("!ImportValue net-vpc", "{'Fn::ImportValue': net-vpc}"),
    ("!If ['Yes', a, b]", "{'Fn::If': ['Yes', a, b]}"),
    ("!If ['Yes', !Ref AWS::NoValue, b]", "{'Fn::If': ['Yes', {Ref: 'AWS::NoValue'}, b]}"),
    ("!Length [a, b]", "{'Fn::Length': [a, b]}"),
    ("!ToJsonString {a: !Ref Env}", "{'Fn::ToJsonString': {a: {Ref: Env}}}"),
    ("!Transform {Name: Upper}", "{'Fn::Transform': {Name: Upper}}"),
    (
        "!Transform {Name: AWS::Include, Parameters: {Location: s3://x}}",
        "{'Fn::Transform': {Name: 'AWS::Include', Parameters: {Location: 's3://x'}}}",
    ),
    (
        "!GetStackOutput {StackName: net, OutputName: Vpc}",
        "{'Fn::GetStackOutput': {StackName: net, OutputName: Vpc}}",
    ),
]


@pytest.mark.parametrize(("short", "full"), FORMS, ids=[form[0] for form in FORMS])
def test_both_forms_of_a_function_say_the_same(short: str, full: str) -> None:
    sections = f"{SECTIONS}Conditions: {{'Yes': !Equals [a, a]}}\n"
    assert resolved(short, sections) == resolved(full, sections)


def test_every_function_is_tried_in_both_forms() -> None:
    names = {full.split("'")[1] if "Fn::" in full[:8] else "Ref" for _, full in FORMS}
    assert names == {*FUNCTIONS, "Fn::If", "Fn::Transform"}


def test_the_region_of_the_settings_is_that_of_every_stack() -> None:
    assert resolved("!Sub '${AWS::Region}a'", region="eu-west-1") == "eu-west-1a"
    assert resolved("!Select [0, !GetAZs '']", region="eu-west-1") == Reference("Fn::GetAZs:eu-west-1", (0,))


def test_what_two_calls_make_of_one_unknown_is_not_the_same() -> None:
    found = resolved("[!Select [0, !Ref Ids], !Select [1, !Ref Ids]]", SECTIONS)
    assert isinstance(found, list) and found[0] != found[1]


def test_a_text_that_grows_without_end_is_cut_off() -> None:
    doubled = "!Join ['', [" + ", ".join(["!Ref Long"] * 300) + "]]"
    sections = f"Parameters:\n  Long: {{Type: String, Default: {'x' * 4000}}}\n"
    assert resolved(doubled, sections) == Unknown(
        Why.LIMIT, "a text", line(6), "longer than 1000000 characters"
    )
