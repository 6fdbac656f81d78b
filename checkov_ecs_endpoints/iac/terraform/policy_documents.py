"""``aws_iam_policy_document`` as the JSON text that the provider makes of it.

AWS provider documentation: Data Source ``aws_iam_policy_document``.
"""

from __future__ import annotations

from collections.abc import Mapping

from checkov_ecs_endpoints.iac.terraform import built_in
from checkov_ecs_endpoints.iac.terraform.bodies import Arguments
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.json_text import decode
from checkov_ecs_endpoints.values import Location, OpenList, Unknown, Value, Why

LISTS = {
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}
PRINCIPALS = {"principals": "Principal", "not_principals": "NotPrincipal"}


def document(arguments: Arguments, place: Location) -> Inner:
    """The JSON text of a data source with these arguments."""
    return built_in.call("jsonencode", [policy(arguments.plain(), place)], arguments.functions, place)


def policy(written: Mapping[str, Value], place: Location) -> dict[str, Value]:
    """The policy: source documents, then the own statements, then the overriding documents.

    A statement replaces an earlier one with the same ``sid``.
    """
    statements: list[Value] = []
    rest: Unknown | None = None
    own = [_statement(block) for block in _items(written.get("statement"))]
    for name in ("source_json", "source_policy_documents"):
        rest = _merge(statements, written.get(name), place) or rest
    for statement in own:
        _replace(statements, statement)
    rest = _rest(written.get("statement")) or rest
    for name in ("override_json", "override_policy_documents"):
        rest = _merge(statements, written.get(name), place) or rest
    made: dict[str, Value] = {"Version": written.get("version", "2012-10-17")}
    if "policy_id" in written:
        made["Id"] = written["policy_id"]
    made["Statement"] = statements if rest is None else OpenList(tuple(statements), rest)
    return made


def _statement(block: Value) -> Value:
    if not isinstance(block, dict):
        return block
    made: dict[str, Value] = {}
    if block.get("sid"):
        made["Sid"] = block["sid"]
    made["Effect"] = block.get("effect", "Allow")
    for name, key in LISTS.items():
        if name in block:
            made[key] = _alone(block[name])
    for name, key in PRINCIPALS.items():
        if name in block:
            made[key] = _principals(block[name])
    if "condition" in block:
        made["Condition"] = _conditions(block["condition"])
    return made


def _principals(value: Value) -> Value:
    found: dict[str, Value] = {}
    for block in _items(value):
        kind = block.get("type") if isinstance(block, dict) else None
        if not isinstance(block, dict) or not isinstance(kind, str):
            return _unclear(block, "principals")
        members = block.get("identifiers", [])
        if kind == "*" and members == ["*"]:
            return "*"
        found[kind] = _joined(found.get(kind), members)
    return _rest(value) or found


def _conditions(value: Value) -> Value:
    found: dict[str, Value] = {}
    for block in _items(value):
        test = block.get("test") if isinstance(block, dict) else None
        variable = block.get("variable") if isinstance(block, dict) else None
        if not isinstance(block, dict) or not isinstance(test, str) or not isinstance(variable, str):
            return _unclear(block, "condition")
        tests = found.setdefault(test, {})
        if isinstance(tests, dict):
            tests[variable] = _joined(tests.get(variable), block.get("values", []))
    return _rest(value) or found


def _joined(first: Value, second: Value) -> Value:
    if first is None:
        return _alone(second)
    members = [*(first if isinstance(first, list) else [first]), *_items(second)]
    rest = _rest(second)
    return members if rest is None else OpenList(tuple(members), rest)


def _alone(value: Value) -> Value:
    """A list of one as its only member, as the provider writes it."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _merge(statements: list[Value], documents: Value, place: Location) -> Unknown | None:
    """Add the statements of JSON documents; why there may be more than those, if so."""
    rest = _rest(documents)
    for item in _items(documents):
        if item == "":
            continue
        found = decode(item, place)
        if not isinstance(found, dict):
            rest = rest or _unclear(found, "a policy document")
            continue
        listed = found.get("Statement")
        for statement in _items(listed):
            _replace(statements, statement)
        rest = rest or _rest(listed)
    return rest


def _replace(statements: list[Value], statement: Value) -> None:
    sid = statement.get("Sid") if isinstance(statement, dict) else None
    if sid:
        for index, known in enumerate(statements):
            if isinstance(known, dict) and known.get("Sid") == sid:
                statements[index] = statement
                return
    statements.append(statement)


def _items(value: Value) -> list[Value]:
    if value is None or isinstance(value, Unknown):
        return []
    if isinstance(value, OpenList):
        return list(value.items)
    return value if isinstance(value, list) else [value]


def _rest(value: Value) -> Unknown | None:
    if isinstance(value, Unknown):
        return value
    return value.rest if isinstance(value, OpenList) else None


def _unclear(value: Value, subject: str) -> Unknown:
    if isinstance(value, Unknown):
        return value
    return Unknown(Why.AFTER_APPLY, subject, None, "it is not written out")
