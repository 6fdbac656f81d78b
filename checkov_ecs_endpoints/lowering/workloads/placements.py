"""Where network interfaces go: subnets, security groups and public addresses."""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.reading import members, truth
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.workloads import Placement
from checkov_ecs_endpoints.values import Truth

_SUBNETS = ("aws_subnet", "aws_default_subnet", "AWS::EC2::Subnet")
_GROUPS = ("aws_security_group", "aws_default_security_group", "AWS::EC2::SecurityGroup")


@dataclass(frozen=True, slots=True)
class Placements:
    """Makes placements whose subnets and groups are linked to the network."""

    index: Index

    def of(
        self,
        resource: Resource,
        subnets: Field,
        groups: Field,
        public_ip: Field,
        assigned: Truth | None,
        template: str = "",
    ) -> Placement:
        """A placement with links; ``assigned`` is what ``public_ip`` means as it is written."""
        return Placement(
            source=Source(
                resource.address,
                subnets.place,
                {"subnets": subnets.place, "groups": groups.place, "public_ip": public_ip.place},
            ),
            subnets=self._links(subnets, _SUBNETS),
            groups=self._links(groups, _GROUPS),
            public_ip=assigned,
            template=template,
        )

    def _links(self, field: Field, types: tuple[str, ...]) -> Listing[Link]:
        listing = members(field.value, field.place)
        links = dict.fromkeys(
            self.index.link(item, types, field.place) for item in listing if item is not None
        )
        return Listing(tuple(links), listing.rest)


def task_address(field: Field) -> Truth:
    """``assignPublicIp`` of tasks: a boolean in Terraform, ENABLED or DISABLED in CloudFormation.

    "The default value is DISABLED":
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html.
    """
    if field.value in ("ENABLED", "DISABLED"):
        return field.value == "ENABLED"
    return truth(field.value, False, field.place)


def instance_address(field: Field) -> Truth | None:
    """``AssociatePublicIpAddress`` of instances; None where the subnet decides.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/working-with-ip-addresses.html
    """
    if field.value is None:
        return None
    return truth(field.value, False, field.place)
