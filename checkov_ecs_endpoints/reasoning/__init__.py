"""What a workload needs, and which way its traffic takes."""
