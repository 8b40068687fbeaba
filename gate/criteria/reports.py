"""`reports`: the evidence is there, and in order. No number is read."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from gate.criteria.base import SourceCriterion
from gate.criteria.fields import Texts
from gate.model.evidence import Evidence, Record
from gate.model.problem import Problem, Slug
from gate.model.toolname import is_tool
from gate.model.verdict import Breach, Judgement, Tally
from gate.model.words import number_of


class Reports(SourceCriterion):
    """Every report of the sources is ok; the named tools are among them."""

    wants: ClassVar[type[Record] | None] = None
    own_keys: ClassVar[frozenset[str]] = frozenset({"tools"})

    kind: Literal["reports"]
    tools: Texts | None = Field(None, description="Tools of which a report must be there.")
    min_reports: Annotated[int, Field(ge=1)] | None = Field(None, description="How many reports must be there.")

    def judge(self, evidence: Evidence) -> Judgement:
        """Count the reports that are ok or accepted."""
        ready = [report for report in evidence.reports if report.usable]
        tools = sorted({tool for report in ready for tool in report.tools})
        least = self.min_reports or 1
        breaches = (
            (Breach(f"{number_of(len(ready), 'reports')}, {least} demanded", final=False),)
            if 0 < len(ready) < least
            else ()
        )
        return Judgement(
            observed=number_of(len(ready), "reports") + (f" of {', '.join(tools)}" if tools else ""),
            demanded=f"at least {least}" + (f", of {', '.join(self.tools)}" if self.tools else ""),
            breaches=breaches,
            doubts=tuple(self._doubts(tools, len(ready))),
            tally=Tally("reports", len(evidence.reports), len(evidence.reports)),
        )

    def _doubts(self, present: list[str], ready: int) -> Iterator[Problem]:
        if not ready:
            yield Problem(Slug.NO_EVIDENCE, "no report is there", hint="run the tools that write them before the gate")
            return
        for tool in self.tools or ():
            if not any(is_tool(name, tool) for name in present):
                yield Problem(Slug.MISSING_TOOL, f"no report of {tool} is there", hint=f"run {tool} before the gate")
