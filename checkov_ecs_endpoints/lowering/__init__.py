"""Translators from the resources of a language to the provider-neutral model."""
