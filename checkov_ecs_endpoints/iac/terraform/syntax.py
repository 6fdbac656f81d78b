"""Terraform files as blocks and attributes, whose expressions stay tree-sitter nodes."""

from checkov_ecs_endpoints.iac.terraform.parsing import BYTE_ORDER_MARK, parse, parse_expression
from checkov_ecs_endpoints.iac.terraform.readings import call, conditional, items, pairs, traversal
from checkov_ecs_endpoints.iac.terraform.shapes import (
    Attribute,
    Block,
    Body,
    Expression,
    File,
    HclExpression,
    JsonExpression,
    expression_of_json,
)

__all__ = [
    "BYTE_ORDER_MARK",
    "Attribute",
    "Block",
    "Body",
    "Expression",
    "File",
    "HclExpression",
    "JsonExpression",
    "call",
    "conditional",
    "expression_of_json",
    "items",
    "pairs",
    "parse",
    "parse_expression",
    "traversal",
]
