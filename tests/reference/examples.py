"""What the situations show of each policy: the plainest that fail and pass, and why it cannot always tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reference.excerpts import excerpt
from support.situations import LANGUAGES, situations

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.findings import assess
from checkov_ecs_endpoints.policy_files import Policy
from checkov_ecs_endpoints.results import Finding, Outcome
from checkov_ecs_endpoints.scan import scan
from checkov_ecs_endpoints.selection import Selection
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.settings_file import FILE_NAME
from checkov_ecs_endpoints.values import Why

_ENDPOINT = re.compile(r"\baws_vpc_endpoint\.|AWS::EC2::VPCEndpoint\.")

BESIDE = 4
"""How many lines of an example outweigh that another policy fails, or cannot tell, beside it."""

CHOSEN = {
    ("ECSNET_100", Outcome.FAILED): "s3_missing",
    ("ECSNET_100", Outcome.PASSED): "isolated_with_endpoints",
    ("ECSNET_101", Outcome.PASSED): "isolated_with_endpoints",
    ("ECSNET_102", Outcome.PASSED): "isolated_with_endpoints",
    ("ECSNET_103", Outcome.PASSED): "isolated_with_endpoints",
    ("ECSNET_104", Outcome.PASSED): "isolated_with_endpoints",
    ("ECSNET_301", Outcome.PASSED): "high_bandwidth_nat_per_subnet",
    ("ECSNET_401", Outcome.FAILED): "egress_all_inline",
    ("ECSNET_401", Outcome.PASSED): "egress_to_groups_only",
}
"""The situations that tell more than the shortest one does."""


@dataclass(frozen=True)
class Example:
    """A situation in which a policy says something, with its finding in each language."""

    situation: str
    findings: Mapping[str, Finding]

    def lines(self, language: str, budget: int | None = None) -> list[str]:
        """What the finding is about, cut out of the configuration; an endpoint it is on, in any case."""
        finding = self.findings[language]
        itself = [Step("", finding.address, finding.location)] if _ENDPOINT.search(finding.address) else []
        return excerpt([*itself, *finding.evidence], budget)


@dataclass(frozen=True)
class Findings:
    """The findings on all situations, by situation and language."""

    of: Mapping[str, Mapping[str, tuple[Finding, ...]]]

    @classmethod
    def by(cls, policies: tuple[Policy, ...]) -> Findings:
        """What these policies say of every situation that needs no settings."""
        found: dict[str, dict[str, tuple[Finding, ...]]] = defaultdict(dict)
        for one in situations():
            if not (one.directory / FILE_NAME).exists():
                scanned = scan([one.directory], Settings(), one.directory)
                found[one.name][one.language] = assess(scanned, policies, Selection()).findings
        return cls(dict(sorted(found.items())))

    def example(self, check_id: str, outcome: Outcome) -> Example | None:
        """The situation that shows an outcome in both languages, chosen or with the fewest lines."""
        examples = {example.situation: example for example in self._examples(check_id, outcome)}
        chosen = CHOSEN.get((check_id, outcome))
        if chosen is None:
            return min(examples.values(), key=self._weight, default=None)
        if chosen not in examples:
            raise ValueError(f"{chosen} does not show in both languages that {check_id} has {outcome.value}")
        return examples[chosen]

    def undecided(self, check_id: str) -> list[str]:
        """Situations in which a policy cannot tell, one for each kind of reason."""
        found: dict[Why, str] = {}
        for name, of_language in self.of.items():
            for finding in (one for findings in of_language.values() for one in findings):
                if finding.check_id == check_id and finding.reason is not None:
                    found.setdefault(finding.reason.why, name)
        return sorted(set(found.values()))

    def _examples(self, check_id: str, outcome: Outcome) -> Iterator[Example]:
        for name, of_language in self.of.items():
            told = {
                language: finding
                for language, findings in of_language.items()
                for finding in reversed(findings)  # the first of several stays
                if (finding.check_id, finding.outcome) == (check_id, outcome)
            }
            example = Example(name, told)
            if told.keys() == set(LANGUAGES) and all(map(example.lines, LANGUAGES)):
                yield example

    def _weight(self, example: Example) -> tuple[int, str]:
        (check_id,) = {finding.check_id for finding in example.findings.values()}
        lines = sum(len(example.lines(language)) for language in LANGUAGES)
        beside = {
            one.check_id
            for findings in self.of[example.situation].values()
            for one in findings
            if one.outcome in (Outcome.FAILED, Outcome.UNKNOWN) and one.check_id != check_id
        }
        return lines + BESIDE * len(beside), example.situation
