"""Open edges: VPCs, route tables and security groups that something outside the scan knows (design 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checkov_ecs_endpoints.iac.configuration import Handover
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.language import Language
from checkov_ecs_endpoints.values import Unknown, references


def handed_over(index: Index, language: Language, handovers: Iterable[Handover]) -> Mapping[str, Unknown]:
    """To what each thing is handed, by id; the first of several."""
    types = (*language.vpcs, *language.tables, *language.groups)
    handed: dict[str, Unknown] = {}
    for handover in handovers:
        for reference in references(handover.values):
            link = index.link(reference, types)
            if isinstance(link, str):
                handed.setdefault(link, Unknown(language.gap, handover.to, handover.location))
    return handed
