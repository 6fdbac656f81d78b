"""What a cluster does with ECS Exec.

"DEFAULT: the awslogs configuration in the task definition is used. If no logging parameter
is specified, it defaults to this value":
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommandConfiguration.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.reading import string
from checkov_ecs_endpoints.model.workloads import ExecSettings
from checkov_ecs_endpoints.values import Truth, Unknown, Value


def exec_settings(cluster: Declared) -> ExecSettings:
    """The settings of a cluster that the configuration creates."""
    logging = cluster.field("exec_logging")
    kind = "DEFAULT" if logging.value is None else string(logging.value, logging.place)

    def goes(where: str, word: str = "") -> Truth:
        written = _is_given(cluster.field(word).value) if word else True
        if written is False:
            return False
        return kind if isinstance(kind, Unknown) else kind == where and written

    return ExecSettings(
        source=cluster.source(
            own_key="exec_key", to_task_logs="exec_logging", to_log_group="exec_log", to_bucket="exec_bucket"
        ),
        own_key=_is_given(cluster.field("exec_key").value),
        to_task_logs=goes("DEFAULT"),
        to_log_group=goes("OVERRIDE", "exec_log"),
        to_bucket=goes("OVERRIDE", "exec_bucket"),
    )


def _is_given(value: Value) -> Truth:
    """Whether something is set; of an unknown it is not known, for it may be null."""
    return value if isinstance(value, Unknown) else value is not None
