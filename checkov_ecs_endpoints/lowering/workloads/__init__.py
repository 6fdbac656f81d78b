"""What both languages share of the workloads: launches, task definitions, images, secrets."""
