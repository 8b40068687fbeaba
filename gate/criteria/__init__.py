"""The kinds of criteria: policy says, evidence answers."""
