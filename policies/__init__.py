"""Checkov imports Python files from a directory of policies only if it has this file."""
