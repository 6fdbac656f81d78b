"""How Terraform writes workloads: the resource types and arguments of the AWS provider.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs (the page of each type)
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.catalog.modules import starts_tasks
from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.json_text import decode
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage
from checkov_ecs_endpoints.lowering.workloads.starting import all_workloads
from checkov_ecs_endpoints.lowering.workloads.unjudged import unjudged
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import Unjudged, Workload
from checkov_ecs_endpoints.settings import Settings

_LAUNCH = {
    "launch_type": "launch_type",
    "strategy": "capacity_provider_strategy",
    "network": "network_configuration",
    "version": "platform_version",
    "tags": "tags",
    "all_tags": "tags_all",
}
_SERVICE = {**_LAUNCH, "cluster": "cluster", "task_definition": "task_definition"}
_RUN = {
    **_LAUNCH,
    "task_definition": "task_definition_arn",
    "exec": "enable_execute_command",
    "count": "task_count",
}
_MACHINE = {
    "instance_type": "instance_type",
    "user_data": "user_data",
    "user_data_base64": "user_data_base64",
}
_SPECIFICATION = "mixed_instances_policy.launch_template.launch_template_specification"
_STRATEGY = "default_capacity_provider_strategy"
_EXEC = "configuration.execute_command_configuration"

TERRAFORM = WorkloadLanguage(
    service=Kind(
        ("aws_ecs_service",),
        {
            **_SERVICE,
            "name": "name",
            "exec": "enable_execute_command",
            "count": "desired_count",
            "scheduling": "scheduling_strategy",
            "controller": "deployment_controller.type",
            "connect": "service_connect_configuration",
        },
    ),
    task_set=Kind(("aws_ecs_task_set",), {**_SERVICE, "name": "external_id", "service": "service"}),
    event_rule=Kind(),
    event_target=Kind(
        ("aws_cloudwatch_event_target",), {"name": "target_id", "cluster": "arn", "run": "ecs_target"}
    ),
    event_run=Kind(names=_RUN),
    schedule=Kind(
        ("aws_scheduler_schedule",),
        {"name": "name", "cluster": "target.arn", "run": "target.ecs_parameters"},
    ),
    schedule_run=Kind(names=_RUN),
    interfaces=Kind(
        names={"subnets": "subnets", "groups": "security_groups", "public_ip": "assign_public_ip"}
    ),
    strategy_item=Kind(names={"provider": "capacity_provider", "weight": "weight", "base": "base"}),
    service_connect=Kind(names={"enabled": "enabled", "log": "log_configuration"}),
    connect_log=Kind(
        names={
            "driver": "log_driver",
            "options": "options",
            "secrets": "secret_option",
            "value_from": "value_from",
        }
    ),
    task_definition=Kind(
        ("aws_ecs_task_definition",),
        {
            "family": "family",
            "containers": "container_definitions",
            "network_mode": "network_mode",
            "cpu": "cpu",
            "tags": "tags",
            "all_tags": "tags_all",
            "task_role": "task_role_arn",
            "execution_role": "execution_role_arn",
            "system": "runtime_platform.operating_system_family",
            "proxy": "proxy_configuration",
            "proxy_type": "proxy_configuration.type",
            "volumes": "volume",
        },
    ),
    fsx_volume=Kind(
        names={
            "fsx": "fsx_windows_file_server_volume_configuration",
            "credentials": "fsx_windows_file_server_volume_configuration.authorization_config"
            ".credentials_parameter",
        }
    ),
    cache_rule=Kind(
        ("aws_ecr_pull_through_cache_rule",),
        {"prefix": "ecr_repository_prefix", "upstream": "upstream_registry_url"},
    ),
    role=Kind(
        ("aws_iam_role",), {"name": "name", "inline": "inline_policy", "managed": "managed_policy_arns"}
    ),
    inline_policy=Kind(names={"document": "policy"}),
    role_policies=(Kind(("aws_iam_role_policy",), {"roles": "role", "document": "policy"}),),
    policy=Kind(("aws_iam_policy",), {"document": "policy"}),
    attachments=(
        Kind(("aws_iam_role_policy_attachment",), {"roles": "role", "policies": "policy_arn"}),
        Kind(("aws_iam_policy_attachment",), {"roles": "roles", "policies": "policy_arn"}),
        Kind(
            ("aws_iam_role_policy_attachments_exclusive",),
            {"roles": "role_name", "policies": "policy_arns"},
        ),
    ),
    instance_profile=Kind(("aws_iam_instance_profile",), {"role": "role"}),
    guard_duty=(
        Kind(
            ("aws_guardduty_detector_feature",),
            {"name": "name", "status": "status", "additional": "additional_configuration"},
        ),
    ),
    guard_duty_feature=Kind(),
    guard_duty_additional=Kind(names={"name": "name", "status": "status"}),
    cluster=Kind(
        ("aws_ecs_cluster",),
        # Before version 4 of the provider a cluster had providers and strategy itself.
        {
            "name": "name",
            "providers": "capacity_providers",
            "strategy": _STRATEGY,
            "tags": "tags",
            "exec_key": f"{_EXEC}.kms_key_id",
            "exec_logging": f"{_EXEC}.logging",
            "exec_log": f"{_EXEC}.log_configuration.cloud_watch_log_group_name",
            "exec_bucket": f"{_EXEC}.log_configuration.s3_bucket_name",
        },
    ),
    cluster_capacity=Kind(
        ("aws_ecs_cluster_capacity_providers",),
        {"cluster": "cluster_name", "providers": "capacity_providers", "strategy": _STRATEGY},
    ),
    capacity_provider=Kind(
        ("aws_ecs_capacity_provider",),
        {
            "name": "name",
            "group": "auto_scaling_group_provider.auto_scaling_group_arn",
            "managed": "managed_instances_provider",
        },
    ),
    managed_instances=Kind(
        names={
            "subnets": "instance_launch_template.network_configuration.subnets",
            "groups": "instance_launch_template.network_configuration.security_groups",
            "types": "instance_launch_template.instance_requirements.allowed_instance_types",
        }
    ),
    scalable_target=Kind(
        ("aws_appautoscaling_target",),
        {"namespace": "service_namespace", "resource_id": "resource_id", "max": "max_capacity"},
    ),
    group=Kind(
        ("aws_autoscaling_group",),
        {
            "subnets": "vpc_zone_identifier",
            "max": "max_size",
            "template": "launch_template",
            "template_id": "launch_template.id",
            "template_name": "launch_template.name",
            "mixed": "mixed_instances_policy.launch_template",
            "mixed_id": f"{_SPECIFICATION}.launch_template_id",
            "mixed_name": f"{_SPECIFICATION}.launch_template_name",
            "overrides": "mixed_instances_policy.launch_template.override",
            "configuration": "launch_configuration",
        },
    ),
    override=Kind(
        names={
            "instance_type": "instance_type",
            "template": "launch_template_specification",
            "requirements": "instance_requirements",
            "weight": "weighted_capacity",
        }
    ),
    launch_template=Kind(
        ("aws_launch_template",),
        {
            **_MACHINE,
            "name": "name",
            "groups": "vpc_security_group_ids",
            "interface": "network_interfaces",
            "requirements": "instance_requirements",
            "interface_groups": "network_interfaces.security_groups",
            "interface_public_ip": "network_interfaces.associate_public_ip_address",
            "profile_name": "iam_instance_profile.name",
            "profile_arn": "iam_instance_profile.arn",
        },
    ),
    launch_configuration=Kind(
        ("aws_launch_configuration",),
        {
            **_MACHINE,
            "name": "name",
            "groups": "security_groups",
            "public_ip": "associate_public_ip_address",
            "profile_name": "iam_instance_profile",
        },
    ),
    instance=Kind(
        ("aws_instance", "aws_spot_instance_request"),
        {
            **_MACHINE,
            "subnets": "subnet_id",
            "groups": "vpc_security_group_ids",
            "public_ip": "associate_public_ip_address",
            "attached": "network_interface",
            "profile_name": "iam_instance_profile",
            "template": "launch_template",
            "template_id": "launch_template.id",
            "template_name": "launch_template.name",
        },
    ),
    other_fleet=Kind(("aws_ec2_fleet", "aws_spot_fleet_request")),
    pipe=Kind(("aws_pipes_pipe",), {"run": "target_parameters.ecs_task_parameters"}),
    state_machine=Kind(("aws_sfn_state_machine",), {"text": "definition"}),
    unjudged={
        "aws_ecs_express_gateway_service": "an Amazon ECS Express service",
        "aws_ecs_daemon": "an Amazon ECS daemon",
        "aws_batch_compute_environment": "a compute environment of AWS Batch",
        "aws_batch_job_definition": "a job definition of AWS Batch",
    },
    containers=decode,
    tags=lambda value: value,
    unset_count=0,
)


def workloads(
    configuration: Configuration, index: Index, network: Network, settings: Settings
) -> tuple[tuple[Workload, ...], tuple[Unjudged, ...]]:
    """Every workload of a configuration, and what is seen but not judged."""
    seen = (*unjudged(index, TERRAFORM), *_absent(configuration))
    return all_workloads(configuration, index, TERRAFORM), seen


def _absent(configuration: Configuration) -> Iterator[Unjudged]:
    """The services that modules known to make them would have, were they on disk."""
    for module in configuration.absent:
        if starts_tasks(module.source):
            what = f"a module of ECS services that is not on disk ({module.source})"
            yield Unjudged(source=Source(module.address, module.location), what=what, why=module.why)
