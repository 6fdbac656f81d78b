"""Strings that are written out, for arguments Terraform reads before it evaluates anything."""

from __future__ import annotations

from checkov_ecs_endpoints.iac.terraform.syntax import Expression, HclExpression


def literal(expression: Expression) -> str | None:
    """The text of a plain quoted string; None for everything else, templates included."""
    if not isinstance(expression, HclExpression):
        return expression.value if isinstance(expression.value, str) else None
    source = expression.text(expression.node).strip()
    if len(source) < 2 or source[0] != '"' or source[-1] != '"':
        return None
    inner = source[1:-1]
    return None if any(sign in inner for sign in ('"', "\\", "${", "%{")) else inner
