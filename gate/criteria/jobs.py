"""`jobs`: the producers of the evidence really ran."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from gate.criteria.base import EvidenceCriterion
from gate.criteria.fields import Texts
from gate.model.evidence import Evidence
from gate.model.glob import matches_name
from gate.model.job import Job
from gate.model.problem import Problem, Slug
from gate.model.verdict import Breach, Judgement, Observation, Tally

HOW_TO_HAND_OVER = "give the gate's step the input `needs: ${{ toJSON(needs) }}`, and its job `needs: [...]`"


class Jobs(EvidenceCriterion):
    """The required jobs of the workflow's `needs` ended in success."""

    kind: Literal["jobs"]
    require: Texts = Field(description="The jobs that must have run (globs); `all` for every needed job.")
    allow_skipped: Texts | None = Field(None, description="Jobs that may be skipped or cancelled (globs).")
    allow_failed: Texts | None = Field(None, description="Jobs that may fail (globs).")

    def judge(self, evidence: Evidence) -> Judgement:
        """A failed job is a breach; one that did not run is missing evidence."""
        jobs = evidence.jobs or ()
        required = [job for job in jobs if self._requires(job.name)]
        breaches = tuple(Breach(f"job `{job.name}` failed") for job in required if self._failed(job))
        succeeded = sum(job.result == "success" for job in required)
        others = [job for job in required if job.result != "success"]
        return Judgement(
            observed=f"{succeeded} of {len(required)} jobs succeeded",
            demanded=f"success of {', '.join(self.require)}",
            margin=", ".join(f"{job.name}: {job.result}" for job in others),
            breaches=breaches,
            doubts=tuple(self._doubts(evidence.jobs)),
            observations=tuple(Observation(f"job `{job.name}`: {job.result}") for job in others),
            tally=Tally("jobs", len(jobs), len(required), {"not required": len(jobs) - len(required)}),
        )

    def _requires(self, name: str) -> bool:
        return "all" in self.require or any(matches_name(name, pattern) for pattern in self.require)

    def _failed(self, job: Job) -> bool:
        return job.result == "failure" and not _listed(job.name, self.allow_failed)

    def _doubts(self, jobs: tuple[Job, ...] | None) -> Iterator[Problem]:
        if not jobs:
            yield Problem(
                Slug.JOB_MISSING,
                "the results of the jobs were not handed over" if jobs is None else "the gate's job needs no other job",
                hint=HOW_TO_HAND_OVER,
            )
            return
        for pattern in self.require:
            if pattern != "all" and not any(matches_name(job.name, pattern) for job in jobs):
                yield Problem(
                    Slug.JOB_MISSING,
                    f"no needed job is called `{pattern}` (there are {', '.join(job.name for job in jobs)})",
                    hint=f"add `{pattern}` to the `needs` of the gate's job, or correct `require`",
                )
        yield from (self._did_not_run(job) for job in jobs if self._requires(job.name) and self._is_missing(job))

    def _is_missing(self, job: Job) -> bool:
        """Whether it neither succeeded nor failed: skipped, cancelled, or a word that we do not know."""
        return job.result not in ("success", "failure") and not _listed(job.name, self.allow_skipped)

    def _did_not_run(self, job: Job) -> Problem:
        return Problem(
            Slug.JOB_MISSING,
            f"job `{job.name}` was {job.result}: what it should have produced is missing",
            hint="let it run, or list it in `allow_skipped`",
        )


def _listed(name: str, patterns: Texts | None) -> bool:
    return any(matches_name(name, pattern) for pattern in patterns or ())
