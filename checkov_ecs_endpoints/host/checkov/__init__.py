"""The bridge to Checkov; the only place that imports it."""
