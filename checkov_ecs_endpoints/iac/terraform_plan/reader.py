"""One plan or state made into a configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from checkov_ecs_endpoints.iac.configuration import Configuration, Framework, Resource
from checkov_ecs_endpoints.iac.terraform_plan import policy_documents
from checkov_ecs_endpoints.iac.terraform_plan.attributes import Reader, written_only
from checkov_ecs_endpoints.iac.terraform_plan.beside import Beside, given
from checkov_ecs_endpoints.iac.terraform_plan.documents import Document
from checkov_ecs_endpoints.iac.terraform_plan.identities import Identities
from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json, array, mapping, string
from checkov_ecs_endpoints.iac.terraform_plan.modules import Planned, everything, modules
from checkov_ecs_endpoints.iac.terraform_plan.origins import Origins
from checkov_ecs_endpoints.iac.terraform_plan.policy_documents import Documents
from checkov_ecs_endpoints.iac.terraform_plan.regions import Regions
from checkov_ecs_endpoints.iac.terraform_plan.targets import LEFT_OUT, left_out
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why


def configuration(document: Document, beside: Beside | None) -> Configuration:
    """What a plan or state says will be, or is, there."""
    content = document.content
    root = modules(content)
    found = list(everything(root))
    origins = Origins(mapping(content.get("variables")))
    planned = [one for module in found for family in module.resources.values() for one in family.values()]
    regions = Regions(content, {module.address: module for module in found}, origins)
    identities = Identities(planned)
    places = {one.address: document.place(one.address) for one in planned}
    read = [(one, Reader(one, origins, places[one.address]).attributes()) for one in planned]
    linked = [(one, identities.linked(attributes, one)) for one, attributes in read]
    documents = Documents(
        {
            one.address: (attributes, places[one.address])
            for one, attributes in linked
            if one.is_data and one.type == policy_documents.TYPE
        }
    )
    resources: list[Resource] = []
    for one, attributes in linked:
        filled = documents.filled(attributes)
        resources.append(_resource(one, filled, regions.of(one), True, document, beside))
    if document.is_plan:
        for one in left_out(root, _deleted(content)):
            place = document.place(one.address)
            attributes = identities.linked(written_only(one, origins, place), one)
            exists = Unknown(Why.OUTSIDE, one.address, place, LEFT_OUT)
            resources.append(_resource(one, attributes, regions.of(one), exists, document, beside))
    path = document.path.as_posix()
    return Configuration(
        framework=Framework.TERRAFORM_PLAN,
        root=path,
        resources=tuple(resources),
        files=frozenset({path}) | (beside.files if beside else frozenset()),
        region=regions.provider("aws") if document.is_plan else _only_region(resources),
        inputs=given(document),
    )


def _resource(
    planned: Planned,
    attributes: Mapping[str, Value],
    region: Value,
    exists: Truth,
    document: Document,
    beside: Beside | None,
) -> Resource:
    written = beside.written(planned.address) if beside else None
    if beside is not None:
        attributes = beside.improved(planned, attributes)
    if isinstance(region, Unknown) and written is not None:
        region = written.region
    return Resource(
        id=planned.address,
        type=planned.type,
        address=planned.address,
        attributes=attributes,
        location=written.location if written else document.place(planned.address),
        exists=exists,
        is_data=planned.is_data,
        lines=written.lines if written else {},
        calls=written.calls if written else (),
        ignored=written.ignored if written else frozenset(),
        region=region,
        provider=string(planned.declared.get("provider_config_key")) or (written.provider if written else ""),
    )


def _deleted(content: Mapping[str, Json]) -> frozenset[str]:
    changes = [mapping(change) for change in array(content.get("resource_changes"))]
    return frozenset(
        string(change.get("address"))
        for change in changes
        if mapping(change.get("change")).get("actions") in (["delete"], ["forget"])
    )


def _only_region(resources: Iterable[Resource]) -> Value:
    """The region of a state, where all of it is in one."""
    regions = {resource.region for resource in resources if isinstance(resource.region, str)}
    return next(iter(regions)) if len(regions) == 1 else None
