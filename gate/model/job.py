"""The jobs that produced the evidence, as the workflow's `needs` context tells them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """One needed job; `result` is GitHub's word: success, failure, cancelled or skipped."""

    name: str
    result: str
