"""The provider-neutral model: networks and the workloads that live in them.

Terraform and CloudFormation are both lowered to it, and after that nobody can tell
which it was. Everything is frozen; things point at each other by id.
"""
