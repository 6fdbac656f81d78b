"""The command's output formats."""
