"""The gate: judges the evidence of a workflow by a policy, and keeps the merge shut until it holds."""

__version__ = "0.1.0"
