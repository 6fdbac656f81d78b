"""Volumes of task definitions: those for which something else than the mount target is called.

Volumes of Amazon EFS and EBS are not: EFS is spoken to over NFS, and Amazon ECS attaches
EBS volumes from outside:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage
from checkov_ecs_endpoints.lowering.workloads.secret_sources import secret
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import FsxVolume


def fsx_volumes(task: Declared, language: WorkloadLanguage, region: Region) -> Listing[FsxVolume]:
    """The volumes of Amazon FSx for Windows File Server.

    Their credentials are a secret of Secrets Manager or a parameter:
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/wfsx-volumes.html
    """
    listing = task.blocks("volumes", language.fsx_volume)
    found: list[FsxVolume] = []
    for volume in listing:
        if volume.nested("fsx", language.fsx_volume).is_set:
            named = volume.field("credentials")
            credentials = secret(named.value, Source(task.address, named.place), region, task.index)
            found.append(FsxVolume(volume.source(), credentials))
    return Listing(tuple(found), listing.rest)
