"""A cloud assembly of the CDK with one service, in a directory that git ignores."""

from __future__ import annotations

import json

CONSTRUCT = "Shop/Service/Service"

TEMPLATE = {
    "Resources": {
        "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
        "Subnet": {
            "Type": "AWS::EC2::Subnet",
            "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24"},
        },
        "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}}},
        "Task": {
            "Type": "AWS::ECS::TaskDefinition",
            "Properties": {
                "NetworkMode": "awsvpc",
                "ContainerDefinitions": [{"Name": "app", "Image": "nginx"}],
            },
        },
        "Service9571FDD8": {
            "Type": "AWS::ECS::Service",
            "Properties": {
                "LaunchType": "FARGATE",
                "TaskDefinition": {"Ref": "Task"},
                "NetworkConfiguration": {
                    "AwsvpcConfiguration": {
                        "Subnets": [{"Ref": "Subnet"}],
                        "SecurityGroups": [{"Fn::GetAtt": ["Group", "GroupId"]}],
                    }
                },
            },
            "Metadata": {"aws:cdk:path": CONSTRUCT},
        },
    }
}
MANIFEST = {
    "version": "36.0.0",
    "artifacts": {
        "Shop": {
            "type": "aws:cloudformation:stack",
            "environment": "aws://unknown-account/unknown-region",
            "properties": {"templateFile": "Shop.template.json"},
        }
    },
}

ASSEMBLY = {
    ".gitignore": "cdk.out\n",
    "cdk.out/manifest.json": json.dumps(MANIFEST, indent=1),
    "cdk.out/Shop.template.json": json.dumps(TEMPLATE, indent=1),
}
