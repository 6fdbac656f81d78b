"""Front ends: each evaluates the configurations of one language into resources."""
