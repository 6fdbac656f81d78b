"""VPC endpoints and what other resources add to them."""

from __future__ import annotations

from typing import Any

import pytest
from support.configurations import MYSTERY, PLACE, cfn, ref, tf
from support.networks import at, of_template, of_terraform

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType
from checkov_ecs_endpoints.model.own import OWN_REGION
from checkov_ecs_endpoints.values import Text, Truth, Unknown, Value, Why

E = "aws_vpc_endpoint.e"
VPC_ID = ref("aws_vpc.main", "id")
REGION = ref("data.aws_region.here", "name")
NETWORK = (
    tf("aws_vpc.main"),
    tf("aws_subnet.a"),
    tf("aws_subnet.b"),
    tf("aws_route_table.t"),
    tf("aws_security_group.g"),
)
POLICY: Value = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}


def endpoint(attributes: dict[str, Value], *others: Resource) -> Endpoint:
    made = of_terraform(*NETWORK, tf(E, {"vpc_id": VPC_ID, **attributes}), *others)
    return made.endpoints[E]


def satellite(type_: str, attributes: dict[str, Value], owner: Value = None, **fields: Any) -> Resource:
    named: dict[str, Value] = {"vpc_endpoint_id": owner or ref(E, "id")}
    return tf(f"aws_vpc_endpoint_{type_}.s", {**named, **attributes}, **fields)


def test_the_defaults_are_those_of_a_gateway() -> None:
    """Facts B2, B3 and B14."""
    expected = Endpoint(
        id=E,
        source=at(E),
        vpc="aws_vpc.main",
        service="dynamodb",
        type=EndpointType.GATEWAY,
        private_dns=False,
        region="eu-west-1",
    )
    assert endpoint({"service_name": "com.amazonaws.eu-west-1.dynamodb"}) == expected


def test_an_interface_endpoint_of_cloudformation() -> None:
    made = of_template(
        cfn("AWS::EC2::VPC", "Vpc"),
        cfn("AWS::EC2::Subnet", "A"),
        cfn("AWS::EC2::SecurityGroup", "G"),
        cfn(
            "AWS::EC2::VPCEndpoint",
            "E",
            {
                "VpcId": ref("Vpc"),
                "ServiceName": Text(("com.amazonaws.", ref("AWS::Region"), ".ecr-fips.dkr")),
                "VpcEndpointType": "Interface",
                "PrivateDnsEnabled": True,
                "SubnetIds": [ref("A"), MYSTERY],
                "SecurityGroupIds": [ref("G")],
                "PolicyDocument": POLICY,
            },
        ),
    )
    assert made.endpoints == {
        "E": Endpoint(
            id="E",
            source=at("AWS::EC2::VPCEndpoint.E"),
            vpc="Vpc",
            service="ecr.dkr",
            type=EndpointType.INTERFACE,
            private_dns=True,
            subnets=Listing(("A", MYSTERY)),
            groups=Listing(("G",)),
            policy=POLICY,
            fips=True,
        )
    }


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("Gateway", EndpointType.GATEWAY),
        ("Interface", EndpointType.INTERFACE),
        ("GatewayLoadBalancer", EndpointType.OTHER),
        ("Resource", EndpointType.OTHER),
        (MYSTERY, MYSTERY),
    ],
)
def test_types(type_: Value, expected: EndpointType | Unknown) -> None:
    assert endpoint({"vpc_endpoint_type": type_}).type == expected


def test_services_by_data_source() -> None:
    name = ref("data.aws_vpc_endpoint_service.s", "service_name")
    by_service = tf("data.aws_vpc_endpoint_service.s", {"service": "ecr.api", "service_type": "Interface"})
    assert endpoint({"service_name": name}, by_service).service == "ecr.api"
    subject = Unknown(Why.DATA_SOURCE, "data.aws_vpc_endpoint_service.s", PLACE)
    assert endpoint({"service_name": subject}, by_service).service == "ecr.api"
    by_name = tf("data.aws_vpc_endpoint_service.s", {"service_name": "com.amazonaws.eu-west-1.logs"})
    assert endpoint({"service_name": name}, by_name).service == "logs"
    unknown = tf("data.aws_vpc_endpoint_service.s", {"service": MYSTERY})
    assert endpoint({"service_name": name}, unknown).service == MYSTERY


def test_a_service_of_the_configuration_is_none_of_aws() -> None:
    own = tf("aws_vpc_endpoint_service.s", {"acceptance_required": False})
    name = ref("aws_vpc_endpoint_service.s", "service_name")
    assert endpoint({"service_name": name}, own).service == "vpce"


def test_services_that_are_not_set() -> None:
    reason = Unknown(Why.INVALID, f"the service of {E}", PLACE, "it is not set")
    assert endpoint({}).service == reason
    resource: dict[str, Value] = {"resource_configuration_arn": "arn:x", "vpc_endpoint_type": "Resource"}
    assert (endpoint(resource).service, endpoint(resource).type) == ("", EndpointType.OTHER)


def test_the_region_of_the_service() -> None:
    name = Text(("com.amazonaws.", REGION, ".ecr.api"))
    assert endpoint({"service_name": name}).region is None
    assert endpoint({"service_name": name, "service_region": "us-east-1"}).region == "us-east-1"
    assert endpoint({"service_name": name, "service_region": MYSTERY}).region == MYSTERY


