"""The policies as pure functions of an estate: verdicts with evidence and cause."""
