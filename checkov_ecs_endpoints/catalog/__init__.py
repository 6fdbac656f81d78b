"""Facts of AWS as data."""
