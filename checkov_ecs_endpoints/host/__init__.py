"""Hosts that the rule pack runs in."""
