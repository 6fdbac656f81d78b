"""The built-in functions of Terraform 1.11.

``terraform metadata functions -json`` lists their names and signatures; what each does is
in the Terraform documentation, Configuration Language, Functions.
"""

from checkov_ecs_endpoints.iac.terraform.functions.encoding import encode_json

__all__ = ["encode_json"]