def test_associations_add_to_what_is_inline() -> None:
    """Facts B7 and B12."""
    made = endpoint(
        {
            "subnet_ids": [ref("aws_subnet.a", "id")],
            "subnet_configuration": [{"subnet_id": ref("aws_subnet.b", "id")}],
        },
        satellite("subnet_association", {"subnet_id": ref("aws_subnet.a", "id")}),
        satellite("route_table_association", {"route_table_id": ref("aws_route_table.t", "id")}),
    )
    assert made.subnets == Listing(("aws_subnet.a", "aws_subnet.b"))
    assert made.tables == Listing(("aws_route_table.t",))


def test_associations_that_may_not_exist_or_be_of_another_endpoint() -> None:
    subnet: dict[str, Value] = {"subnet_id": ref("aws_subnet.a", "id")}
    assert endpoint({}, satellite("subnet_association", subnet, exists=MYSTERY)).subnets == Listing(
        (), MYSTERY
    )
    assert endpoint({}, satellite("subnet_association", subnet, MYSTERY)).subnets == Listing((), MYSTERY)


def test_the_main_table_by_name() -> None:
    made = endpoint({"route_table_ids": [ref("aws_vpc.main", "main_route_table_id")]})
    assert made.tables == Listing(("aws_vpc.main#main",))


G = "aws_security_group.g"


@pytest.mark.parametrize(
    ("own", "replace_", "expected"),
    [
        (None, None, Listing(("aws_vpc.main#default", G))),
        (None, True, Listing((G,))),
        (None, MYSTERY, Listing((G,), MYSTERY)),
        ([ref(G, "id")], None, Listing((G,))),
    ],
)
def test_groups_that_are_added(own: Value, replace_: Value, expected: Listing[Any]) -> None:
    added: dict[str, Value] = {"security_group_id": ref(G, "id"), "replace_default_association": replace_}
    made = endpoint({"security_group_ids": own}, satellite("security_group_association", added))
    assert made.groups == expected


def test_no_groups_mean_the_default_one() -> None:
    """Facts B9, trap 18."""
    assert endpoint({}).groups == Listing()


@pytest.mark.parametrize(
    ("inline", "separate", "expected"),
    [
        (True, None, True),
        (None, True, True),
        (True, False, False),
        (None, MYSTERY, MYSTERY),
        (MYSTERY, None, MYSTERY),
    ],
)
def test_private_dns(inline: Value, separate: Value, expected: Truth) -> None:
    other = satellite("private_dns", {"private_dns_enabled": separate})
    assert endpoint({"private_dns_enabled": inline}, other).private_dns == expected


def test_policies() -> None:
    assert endpoint({}).policy is None
    assert endpoint({"policy": MYSTERY}).policy == MYSTERY
    assert endpoint({"policy": '{"Statement": []}'}).policy == {"Statement": []}
    encoded = Encoded(Why.AFTER_APPLY, "x", value={"Statement": [{"Resource": REGION}]})
    assert endpoint({"policy": encoded}).policy == {"Statement": [{"Resource": OWN_REGION}]}
    separate = satellite("policy", {"policy": '{"Statement": []}'})
    assert endpoint({"policy": "{}"}, separate).policy == {"Statement": []}
    assert endpoint({}, satellite("policy", {"policy": "{}"}, exists=MYSTERY)).policy == MYSTERY


@pytest.mark.parametrize(
    ("service", "option", "expected"),
    [("s3", None, True), ("s3", False, False), ("s3", MYSTERY, MYSTERY), ("logs", None, False)],
)
def test_private_names_for_on_premises_only(service: str, option: Value, expected: Truth) -> None:
    options: Value = [{"private_dns_only_for_inbound_resolver_endpoint": option}]
    made = endpoint({"service_name": f"com.amazonaws.eu-west-1.{service}", "dns_options": options})
    assert made.private_dns_only_inbound == expected


def test_private_names_for_on_premises_only_in_cloudformation() -> None:
    def made(option: Value) -> Truth:
        options: Value = {"PrivateDnsOnlyForInboundResolverEndpoint": option}
        attributes: dict[str, Value] = {"ServiceName": "com.amazonaws.eu-west-1.s3", "DnsOptions": options}
        return (
            of_template(cfn("AWS::EC2::VPCEndpoint", "E", attributes)).endpoints["E"].private_dns_only_inbound
        )

    assert (made("OnlyInboundResolver"), made("AllResolvers"), made("NotSpecified")) == (True, False, True)


@pytest.mark.parametrize(
    ("addresses", "records", "expected"),
    [
        (None, None, True),
        ("dualstack", "dualstack", True),
        ("ipv6", None, False),
        ("dualstack", "ipv6", False),
        (MYSTERY, "ipv4", MYSTERY),
    ],
)
def test_facts_a6_endpoints_that_ipv4_finds(addresses: Value, records: Value, expected: Truth) -> None:
    made = endpoint({"ip_address_type": addresses, "dns_options": [{"dns_record_ip_type": records}]})
    assert made.over_ipv4 == expected
    attributes: dict[str, Value] = {"IpAddressType": addresses, "DnsOptions": {"DnsRecordIpType": records}}
    twin = of_template(cfn("AWS::EC2::VPCEndpoint", "E", attributes)).endpoints["E"]
    assert twin.over_ipv4 == expected
