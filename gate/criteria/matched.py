"""What documents and files have in common: every pattern is met, and every text is judged alone."""

from collections.abc import Iterable, Iterator

from gate.model.document import Document
from gate.model.evidence import Evidence, Report
from gate.model.glob import matches
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.words import number_of

_IN_A_SENTENCE = 3


def texts_of(evidence: Evidence) -> Iterator[tuple[Report, Document]]:
    """Every file that was read, with its text."""
    for report in evidence.reports:
        for record in report.records:
            if isinstance(record, Document):
                yield report, record


def unmet(evidence: Evidence, min_files: int | None, *, any_suffices: bool) -> Iterator[Problem]:
    """What the patterns promise and the files do not keep: a pattern without a file, too few files, none at all."""
    found = [report for report, _ in texts_of(evidence)]
    for source in evidence.sources:
        for pattern in source.patterns:
            if not any_suffices and not any(matches(report.path, pattern) for report in found):
                yield Problem(
                    Slug.NOTHING_MATCHED,
                    f"no file that can be judged matches {pattern}",
                    hint="write it, correct the pattern, or say `any: true` where one of the patterns suffices",
                )
    if min_files is not None and len(found) < min_files:
        yield Problem(Slug.TOO_FEW_FILES, f"{number_of(len(found), 'files')}, {min_files} demanded")
    elif not found:
        yield Problem(Slug.NO_EVIDENCE, "no file that can be judged is there")


def in_short(objections: list[str]) -> str:
    """What is wrong with one file, each objection once, and the number of those that do not fit in a sentence."""
    told = list(dict.fromkeys(objections))
    more = f"; and {len(told) - _IN_A_SENTENCE} more" if len(told) > _IN_A_SENTENCE else ""
    return "; ".join(told[:_IN_A_SENTENCE]) + more


def is_binary(text: str) -> bool:
    """Whether the file is no text: what it says cannot be searched."""
    return "\0" in text or text.startswith("%PDF-")


def line_of(report: Report, line: int | None = None) -> Location:
    """A line of the file."""
    return Location(report.path, line, placed=True)


def lines_at(text: str, offsets: Iterable[int]) -> list[int]:
    """The numbers of the lines in which the offsets lie, each once; the offsets ascend."""
    lines: list[int] = []
    line, counted = 1, 0
    for offset in offsets:
        line, counted = line + text.count("\n", counted, offset), offset
        if lines[-1:] != [line]:
            lines.append(line)
    return lines
