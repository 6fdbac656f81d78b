"""From verdicts to findings: roots, places, skips, libraries, and what cannot be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support.stages import NO_VALUE, Stages, policy, root, service, verdict

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.findings import Assessment, Library, assess
from checkov_ecs_endpoints.iac.configuration import Configuration, Framework
from checkov_ecs_endpoints.model.workloads import Unjudged
from checkov_ecs_endpoints.policy_files import Policy
from checkov_ecs_endpoints.results import Finding, Outcome, Problem
from checkov_ecs_endpoints.scan import scan
from checkov_ecs_endpoints.selection import Selection, selectors
from checkov_ecs_endpoints.settings import OnUnknown, Settings

EVERY_POLICY = Selection()
DEFAULTS = Settings()


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stages:
    (tmp_path / ".git").mkdir()
    made = Stages()
    made.install(monkeypatch)
    return made


def assessed(
    *paths: Path,
    policies: tuple[Policy, ...] = (policy(),),
    selection: Selection = EVERY_POLICY,
    settings: Settings = DEFAULTS,
    strict: bool = False,
) -> Assessment:
    return assess(scan(paths, settings), policies, selection, strict)


def configured(
    stages: Stages, path: Path, outcome: Outcome = Outcome.FAILED, **options: object
) -> Configuration:
    """A root in a directory with one service, on which ECSNET_101 has an outcome."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "main.tf").write_text('resource "aws_ecs_service" "app" {\n' + "  # a line\n" * 7 + "}\n")
    resource = service(path / "main.tf")
    configuration = root(path, resource, **options)
    stages.configurations.append(configuration)
    stages.verdicts = {"ECSNET_101": [verdict(resource, outcome)]}
    return configuration


def test_a_finding_says_everything_that_reports_show(stages: Stages, tmp_path: Path) -> None:
    configuration = configured(stages, tmp_path / "infra")
    (resource,) = configuration.resources
    assert assessed(tmp_path) == Assessment(
        findings=(
            Finding(
                check_id="ECSNET_101",
                check_name="ECSNET_101 is well",
                severity="MEDIUM",
                guideline="https://example.test/ECSNET_101",
                outcome=Outcome.FAILED,
                address="aws_ecs_service.app",
                location=resource.location,
                framework="terraform",
                root="infra",
                cause="no way out",
                base=tmp_path.as_posix(),
                fails=True,
            ),
        ),
        problems=(),
        unread=(),
        libraries=(),
        needs_checkov=(),
        bases=(tmp_path.as_posix(),),
        workloads=0,
        resources=1,
        roots=1,
    )


class TestRootsAndPlaces:
    """``root`` and the directory that paths are relative to (design 4.3)."""

    def names(self, *paths: Path) -> list[tuple[str, str]]:
        return [(one.root, one.base) for one in assessed(*paths).findings]

    def test_the_path_itself_is_a_dot(self, stages: Stages, tmp_path: Path) -> None:
        configured(stages, tmp_path / "infra")
        assert self.names(tmp_path / "infra") == [(".", (tmp_path / "infra").as_posix())]

    def test_a_file_stands_for_its_directory(self, stages: Stages, tmp_path: Path) -> None:
        configured(stages, tmp_path / "infra")
        assert self.names(tmp_path / "infra" / "main.tf") == [(".", (tmp_path / "infra").as_posix())]

    def test_a_root_of_the_settings_has_its_name(self, stages: Stages, tmp_path: Path) -> None:
        configured(stages, tmp_path / "infra", name="prod")
        assert self.names(tmp_path) == [("infra#prod", tmp_path.as_posix())]

    def test_a_caller_elsewhere_is_named_from_the_path(self, stages: Stages, tmp_path: Path) -> None:
        configuration = configured(stages, tmp_path / "modules" / "m")
        stages.configurations = [replace(configuration, root=(tmp_path / "roots" / "a").as_posix())]
        base = (tmp_path / "modules").as_posix()
        assert self.names(tmp_path / "modules") == [("../roots/a", base)]

    def test_the_path_of_the_root_wins(self, stages: Stages, tmp_path: Path) -> None:
        configuration = configured(stages, tmp_path / "modules")
        stages.configurations = [replace(configuration, root=(tmp_path / "roots" / "a").as_posix())]
        (tmp_path / "roots").mkdir()
        expected = [("a", (tmp_path / "roots").as_posix())]
        assert self.names(tmp_path / "modules", tmp_path / "roots") == expected

    def test_a_nested_stack_has_its_path(self, stages: Stages, tmp_path: Path) -> None:
        configuration = configured(stages, tmp_path / "stacks")
        resource = replace(configuration.resources[0], stack="Network/Service")
        template = replace(
            configuration,
            framework=Framework.CLOUDFORMATION,
            root=(tmp_path / "stacks" / "parent.yaml").as_posix(),
            resources=(resource,),
        )
        stages.configurations = [template]
        (finding,) = assessed(tmp_path).findings
        assert (finding.root, finding.framework) == ("stacks/parent.yaml/Network/Service", "cloudformation")

    def test_json_syntax_is_a_framework_of_its_own(self, stages: Stages, tmp_path: Path) -> None:
        resource = service(tmp_path / "main.tf.json")
        stages.configurations = [root(tmp_path, resource)]
        stages.verdicts = {"ECSNET_101": [verdict(resource)]}
        assert [one.framework for one in assessed(tmp_path).findings] == ["terraform_json"]


