"""Terraform, evaluated as Terraform evaluates it, as far as the files tell."""
