"""How CloudFormation writes workloads: resource types and properties.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ (the page of each type)
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.lowering.cloudformation.tags import tag_mapping
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage
from checkov_ecs_endpoints.lowering.workloads.starting import all_workloads
from checkov_ecs_endpoints.lowering.workloads.unjudged import unjudged
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import Unjudged, Workload
from checkov_ecs_endpoints.settings import Settings

_LAUNCH = {
    "launch_type": "LaunchType",
    "strategy": "CapacityProviderStrategy",
    # Task sets and event rules write AwsVpcConfiguration; names match in any case.
    "network": "NetworkConfiguration.AwsvpcConfiguration",
    "version": "PlatformVersion",
}
_SERVICE = {**_LAUNCH, "cluster": "Cluster", "task_definition": "TaskDefinition", "tags": "Tags"}
_RUN = {
    **_LAUNCH,
    "task_definition": "TaskDefinitionArn",
    "exec": "EnableExecuteCommand",
    "count": "TaskCount",
}
_MACHINE = {"instance_type": "InstanceType", "user_data": "UserData"}
_SPECIFICATION = "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification"
_STRATEGY = "DefaultCapacityProviderStrategy"
_EXEC = "Configuration.ExecuteCommandConfiguration"

CLOUDFORMATION = WorkloadLanguage(
    service=Kind(
        ("AWS::ECS::Service",),
        {
            **_SERVICE,
            "name": "ServiceName",
            "exec": "EnableExecuteCommand",
            "count": "DesiredCount",
            "scheduling": "SchedulingStrategy",
            "controller": "DeploymentController.Type",
            "connect": "ServiceConnectConfiguration",
        },
    ),
    task_set=Kind(("AWS::ECS::TaskSet",), {**_SERVICE, "name": "ExternalId", "service": "Service"}),
    event_rule=Kind(("AWS::Events::Rule",), {"targets": "Targets"}),
    event_target=Kind(names={"name": "Id", "cluster": "Arn", "run": "EcsParameters"}),
    event_run=Kind(names={**_RUN, "tags": "TagList"}),
    schedule=Kind(
        ("AWS::Scheduler::Schedule",),
        {"name": "Name", "cluster": "Target.Arn", "run": "Target.EcsParameters"},
    ),
    schedule_run=Kind(names={**_RUN, "tags": "Tags"}),
    interfaces=Kind(names={"subnets": "Subnets", "groups": "SecurityGroups", "public_ip": "AssignPublicIp"}),
    strategy_item=Kind(names={"provider": "CapacityProvider", "weight": "Weight", "base": "Base"}),
    service_connect=Kind(names={"enabled": "Enabled", "log": "LogConfiguration"}),
    connect_log=Kind(
        names={
            "driver": "LogDriver",
            "options": "Options",
            "secrets": "SecretOptions",
            "value_from": "ValueFrom",
        }
    ),
    task_definition=Kind(
        ("AWS::ECS::TaskDefinition",),
        {
            "family": "Family",
            "containers": "ContainerDefinitions",
            "network_mode": "NetworkMode",
            "cpu": "Cpu",
            "tags": "Tags",
            "task_role": "TaskRoleArn",
            "execution_role": "ExecutionRoleArn",
            "system": "RuntimePlatform.OperatingSystemFamily",
            "proxy": "ProxyConfiguration",
            "proxy_type": "ProxyConfiguration.Type",
            "volumes": "Volumes",
        },
    ),
    fsx_volume=Kind(
        names={
            "fsx": "FSxWindowsFileServerVolumeConfiguration",
            "credentials": "FSxWindowsFileServerVolumeConfiguration.AuthorizationConfig.CredentialsParameter",
        }
    ),
    cache_rule=Kind(
        ("AWS::ECR::PullThroughCacheRule",),
        {"prefix": "EcrRepositoryPrefix", "upstream": "UpstreamRegistryUrl"},
    ),
    role=Kind(
        ("AWS::IAM::Role",), {"name": "RoleName", "inline": "Policies", "managed": "ManagedPolicyArns"}
    ),
    inline_policy=Kind(names={"document": "PolicyDocument"}),
    role_policies=(
        Kind(("AWS::IAM::Policy",), {"roles": "Roles", "document": "PolicyDocument"}),
        Kind(("AWS::IAM::RolePolicy",), {"roles": "RoleName", "document": "PolicyDocument"}),
    ),
    policy=Kind(("AWS::IAM::ManagedPolicy",), {"roles": "Roles", "document": "PolicyDocument"}),
    attachments=(),
    instance_profile=Kind(("AWS::IAM::InstanceProfile",), {"role": "Roles"}),
    guard_duty=(Kind(("AWS::GuardDuty::Detector",), {"features": "Features"}),),
    guard_duty_feature=Kind(
        names={"name": "Name", "status": "Status", "additional": "AdditionalConfiguration"}
    ),
    guard_duty_additional=Kind(names={"name": "Name", "status": "Status"}),
    cluster=Kind(
        ("AWS::ECS::Cluster",),
        {
            "name": "ClusterName",
            "providers": "CapacityProviders",
            "strategy": _STRATEGY,
            "tags": "Tags",
            "exec_key": f"{_EXEC}.KmsKeyId",
            "exec_logging": f"{_EXEC}.Logging",
            "exec_log": f"{_EXEC}.LogConfiguration.CloudWatchLogGroupName",
            "exec_bucket": f"{_EXEC}.LogConfiguration.S3BucketName",
        },
    ),
    cluster_capacity=Kind(
        ("AWS::ECS::ClusterCapacityProviderAssociations",),
        {"cluster": "Cluster", "providers": "CapacityProviders", "strategy": _STRATEGY},
    ),
    capacity_provider=Kind(
        ("AWS::ECS::CapacityProvider",),
        {
            "name": "Name",
            "group": "AutoScalingGroupProvider.AutoScalingGroupArn",
            "managed": "ManagedInstancesProvider",
        },
    ),
    managed_instances=Kind(
        names={
            "subnets": "InstanceLaunchTemplate.NetworkConfiguration.Subnets",
            "groups": "InstanceLaunchTemplate.NetworkConfiguration.SecurityGroups",
            "types": "InstanceLaunchTemplate.InstanceRequirements.AllowedInstanceTypes",
        }
    ),
    scalable_target=Kind(
        ("AWS::ApplicationAutoScaling::ScalableTarget",),
        {"namespace": "ServiceNamespace", "resource_id": "ResourceId", "max": "MaxCapacity"},
    ),
    group=Kind(
        ("AWS::AutoScaling::AutoScalingGroup",),
        {
            "subnets": "VPCZoneIdentifier",
            "max": "MaxSize",
            "template": "LaunchTemplate",
            "template_id": "LaunchTemplate.LaunchTemplateId",
            "template_name": "LaunchTemplate.LaunchTemplateName",
            "mixed": "MixedInstancesPolicy.LaunchTemplate",
            "mixed_id": f"{_SPECIFICATION}.LaunchTemplateId",
            "mixed_name": f"{_SPECIFICATION}.LaunchTemplateName",
            "overrides": "MixedInstancesPolicy.LaunchTemplate.Overrides",
            "configuration": "LaunchConfigurationName",
        },
    ),
    override=Kind(
        names={
            "instance_type": "InstanceType",
            "template": "LaunchTemplateSpecification",
            "requirements": "InstanceRequirements",
            "weight": "WeightedCapacity",
        }
    ),
    launch_template=Kind(
        ("AWS::EC2::LaunchTemplate",),
        {
            "name": "LaunchTemplateName",
            "groups": "LaunchTemplateData.SecurityGroupIds",
            "interface": "LaunchTemplateData.NetworkInterfaces",
            "interface_groups": "LaunchTemplateData.NetworkInterfaces.Groups",
            "interface_public_ip": "LaunchTemplateData.NetworkInterfaces.AssociatePublicIpAddress",
            "instance_type": "LaunchTemplateData.InstanceType",
            "requirements": "LaunchTemplateData.InstanceRequirements",
            "user_data": "LaunchTemplateData.UserData",
            "profile_name": "LaunchTemplateData.IamInstanceProfile.Name",
            "profile_arn": "LaunchTemplateData.IamInstanceProfile.Arn",
        },
    ),
    launch_configuration=Kind(
        ("AWS::AutoScaling::LaunchConfiguration",),
        {
            **_MACHINE,
            "name": "LaunchConfigurationName",
            "groups": "SecurityGroups",
            "public_ip": "AssociatePublicIpAddress",
            "profile_name": "IamInstanceProfile",
        },
    ),
    instance=Kind(
        ("AWS::EC2::Instance",),
        {
            **_MACHINE,
            "subnets": "SubnetId",
            "groups": "SecurityGroupIds",
            "interface": "NetworkInterfaces",
            "interface_subnets": "NetworkInterfaces.SubnetId",
            "interface_groups": "NetworkInterfaces.GroupSet",
            "interface_public_ip": "NetworkInterfaces.AssociatePublicIpAddress",
            "attached": "NetworkInterfaces.NetworkInterfaceId",
            "profile_name": "IamInstanceProfile",
            "template": "LaunchTemplate",
            "template_id": "LaunchTemplate.LaunchTemplateId",
            "template_name": "LaunchTemplate.LaunchTemplateName",
        },
    ),
    other_fleet=Kind(("AWS::EC2::EC2Fleet", "AWS::EC2::SpotFleet")),
    pipe=Kind(("AWS::Pipes::Pipe",), {"run": "TargetParameters.EcsTaskParameters"}),
    state_machine=Kind(
        ("AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"),
        {"text": "DefinitionString", "written": "Definition"},
    ),
    unjudged={
        "AWS::ECS::ExpressGatewayService": "an Amazon ECS Express service",
        "AWS::ECS::Daemon": "an Amazon ECS daemon",
        "AWS::Batch::ComputeEnvironment": "a compute environment of AWS Batch",
        "AWS::Batch::JobDefinition": "a job definition of AWS Batch",
    },
    containers=lambda value, _: value,
    tags=tag_mapping,
    unset_count=1,
)


def workloads(
    configuration: Configuration, index: Index, network: Network, settings: Settings
) -> tuple[tuple[Workload, ...], tuple[Unjudged, ...]]:
    """Every workload of a template, and what is seen but not judged."""
    return all_workloads(configuration, index, CLOUDFORMATION), unjudged(index, CLOUDFORMATION)
