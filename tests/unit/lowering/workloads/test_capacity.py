"""How tasks are launched: launch types, strategies, the cluster's default, container instances."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, template, terraform, tf

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.lowering.cloudformation.workloads import workloads as of_cloudformation
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.terraform.workloads import workloads as of_terraform
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.permissions import ManagedPolicy, Role
from checkov_ecs_endpoints.model.workloads import Capacity, InstanceSet, Launch, Placement, Script
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import OpenList, Truth, Unknown, Value, Why, text

SERVICE = "aws_ecs_service.app"
CLUSTER = tf("aws_ecs_cluster.main", {"name": "main"})
IN_CLUSTER: Mapping[str, Value] = {"name": "app", "cluster": ref("aws_ecs_cluster.main", "id")}
GROUP = tf(
    "aws_autoscaling_group.nodes",
    {
        "vpc_zone_identifier": [ref("aws_subnet.a", "id")],
        "max_size": 4,
        "launch_template": [{"id": ref("aws_launch_template.nodes", "id"), "version": "$Latest"}],
    },
)
NETWORK = (tf("aws_subnet.a"), tf("aws_security_group.nodes"))
JOINING = base64.b64encode(b"#!/bin/bash\necho ECS_CLUSTER=main >> /etc/ecs/ecs.config\n").decode()


SSM = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"


def launch_template(user_data: Value, **more: Value) -> Resource:
    attributes: dict[str, Value] = {
        "instance_type": "m6i.large",
        "vpc_security_group_ids": [ref("aws_security_group.nodes", "id")],
        "user_data": user_data,
    }
    return tf("aws_launch_template.nodes", attributes | more)


def source(address: str) -> Source:
    return Source(address, PLACE)


def nodes() -> InstanceSet:
    group = source("aws_autoscaling_group.nodes")
    return InstanceSet(
        source=group,
        placement=Placement(
            source=group,
            subnets=Listing(("aws_subnet.a",)),
            groups=Listing(("aws_security_group.nodes",)),
            public_ip=None,
            template="aws_launch_template.nodes",
        ),
        instance_types=Listing(("m6i.large",)),
        max_size=4,
    )


def launch(capacity: Capacity, *instances: InstanceSet, exists: Truth = True) -> Launch:
    return Launch(capacity=capacity, source=source(SERVICE), instances=Listing(instances), exists=exists)


def launches(service: Mapping[str, Value], *others: Resource) -> Listing[Launch]:
    configuration = terraform(tf(SERVICE, service), *others)
    found, _ = of_terraform(configuration, Index.of(configuration), Network(), Settings())
    (workload,) = found
    return workload.launches


def item(provider: Value, weight: Value = None, base: Value = None) -> Value:
    return {"capacity_provider": provider, "weight": weight, "base": base}


@pytest.mark.parametrize(
    ("launch_type", "capacity"), [("FARGATE", Capacity.FARGATE), ("EXTERNAL", Capacity.EXTERNAL)]
)
def test_a_launch_type_decides(launch_type: str, capacity: Capacity) -> None:
    assert launches({"launch_type": launch_type}) == Listing((launch(capacity),))


def test_a_launch_type_that_is_not_known_leaves_it_open() -> None:
    assert launches({"launch_type": MYSTERY}) == Listing((), MYSTERY)


def test_providers_with_weight_or_base_are_used() -> None:
    ec2 = tf("aws_ecs_capacity_provider.nodes", {"name": "nodes"})
    strategy: Value = [item("FARGATE", 1), item("FARGATE_SPOT", 0, 1), item("nodes", 0)]
    assert launches({"capacity_provider_strategy": strategy}, ec2) == Listing((launch(Capacity.FARGATE),))


def test_the_only_provider_is_used_without_a_weight() -> None:
    assert launches({"capacity_provider_strategy": [item("FARGATE")]}) == Listing((launch(Capacity.FARGATE),))


def test_a_weight_that_is_not_known_may_use_its_provider() -> None:
    strategy: Value = [item("FARGATE", MYSTERY)]
    expected = launch(Capacity.FARGATE, exists=MYSTERY)
    assert launches({"capacity_provider_strategy": strategy}) == Listing((expected,))


def test_a_provider_that_is_elsewhere_leaves_it_open() -> None:
    found = launches({"capacity_provider_strategy": [item("FARGATE", 1), item("theirs", 1)]})
    assert found == Listing(
        (launch(Capacity.FARGATE),), Unknown(Why.OUTSIDE, "the capacity provider theirs", PLACE)
    )


def test_a_strategy_that_is_not_known_leaves_it_open() -> None:
    assert launches({"capacity_provider_strategy": OpenList((), MYSTERY)}) == Listing((), MYSTERY)


def default(strategy: list[Value], exists: Truth = True, cluster: Value = "main") -> Resource:
    attributes: dict[str, Value] = {
        "cluster_name": cluster,
        "capacity_providers": ["FARGATE"],
        "default_capacity_provider_strategy": strategy,
    }
    return tf("aws_ecs_cluster_capacity_providers.main", attributes, exists=exists)


def test_trap_19_the_default_strategy_of_the_cluster_applies() -> None:
    found = launches(IN_CLUSTER, CLUSTER, default([item("FARGATE", 1)]))
    assert found == Listing((launch(Capacity.FARGATE),))


def test_a_cluster_before_version_4_of_the_provider_has_its_own_default() -> None:
    own = tf(
        "aws_ecs_cluster.main",
        {"name": "main", "default_capacity_provider_strategy": [item("FARGATE_SPOT", 1)]},
    )
    assert launches(IN_CLUSTER, own) == Listing((launch(Capacity.FARGATE),))


def test_a_default_that_may_not_exist_leaves_both() -> None:
    found = launches(
        IN_CLUSTER, CLUSTER, default([item("FARGATE", 1)], MYSTERY), GROUP, launch_template(JOINING), *NETWORK
    )
    assert found == Listing(
        (launch(Capacity.FARGATE, exists=MYSTERY), launch(Capacity.EC2, nodes(), exists=MYSTERY))
    )


def test_a_default_of_a_cluster_that_is_not_known_leaves_it_open() -> None:
    assert launches(IN_CLUSTER, CLUSTER, default([item("FARGATE", 1)], cluster=MYSTERY)) == Listing(
        (), MYSTERY
    )


def test_a_cluster_that_is_elsewhere_leaves_it_open() -> None:
    note = "neither launch type nor provider is set: the default strategy of the cluster applies"
    expected = Unknown(Why.OUTSIDE, "the cluster theirs", PLACE, note)
    assert launches({"cluster": "theirs"}, CLUSTER) == Listing((), expected)


def test_facts_a17_without_any_default_tasks_run_on_the_clusters_instances() -> None:
    found = launches(IN_CLUSTER, CLUSTER, GROUP, launch_template(JOINING), *NETWORK)
    assert found == Listing((launch(Capacity.EC2, nodes()),))


def rest_of_instances(user_data: Value, *others: Resource) -> Unknown | None:
    service = {**IN_CLUSTER, "launch_type": "EC2"}
    (found,) = launches(service, CLUSTER, GROUP, launch_template(user_data), *NETWORK, *others)
    assert found.instances.items == ()
    return found.instances.rest


@pytest.mark.parametrize(
    "user_data",
    [
        JOINING,
        "#!/bin/bash\necho ECS_CLUSTER='main' > /etc/ecs/ecs.config",
        Encoded(
            Why.NO_VALUE,
            "base64encode(...)",
            format="base64",
            value=text(["ECS_CLUSTER=", ref("aws_ecs_cluster.main", "name"), "\n", MYSTERY]),
        ),
        '[Environment]::SetEnvironmentVariable("ECS_CLUSTER", "main", "Machine")',
        "<powershell>\nInitialize-ECSAgent -EnableTaskIAMRole -Cluster main\n</powershell>",
        text(["echo ECS_CLUSTER=", ref("aws_ecs_cluster.main", "name"), " >> x\n", MYSTERY]),
        '[settings.ecs]\nlogging = true\ncluster = "main"\n',
    ],
)
def test_instances_join_the_cluster_that_their_user_data_names(user_data: Value) -> None:
    (found,) = launches(
        {**IN_CLUSTER, "launch_type": "EC2"}, CLUSTER, GROUP, launch_template(user_data), *NETWORK
    )
    assert found.instances == Listing((nodes(),))


@pytest.mark.parametrize("user_data", [None, "#!/bin/bash\n", "echo ECS_CLUSTER=mainly >> x"])
def test_without_instances_it_is_open_where_they_run(user_data: Value) -> None:
    note = "no Auto Scaling group or instance here says that it joins this cluster"
    what = "the container instances of aws_ecs_cluster.main"
    assert rest_of_instances(user_data) == Unknown(Why.OUTSIDE, what, PLACE, note)


def test_a_script_that_works_out_its_cluster_may_join() -> None:
    what = "the cluster that aws_autoscaling_group.nodes joins"
    expected = Unknown(Why.UNSUPPORTED, what, PLACE, "a script works it out")
    assert rest_of_instances('echo "ECS_CLUSTER=$(name)" >> /etc/ecs/ecs.config') == expected


def test_user_data_that_is_not_known_may_join() -> None:
    note = "aws_autoscaling_group.nodes may be in the cluster"
    assert rest_of_instances(MYSTERY) == Unknown(Why.NO_VALUE, "var.mystery", PLACE, note)


SCRIPT = "echo ECS_CLUSTER=main >> /etc/ecs/ecs.config"
SPECIFIED: dict[str, Value] = {"launch_specification": [{"subnet_id": "subnet-1", "user_data": SCRIPT}]}
FROM_TEMPLATE: dict[str, Value] = {
    "launch_template_config": [
        {"launch_template_specification": [{"launch_template_id": ref("aws_launch_template.nodes", "id")}]}
    ]
}


@pytest.mark.parametrize(
    ("kind", "attributes"),
    [
        ("aws_spot_fleet_request", SPECIFIED),
        ("aws_spot_fleet_request", FROM_TEMPLATE),
        ("aws_ec2_fleet", FROM_TEMPLATE),
    ],
)
def test_trap_3_a_fleet_that_joins_the_cluster_leaves_its_network_open(
    kind: str, attributes: dict[str, Value]
) -> None:
    """Its instances run tasks too, beside those of the group: where is not read."""
    others = (CLUSTER, GROUP, launch_template(SCRIPT), *NETWORK)
    (found,) = launches({**IN_CLUSTER, "launch_type": "EC2"}, *others, tf(f"{kind}.more", attributes))
    group, fleet = found.instances
    assert isinstance(fleet.placement, Placement)
    assert group == nodes()
    unknown = Unknown(Why.UNSUPPORTED, f"the network of {kind}.more", PLACE)
    assert fleet.placement.subnets == Listing((), unknown)
    assert fleet.placement.groups == Listing((), unknown)


def provider(**attributes: Value) -> Resource:
    return tf("aws_ecs_capacity_provider.nodes", {"name": "nodes", **attributes})


ON_GROUP = provider(
    auto_scaling_group_provider=[{"auto_scaling_group_arn": ref("aws_autoscaling_group.nodes", "arn")}]
)


def test_a_provider_runs_on_its_auto_scaling_group() -> None:
    strategy: Value = [item(ref("aws_ecs_capacity_provider.nodes", "name"), 1)]
    found = launches(
        {"capacity_provider_strategy": strategy}, ON_GROUP, GROUP, launch_template(None), *NETWORK
    )
    assert found == Listing((launch(Capacity.EC2, nodes()),))


def test_instances_of_an_associated_provider_are_in_the_cluster() -> None:
    association = tf(
        "aws_ecs_cluster_capacity_providers.main",
        {"cluster_name": ref("aws_ecs_cluster.main", "name"), "capacity_providers": ["nodes"]},
    )
    found = launches(
        {**IN_CLUSTER, "launch_type": "EC2"},
        CLUSTER,
        association,
        ON_GROUP,
        GROUP,
        launch_template(MYSTERY),
        *NETWORK,
    )
    assert found == Listing((launch(Capacity.EC2, nodes()),))


def test_a_group_that_is_not_known_leaves_the_instances_open() -> None:
    other = provider(auto_scaling_group_provider=[{"auto_scaling_group_arn": MYSTERY}])
    (found,) = launches({"capacity_provider_strategy": [item("nodes", 1)]}, other)
    assert found.instances == Listing((), MYSTERY)


def test_managed_instances_have_a_network_of_their_own() -> None:
    managed = provider(
        managed_instances_provider=[
            {
                "instance_launch_template": [
                    {
                        "network_configuration": [
                            {
                                "subnets": [ref("aws_subnet.a", "id")],
                                "security_groups": [ref("aws_security_group.nodes", "id")],
                            }
                        ],
                        "instance_requirements": [{"allowed_instance_types": ["m6i.*"]}],
                    }
                ]
            }
        ]
    )
    here = source("aws_ecs_capacity_provider.nodes")
    instances = InstanceSet(
        source=here,
        placement=Placement(
            source=here,
            subnets=Listing(("aws_subnet.a",)),
            groups=Listing(("aws_security_group.nodes",)),
            public_ip=None,
        ),
        instance_types=Listing(("m6i.*",)),
    )
    found = launches({"capacity_provider_strategy": [item("nodes", 1)]}, managed, *NETWORK)
    assert found == Listing((launch(Capacity.MANAGED_INSTANCES, instances),))


def placed(group: Resource, *others: Resource) -> InstanceSet:
    (found,) = launches(
        {"capacity_provider_strategy": [item("nodes", 1)]}, ON_GROUP, group, *others, *NETWORK
    )
    (instances,) = found.instances
    return instances


def test_an_interface_of_a_launch_template_goes_before() -> None:
    other = tf("aws_security_group.other")
    interface: Value = [
        {"security_groups": [ref("aws_security_group.other", "id")], "associate_public_ip_address": "true"}
    ]
    found = placed(GROUP, launch_template(None, network_interfaces=interface), other).placement
    assert isinstance(found, Placement)
    assert (found.groups, found.public_ip) == (Listing(("aws_security_group.other",)), True)


def test_facts_a30_what_runs_at_the_start_is_known_and_not_printed() -> None:
    found = placed(GROUP, launch_template(JOINING))
    (script,) = found.start_up
    assert script == Script(
        source("aws_launch_template.nodes"), "#!/bin/bash\necho ECS_CLUSTER=main >> /etc/ecs/ecs.config\n"
    )
    assert "ecs.config" not in repr(found)


@pytest.mark.parametrize(
    "profile",
    [
        [{"name": ref("aws_iam_instance_profile.nodes", "name")}],
        [{"arn": ref("aws_iam_instance_profile.nodes", "arn")}],
        [{"name": "nodes"}],
    ],
)
def test_facts_a29_the_role_of_instances_is_that_of_their_profile(profile: Value) -> None:
    found = placed(
        GROUP,
        launch_template(None, iam_instance_profile=profile),
        tf("aws_iam_instance_profile.nodes", {"name": "nodes", "role": ref("aws_iam_role.nodes", "name")}),
        tf("aws_iam_role.nodes", {"managed_policy_arns": [SSM]}),
    )
    here = source("aws_iam_role.nodes")
    managed = ManagedPolicy(source=here, name="AmazonSSMManagedInstanceCore")
    assert found.role == Role(source=here, managed=(managed,))


def test_a_mixed_instances_policy_names_template_and_types() -> None:
    policy: Value = [
        {
            "launch_template": [
                {
                    "launch_template_specification": [
                        {"launch_template_id": ref("aws_launch_template.nodes", "id")}
                    ],
                    "override": [{"instance_type": "m6i.xlarge"}, {"instance_type": "m5.xlarge"}],
                }
            ]
        }
    ]
    group = tf(
        "aws_autoscaling_group.nodes",
        {"vpc_zone_identifier": [ref("aws_subnet.a", "id")], "mixed_instances_policy": policy},
    )
    found = placed(group, launch_template(None))
    assert found.placement == nodes().placement
    assert (found.instance_types, found.max_size) == (Listing(("m6i.xlarge", "m5.xlarge")), None)


def mixed(*overrides: Value) -> Resource:
    """The group with a policy of mixed instances, of these overrides."""
    specification: Value = [{"launch_template_id": ref("aws_launch_template.nodes", "id")}]
    template: Value = [{"launch_template_specification": specification, "override": list(overrides)}]
    return replace(
        GROUP, attributes={**GROUP.attributes, "mixed_instances_policy": [{"launch_template": template}]}
    )


def test_types_that_aws_chooses_by_requirements_are_not_known() -> None:
    requirements: Value = {"instance_requirements": [{"vcpu_count": [{"min": 2}]}]}
    for found in (
        placed(mixed(requirements), launch_template(None)),
        placed(GROUP, launch_template(None, **requirements)),  # type: ignore[arg-type]
    ):
        assert found.instance_types.items == ()
        assert str(found.instance_types.rest).startswith("which types fit the instance requirements of")


def test_types_of_different_weight_leave_the_number_open() -> None:
    found = placed(mixed({"instance_type": "m5.large", "weighted_capacity": "2"}), launch_template(None))
    assert found.instance_types == Listing(("m5.large",))
    assert isinstance(found.max_size, Unknown)
    assert found.max_size.note == "its instance types have weights"


def test_a_launch_configuration_gives_groups_and_address() -> None:
    configuration = tf(
        "aws_launch_configuration.nodes",
        {
            "security_groups": [ref("aws_security_group.nodes", "id")],
            "associate_public_ip_address": False,
            "instance_type": "m6i.large",
        },
    )
    group = tf(
        "aws_autoscaling_group.nodes",
        {
            "vpc_zone_identifier": [ref("aws_subnet.a", "id")],
            "launch_configuration": ref("aws_launch_configuration.nodes", "name"),
        },
    )
    found = placed(group, configuration).placement
    assert isinstance(found, Placement)
    assert (found.groups, found.public_ip) == (Listing(("aws_security_group.nodes",)), False)


def test_a_launch_template_that_is_elsewhere_leaves_all_open_but_the_subnets() -> None:
    group = tf(
        "aws_autoscaling_group.nodes",
        {"vpc_zone_identifier": [ref("aws_subnet.a", "id")], "launch_template": [{"id": MYSTERY}]},
    )
    found = placed(group)
    assert found == InstanceSet(
        source=source("aws_autoscaling_group.nodes"),
        placement=Placement(
            source=source("aws_autoscaling_group.nodes"),
            subnets=Listing(("aws_subnet.a",)),
            groups=Listing((), MYSTERY),
            public_ip=MYSTERY,
        ),
        instance_types=Listing((), MYSTERY),
        role=MYSTERY,
    )


def test_cloudformation_makes_the_same_of_container_instances() -> None:
    user_data = text(["#!/bin/bash\necho ECS_CLUSTER=", ref("Cluster"), " >> /etc/ecs/ecs.config\n", MYSTERY])
    configuration = template(
        cfn("AWS::ECS::Service", "Service", {"Cluster": ref("Cluster"), "LaunchType": "EC2"}),
        cfn("AWS::ECS::Cluster", "Cluster"),
        cfn(
            "AWS::AutoScaling::AutoScalingGroup",
            "Nodes",
            {
                "VPCZoneIdentifier": [ref("Subnet")],
                "MaxSize": "4",
                "LaunchTemplate": {"LaunchTemplateId": ref("Template"), "Version": "1"},
            },
        ),
        cfn(
            "AWS::EC2::LaunchTemplate",
            "Template",
            {
                "LaunchTemplateData": {
                    "InstanceType": "m6i.large",
                    "SecurityGroupIds": [get_att("Group", "GroupId")],
                    "UserData": user_data,
                }
            },
        ),
        cfn("AWS::EC2::Subnet", "Subnet"),
        cfn("AWS::EC2::SecurityGroup", "Group"),
    )
    ((workload,), _) = of_cloudformation(configuration, Index.of(configuration), Network(), Settings())
    here = source("AWS::AutoScaling::AutoScalingGroup.Nodes")
    instances = InstanceSet(
        source=here,
        placement=Placement(
            source=here,
            subnets=Listing(("Subnet",)),
            groups=Listing(("Group",)),
            public_ip=None,
            template="AWS::EC2::LaunchTemplate.Template",
        ),
        instance_types=Listing(("m6i.large",)),
        max_size=4,
    )
    expected = Launch(
        capacity=Capacity.EC2, source=source("AWS::ECS::Service.Service"), instances=Listing((instances,))
    )
    assert workload.launches == Listing((expected,))
    ((found,),) = (launch.instances for launch in workload.launches)
    (script,) = found.start_up
    assert script.text == "#!/bin/bash\necho ECS_CLUSTER=\ue000 >> /etc/ecs/ecs.config\n\ue001"


def test_cloudformation_reads_the_cluster_out_of_cfn_init() -> None:
    commands: Value = {
        "config": {"commands": {"join": {"command": text(["echo ECS_CLUSTER=", ref("Cluster")])}}}
    }
    configuration = template(
        cfn("AWS::ECS::Service", "Service", {"Cluster": ref("Cluster"), "LaunchType": "EC2"}),
        cfn("AWS::ECS::Cluster", "Cluster"),
        cfn(
            "AWS::AutoScaling::AutoScalingGroup",
            "Nodes",
            {"VPCZoneIdentifier": [ref("Subnet")], "LaunchConfigurationName": ref("Configuration")},
        ),
        cfn(
            "AWS::AutoScaling::LaunchConfiguration",
            "Configuration",
            {"SecurityGroups": [ref("Group")], "AssociatePublicIpAddress": True},
            metadata={"AWS::CloudFormation::Init": commands},
        ),
        cfn("AWS::EC2::Subnet", "Subnet"),
        cfn("AWS::EC2::SecurityGroup", "Group"),
    )
    ((workload,), _) = of_cloudformation(configuration, Index.of(configuration), Network(), Settings())
    ((instances,),) = (found.instances for found in workload.launches)
    assert isinstance(instances.placement, Placement)
    assert (instances.placement.groups, instances.placement.public_ip) == (Listing(("Group",)), True)


@pytest.mark.parametrize(
    "resources",
    [
        (
            cfn("AWS::ECS::Cluster", "Cluster"),
            cfn(
                "AWS::ECS::ClusterCapacityProviderAssociations",
                "Association",
                {
                    "Cluster": ref("Cluster"),
                    "CapacityProviders": ["FARGATE"],
                    "DefaultCapacityProviderStrategy": [{"CapacityProvider": "FARGATE", "Weight": 1}],
                },
            ),
        ),
        (
            cfn(
                "AWS::ECS::Cluster",
                "Cluster",
                {"DefaultCapacityProviderStrategy": [{"CapacityProvider": "FARGATE", "Weight": 1}]},
            ),
        ),
    ],
)
def test_cloudformation_has_two_places_for_the_default_strategy(resources: tuple[Resource, ...]) -> None:
    service = cfn("AWS::ECS::Service", "Service", {"Cluster": get_att("Cluster", "Arn")})
    configuration = template(service, *resources)
    ((workload,), _) = of_cloudformation(configuration, Index.of(configuration), Network(), Settings())
    assert [found.capacity for found in workload.launches] == [Capacity.FARGATE]
    assert workload.launches.rest is None
