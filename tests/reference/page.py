"""The page itself: one section for each policy, and the table that the README shows too."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from reference.examples import Example, Findings
from support.situations import FIXTURES, LANGUAGES

from checkov_ecs_endpoints.findings import OWN
from checkov_ecs_endpoints.policy_files import Policy
from checkov_ecs_endpoints.results import Outcome

REPOSITORY = FIXTURES.parent
PAGE = REPOSITORY / "policies" / "README.md"
README = REPOSITORY / "README.md"
COMMAND = "PYTHONPATH=tests python -m reference"

BUDGETS = {Outcome.FAILED: 17, Outcome.PASSED: 11}
"""How many lines of configuration an example may have."""

_SYNTAX = {"terraform": "hcl", "cloudformation": "yaml"}
_BEGIN, _END = "<!-- policies -->\n", "<!-- end of policies -->\n"


def page(policies: Sequence[Policy]) -> str:
    """The reference of all policies."""
    findings = Findings.by(tuple(policies))
    parts = [
        "# Policies",
        paragraph(
            "What each policy does, why it matters, when it cannot tell, and how to fix what it finds. "
            "The examples are cut from the situations under [fixtures](../fixtures), `# ...` stands for "
            "what is left out."
        ),
        f"<!-- Written by `{COMMAND}` from the policies and the situations: change those instead. -->",
        table(policies, ""),
        *(part for policy in policies for part in _section(policy, findings)),
    ]
    return "\n\n".join(parts) + "\n"


def readme(text: str, policies: Sequence[Policy]) -> str:
    """The README with the table of the policies as it has to be."""
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"the README has no place for the policies between {_BEGIN!r} and {_END!r}")
    return f"{before}{begin}{table(policies, 'policies/README.md')}\n{end}{after}"


def table(policies: Iterable[Policy], link: str) -> str:
    """A line for each policy, with links to its section of ``link``."""
    rows = [
        f"| [{policy.id}]({link}#{policy.id.lower()}) | {policy.severity} | {policy.name} |"
        for policy in policies
    ]
    return "\n".join(["| id | severity | passes when |", "|---|---|---|", *rows])


def paragraph(text: str) -> str:
    """Lines of prose, in which nothing is taken for HTML."""
    return textwrap.fill(text.replace("<", "\\<"), 110, break_long_words=False, break_on_hyphens=False)


def _section(policy: Policy, findings: Findings) -> Iterator[str]:
    if not policy.rationale:
        raise ValueError(f"{policy.id} does not say why it matters: CONTRIBUTING.md lists what is needed")
    yield f"## {policy.id}"
    yield f"**{policy.name}.** {policy.severity}, since {policy.since}."
    yield paragraph(policy.description)
    yield paragraph(f"**Why it matters.** {policy.rationale}")
    if policy.undecided:
        shown = ", ".join(map(_link, findings.undecided(policy.id)))
        yield paragraph(f"**When it cannot tell.** {policy.undecided} As in {shown}.")
    for outcome in (Outcome.FAILED, Outcome.PASSED):
        example = findings.example(policy.id, outcome) if policy.id not in OWN else None
        if example is not None:
            yield from _example(example, outcome)
    yield paragraph(f"**How to fix.** {policy.remediation}")
    yield "\n".join(
        ["**References:**", "", *(f"- <{link}>" for link in (policy.guideline, *policy.references))]
    )


def _link(situation: str) -> str:
    return f"[{situation}](../fixtures/{situation})"


def _example(example: Example, outcome: Outcome) -> Iterator[str]:
    verb = "Fails" if outcome is Outcome.FAILED else "Passes"
    cause = example.findings[LANGUAGES[0]].cause
    yield f"**{verb}** ({_link(example.situation)}): {cause}."
    for language in LANGUAGES:
        lines = example.lines(language, BUDGETS[outcome])
        yield "\n".join([f"```{_SYNTAX[language]}", *lines, "```"])
