"""Configurations built by hand, as the front ends would hand them over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checkov_ecs_endpoints.iac.configuration import Configuration, Framework, Resource
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value, Why

PLACE = Location("/main.tf", 1)
MYSTERY = Unknown(Why.NO_VALUE, "var.mystery", PLACE)


def terraform(*resources: Resource, region: Value = None) -> Configuration:
    """A Terraform root with these resources."""
    return Configuration(framework=Framework.TERRAFORM, root="/project", resources=resources, region=region)


def template(*resources: Resource, region: Value = None) -> Configuration:
    """A CloudFormation template with these resources."""
    return Configuration(
        framework=Framework.CLOUDFORMATION, root="/project/t.yaml", resources=resources, region=region
    )


def tf(address: str, attributes: Mapping[str, Value] | None = None, **fields: Any) -> Resource:
    """A Terraform resource or data source, by its address."""
    *modules, type_, _ = address.split(".")
    is_data = bool(modules) and modules[-1] == "data"
    return Resource(
        id=address,
        type=type_,
        address=address,
        attributes=attributes or {},
        location=PLACE,
        is_data=is_data,
        **fields,
    )


def cfn(type_: str, id_: str, attributes: Mapping[str, Value] | None = None, **fields: Any) -> Resource:
    """A CloudFormation resource, by its type and logical id."""
    return Resource(
        id=id_, type=type_, address=f"{type_}.{id_}", attributes=attributes or {}, location=PLACE, **fields
    )


def ref(resource: str, *attribute: str) -> Reference:
    """A reference to an attribute of a resource."""
    return Reference(resource, attribute)


def get_att(resource: str, attribute: str) -> Reference:
    """CloudFormation's ``Fn::GetAtt``."""
    return Reference(resource, ("GetAtt", attribute))


def index(configuration: Configuration) -> Index:
    """The index of a configuration."""
    return Index.of(configuration)
