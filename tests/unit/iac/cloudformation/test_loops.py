"""``Fn::ForEach`` and ``AWS::Include``."""

from __future__ import annotations

from pathlib import Path

from support.templates import found, line, repository, resolved, resources, scanned

from checkov_ecs_endpoints.iac.configuration import Handover
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, OpenDict, Reference, Unknown, Why

LOOP = """\
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: "a-1,b"}
Resources:
  Fn::ForEach::Subnets:
    - Name
    - !Ref Names
    - Subnet&{Name}:
        Type: AWS::EC2::Subnet
        Properties:
          Name: !Ref Name
          Text: "${Name}!"
          Sub: !Sub "${Name}-${AWS::Region}"
          Fn::ForEach::Keys:
            - Key
            - [x, y]
            - "${Key}Of": !Sub "${Name}${Key}"
  Table: {Type: AWS::EC2::RouteTable, Properties: {Of: !Ref Subnetb}}
"""


def test_loops_write_out_their_entries() -> None:
    listed = resources(LOOP)
    assert list(listed) == ["Subneta1", "Subnetb", "Table"]
    first = dict(listed["Subneta1"].attributes)
    assert str(first.pop("Sub")) == "${a-1}-${AWS::Region}".replace("${a-1}", "a-1")
    assert first == {"Name": "a-1", "Text": "a-1!", "xOf": "a-1x", "yOf": "a-1y"}
    assert listed["Table"].attributes == {"Of": Reference("AWS::EC2::Subnet.Subnetb", ("Ref",))}


def test_a_loop_over_an_unknown_list_leaves_open_what_there_is() -> None:
    value = resolved(
        "{a: 1, 'Fn::ForEach::X': [N, !Ref Names, {'${N}': 1}]}", "Parameters: {Names: {Type: String}}"
    )
    assert value == OpenDict({"a": 1}, Unknown(Why.NO_VALUE, "parameter Names", line(7)))


def test_loops_in_loops_are_bounded() -> None:
    inner = "{'K${A}': 1}"
    for name in "EDCBA":
        inner = f"{{'Fn::ForEach::{name}': [{name}, [{', '.join(map(str, range(20)))}], {inner}]}}"
    value = resolved(inner)
    assert isinstance(value, OpenDict)
    assert (value.rest.why, value.rest.note) == (Why.LIMIT, "loops write out more than 50000 values")


def test_an_unknown_loop_over_resources_hands_over_the_template(tmp_path: Path) -> None:
    repository(
        tmp_path,
        {"t.yaml": LOOP.replace(', Default: "a-1,b"', "").replace("Of: !Ref Subnetb", "Of: !Ref Subnetb")},
    )
    configurations, problems = scanned(tmp_path)
    assert problems == []
    table = Reference("AWS::EC2::RouteTable.Table", ("Ref",))
    path = str(tmp_path / "t.yaml")
    names = Unknown(Why.NO_VALUE, "parameter Names", Location(path, 3))
    assert configurations["t.yaml"].handovers == (Handover(str(names), [table], Location(path, 3)),)
    assert found(configurations["t.yaml"], "AWS::EC2::RouteTable.Table").attributes == {"Of": names}


def test_includes_of_local_files(tmp_path: Path) -> None:
    repository(
        tmp_path,
        {
            "t.yaml": """\
                Resources:
                  Fn::Transform: {Name: AWS::Include, Parameters: {Location: parts/more.yaml}}
                  A:
                    Type: AWS::S3::Bucket
                    Properties:
                      Own: 1
                      Fn::Transform:
                        Name: AWS::Include
                        Parameters: {Location: parts/properties.json}
                """,
            "parts/more.yaml": "B: {Type: AWS::S3::Bucket, Properties: {Of: !Ref A}}\n",
            "parts/properties.json": '{"Tags": [{"Key": "k"}]}',
        },
    )
    configurations, problems = scanned(tmp_path)
    assert problems == []
    configuration = configurations["t.yaml"]
    assert found(configuration, "AWS::S3::Bucket.A").attributes == {"Own": 1, "Tags": [{"Key": "k"}]}
    assert found(configuration, "AWS::S3::Bucket.A").lines[("Tags",)] == Location(
        str(tmp_path / "parts/properties.json"), 1
    )
    assert found(configuration, "AWS::S3::Bucket.B").attributes == {
        "Of": Reference("AWS::S3::Bucket.A", ("Ref",))
    }
    assert configuration.handovers == ()
    assert configuration.files == {
        str(tmp_path / name) for name in ("t.yaml", "parts/more.yaml", "parts/properties.json")
    }


def test_includes_that_are_not_at_hand(tmp_path: Path) -> None:
    text = """\
        Resources:
          A:
            Type: AWS::S3::Bucket
            Properties: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: LOCATION}}}
        """
    repository(
        tmp_path,
        {
            "inside/s3.yaml": text.replace("LOCATION", "s3://bucket/x.yaml"),
            "inside/outside.yaml": text.replace("LOCATION", "../../outside.yaml"),
            "inside/broken.yaml": text.replace("LOCATION", "broken.txt"),
            "inside/broken.txt": "a: *b",
        },
    )
    (tmp_path.parent / "outside.yaml").write_text("Secret: 1")
    configurations, problems = scanned(tmp_path)
    assert problems == [Problem(str(tmp_path / "inside/broken.txt"), 1, "alias *b has no anchor before it")]
    for name, configuration in configurations.items():
        (bucket,) = configuration.resources
        assert bucket.attributes == {}
        assert isinstance(bucket.exists, Unknown), name
        assert (bucket.exists.why, bucket.exists.subject) == (Why.OUTSIDE, "AWS::Include")


def test_loops_in_loops_write_out_every_pair() -> None:
    text = """\
    Resources:
      Fn::ForEach::Outer:
        - A
        - [x, y]
        - Fn::ForEach::Inner:
            - B
            - ["1", "2"]
            - "${A}${B}": {Type: AWS::S3::Bucket, Properties: {Name: "${B}${A}"}}
    """
    assert {name: one.attributes for name, one in resources(text).items()} == {
        "x1": {"Name": "1x"},
        "x2": {"Name": "2x"},
        "y1": {"Name": "1y"},
        "y2": {"Name": "2y"},
    }
