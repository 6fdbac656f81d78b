"""The built-in functions of Terraform 1.11."""
