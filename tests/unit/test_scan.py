"""The pipeline, with stand-ins for its stages."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.stages import NO_VALUE, Stages, root, service, verdict

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.results import Outcome, Problem, Verdict
from checkov_ecs_endpoints.scan import Scan, _readers, scan
from checkov_ecs_endpoints.settings import RootSetting, Settings
from checkov_ecs_endpoints.settings_file import SettingsFiles


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two roots that call one module."""
    for name in ("roots/a", "roots/b", "modules/m", ".git"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "main.tf").write_text("")
    return tmp_path


@pytest.fixture
def stages(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Stages:
    """Both roots have a service of the module; ``b`` one of its own too."""
    shared = service(repository / "modules" / "m" / "main.tf", "shared")
    own = service(repository / "roots" / "b" / "main.tf", "own")
    made = Stages(
        configurations=[
            root(repository / "roots" / "b", own, shared),
            root(repository / "roots" / "a", shared),
        ],
        verdicts={"one": [verdict(shared)]},
    )
    made.install(monkeypatch)
    return made


def answers(found: Scan, attribute: str = "one") -> list[tuple[str, str, str]]:
    return [
        (Path(judged.configuration.root).name, judged.resource.address, judged.verdict.outcome.value)
        for judged in found.verdicts("ecs_test", attribute, {})
    ]


def test_a_module_is_judged_in_every_root_that_calls_it(repository: Path, stages: Stages) -> None:
    assert answers(scan([repository], Settings())) == [
        ("a", "aws_ecs_service.shared", "FAILED"),
        ("b", "aws_ecs_service.shared", "FAILED"),
    ]


def test_a_root_has_the_results_of_its_modules_elsewhere(repository: Path, stages: Stages) -> None:
    found = scan([repository / "roots" / "a"], Settings())
    assert answers(found) == [("a", "aws_ecs_service.shared", "FAILED")]
    assert [Path(one.root).name for one in found.configurations] == ["a"]


@pytest.mark.parametrize("path", ["modules/m", "modules/m/main.tf"])
def test_a_module_has_its_results_alone_and_its_callers(path: str, repository: Path, stages: Stages) -> None:
    own, shared = stages.configurations[0].resources
    stages.verdicts = {"one": [verdict(own), verdict(shared)]}
    stages.configurations = stages.configurations[:1]
    assert answers(scan([repository / path], Settings())) == [("b", "aws_ecs_service.shared", "FAILED")]


def test_each_stage_runs_once_and_only_when_asked(repository: Path, stages: Stages) -> None:
    found = scan([repository], Settings())
    assert (len(stages.read_with), stages.lowered) == (1, [])
    for _ in range(2):
        found.verdicts("ecs_test", "one", {})
    assert len(stages.lowered) == 2
    assert len(stages.judged_with) == 2
    found.verdicts("ecs_test", "one", {"strict": True})
    assert (len(stages.lowered), len(stages.judged_with)) == (2, 4)


def test_an_operator_that_does_not_exist_is_a_key_error_even_without_configurations(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="ecs_nothing"):
        scan([tmp_path], Settings()).verdicts("ecs_nothing", "one", {})


def test_a_crash_of_the_lowering_names_the_root_and_stops_nothing_else(
    repository: Path, stages: Stages
) -> None:
    broken = (repository / "roots" / "b").as_posix()
    stages.crash_lowering = frozenset({broken})
    found = scan([repository], Settings())
    assert not found.problems
    assert answers(found) == [("a", "aws_ecs_service.shared", "FAILED")]
    (problem,) = found.problems
    assert (problem.path, problem.line) == (broken, 0)
    assert problem.message.startswith(
        "reading the network failed, a fault of checkov-ecs-endpoints: LookupError: no such subnet (stages"
    )
    assert [crash.configuration.root for crash in found.crashes] == [broken]
    assert [Path(survey.configuration.root).name for survey, _ in found.estates()] == ["a"]


def test_a_crash_of_an_operator_is_a_problem_of_each_root(repository: Path, stages: Stages) -> None:
    found = scan([repository], Settings())
    assert answers(found, "two") == []
    assert [(Path(problem.path).name, problem.message.split(" (")[0]) for problem in found.problems] == [
        (
            name,
            "ecs_test of 'two' failed, a fault of checkov-ecs-endpoints: ValueError: ecs_test has no two",
        )
        for name in ("a", "b")
    ]


def test_a_verdict_on_a_resource_that_does_not_exist_is_a_crash(repository: Path, stages: Stages) -> None:
    stages.verdicts = {
        "one": [Verdict(Outcome.FAILED, "aws_ecs_service.ghost", "aws_ecs_service.ghost", "x")]
    }
    found = scan([repository], Settings())
    assert answers(found) == []
    assert len(found.problems) == 2


def test_a_crash_of_a_front_end_is_a_problem(repository: Path, stages: Stages) -> None:
    stages.crash_reading = True
    (problem,) = scan([repository], Settings()).problems
    assert problem.path == repository.as_posix()
    assert problem.message.startswith(
        "reading Terraform failed, a fault of checkov-ecs-endpoints: RuntimeError: no reading today"
    )


def test_problems_elsewhere_in_the_repository_are_not_ours(repository: Path, stages: Stages) -> None:
    def problem(name: str) -> Problem:
        return Problem((repository / name).as_posix(), 3, "not valid")

    stages.problems = [problem("roots/a/main.tf"), problem("roots/b/main.tf"), problem("modules/m/main.tf")]
    assert scan([repository / "roots" / "a"], Settings()).problems == (
        problem("modules/m/main.tf"),
        problem("roots/a/main.tf"),
    )


def test_each_root_has_the_settings_nearest_to_it(repository: Path, stages: Stages) -> None:
    (repository / ".ecs-endpoints.yaml").write_text("regions: {default: eu-west-1}\n")
    (repository / "roots" / "b" / ".ecs-endpoints.yaml").write_text(
        "regions: {default: us-east-1}\nroots: [{path: ., workspace: prod}]\n"
    )
    found = scan([repository], SettingsFiles(environment={}))
    prod = RootSetting((repository / "roots" / "b").as_posix(), workspace="prod")
    assert [(read.default_region, read.roots) for read in stages.read_with] == [
        ("eu-west-1", (prod,)),
        ("us-east-1", (prod,)),
    ]
    assert answers(found) == [
        ("a", "aws_ecs_service.shared", "FAILED"),
        ("b", "aws_ecs_service.shared", "FAILED"),
    ]
    assert {settings.default_region for _, settings in stages.judged_with} == {"eu-west-1", "us-east-1"}


def test_verdicts_are_sorted(repository: Path, stages: Stages) -> None:
    own, shared = stages.configurations[0].resources
    stages.configurations = stages.configurations[:1]
    unknown = verdict(shared, Outcome.UNKNOWN)
    stages.verdicts = {"one": [verdict(shared, cause="b"), verdict(shared, cause="a"), unknown, verdict(own)]}
    found = scan([repository], Settings())
    assert [
        (judged.resource.address, judged.verdict.cause, judged.verdict.reason)
        for judged in found.verdicts("ecs_test", "one", {})
    ] == [
        ("aws_ecs_service.own", "no way out", None),
        ("aws_ecs_service.shared", "a", None),
        ("aws_ecs_service.shared", "b", None),
        ("aws_ecs_service.shared", "no way out", NO_VALUE),
    ]


@pytest.mark.parametrize(
    ("names", "languages"),
    [
        (["main.tf"], ["Terraform"]),
        (["a.yaml", "b.template"], ["CloudFormation"]),
        (["plan.json"], ["Terraform", "plans", "CloudFormation"]),
        ([".ecs-endpoints.yaml", "prod.tfvars"], []),
    ],
)
def test_a_front_end_that_has_nothing_to_read_is_not_imported(names: list[str], languages: list[str]) -> None:
    tree = Tree(Path("/x"), (Path("/x"),), tuple(Path("/x", name) for name in names))
    assert [language for language, _ in _readers(tree)] == languages
