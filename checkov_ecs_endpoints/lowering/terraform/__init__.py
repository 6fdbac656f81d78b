"""Terraform's AWS resources, translated to the model."""