def test_an_inline_skip_makes_it_skipped_whatever_it_was(stages: Stages, tmp_path: Path) -> None:
    configured(stages, tmp_path, Outcome.UNKNOWN)
    text = (tmp_path / "main.tf").read_text()
    (tmp_path / "main.tf").write_text(text.replace("# a line", "# checkov:skip=ECSNET_101:for now", 1))
    (finding,) = assessed(tmp_path, strict=True).findings
    assert (finding.outcome, finding.suppress_comment, finding.fails) == (Outcome.SKIPPED, "for now", False)


class TestUndecided:
    """What becomes of UNKNOWN."""

    @pytest.mark.parametrize(
        ("on_unknown", "strict", "expected"),
        [
            (OnUnknown.REPORT, False, [False]),
            (OnUnknown.REPORT, True, [True]),
            (OnUnknown.FAIL, False, [True]),
            (OnUnknown.SILENT, False, []),
            (OnUnknown.SILENT, True, [True]),
        ],
    )
    def test_it_is_reported_fails_or_stays_silent(
        self, on_unknown: OnUnknown, strict: bool, expected: list[bool], stages: Stages, tmp_path: Path
    ) -> None:
        configured(stages, tmp_path, Outcome.UNKNOWN)
        found = assessed(tmp_path, settings=Settings(on_unknown=on_unknown), strict=strict).findings
        assert [one.fails for one in found] == expected
        assert {(one.outcome, one.reason) for one in found} <= {(Outcome.UNKNOWN, NO_VALUE)}

    def test_of_a_library_it_is_listed_apart(self, stages: Stages, tmp_path: Path) -> None:
        configured(stages, tmp_path / "modules" / "m", Outcome.UNKNOWN, library=True)
        found = assessed(tmp_path, strict=True)
        assert (found.findings, found.libraries, found.roots) == ((), (Library("modules/m", 1),), 0)

    def test_what_is_not_judged_is_said_once_under_its_own_id(self, stages: Stages, tmp_path: Path) -> None:
        configuration = configured(stages, tmp_path, Outcome.PASSED)
        (resource,) = configuration.resources
        item = Unjudged(source=Source("aws_ecs_service.app", resource.location), what="a Batch job")
        stages.unjudged = (item,)
        found = assessed(tmp_path, policies=(policy(), policy("ECSNET_900", "INFO")))
        assert [(one.check_id, one.outcome, one.cause) for one in found.findings] == [
            ("ECSNET_101", Outcome.PASSED, "no way out"),
            ("ECSNET_900", Outcome.UNKNOWN, "aws_ecs_service.app: a Batch job is not judged"),
        ]


class TestWhatIsAsked:
    """Selected policies, in the command's own reach."""

    def test_only_selected_policies_are_asked(self, stages: Stages, tmp_path: Path) -> None:
        configured(stages, tmp_path)
        selection = Selection(skip=selectors(["ECSNET_10*"]))
        assert assessed(tmp_path, selection=selection).findings == ()
        assert stages.judged_with == []

    def test_policies_that_combine_conditions_need_checkov(self, stages: Stages, tmp_path: Path) -> None:
        configured(stages, tmp_path)
        combining = policy("CUSTOM_7", operator="", attribute="", combining=True)
        found = assessed(tmp_path, policies=(combining, policy()))
        assert found.needs_checkov == ("CUSTOM_7",)
        assert [one.check_id for one in found.findings] == ["ECSNET_101"]

    def test_an_operator_of_another_version_is_a_problem(self, stages: Stages, tmp_path: Path) -> None:
        found = assessed(tmp_path, policies=(policy(operator="ecs_later"),))
        message = "the operator ecs_later is not in this version of checkov-ecs-endpoints"
        assert found.problems == (Problem("ECSNET_101", 0, message, fault=True),)

    def test_the_policies_about_the_pack_are_no_questions(self, stages: Stages, tmp_path: Path) -> None:
        configured(stages, tmp_path)
        own = (policy("ECSNET_900", "INFO"), policy("ECSNET_999", "CRITICAL"))
        found = assessed(tmp_path, policies=own)
        assert (found.findings, found.problems) == ((), ())


def test_findings_are_sorted_by_place_and_policy(stages: Stages, tmp_path: Path) -> None:
    late, early = service(tmp_path / "b.tf", "late"), service(tmp_path / "a.tf", "early", line=5)
    first = service(tmp_path / "a.tf", "first", line=2)
    for name in ("a.tf", "b.tf"):
        (tmp_path / name).write_text("")
    stages.configurations = [root(tmp_path, late, early, first)]
    answers = [verdict(one) for one in (late, early, first)]
    stages.verdicts = {"ECSNET_101": answers, "ECSNET_102": answers}
    found = assessed(tmp_path, policies=(policy("ECSNET_102"), policy("ECSNET_101")))
    assert [(one.address.rpartition(".")[2], one.check_id) for one in found.findings] == [
        (name, check_id) for name in ("first", "early", "late") for check_id in ("ECSNET_101", "ECSNET_102")
    ]
