"""Prove, before anything is deployed, that Amazon ECS workloads have the network they need and no more."""

__version__ = "0.1.0"
