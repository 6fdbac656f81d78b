"""Writes the reference of the policies, ``policies/README.md``, from their files and the situations."""
