"""The bucket that an ARN of Amazon S3 names: the ARN says nothing of its region.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
"""

from __future__ import annotations

import re

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.pieces import pieces
from checkov_ecs_endpoints.values import Value

_BUCKETS = ("aws_s3_bucket", "AWS::S3::Bucket")
_OBJECTS = ("aws_s3_object", "aws_s3_bucket_object")
_NAMES = ("bucket", "BucketName")
_ARN = re.compile(r"arn:[^:]*:s3:::(?P<bucket>[^/]+)(?:/.*)?", re.DOTALL)


def bucket_of(value: Value, index: Index) -> Resource | None:
    """The bucket of an ARN, or the object that it is the ARN of, if the configuration makes it.

    No two buckets have the same name: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.
    """
    found = pieces(value)
    for hole in found.holes:
        source = origin(hole, index)
        if source is not None and source.type in (*_BUCKETS, *_OBJECTS):
            return source.resource
    match = _ARN.fullmatch(found.pattern)
    name = found.value(match["bucket"]) if match else None
    named = (
        bucket
        for bucket in index.of_type(*_BUCKETS)
        if name is not None and any(bucket.attributes.get(attribute) == name for attribute in _NAMES)
    )
    return next(named, None)
