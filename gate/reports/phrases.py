"""What every report says in the same words: the verdict in a sentence, outcomes, findings, ages, and all problems."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from gate.model.coverage import CoverageFile
from gate.model.evidence import RECORD_NAMES, Report, SourceEvidence, State
from gate.model.verdict import Effect, Observation, Outcome, Result, Verdict
from gate.model.words import number_of
from gate.reports import problems

SYMBOLS = {Outcome.PASS: "✓", Outcome.FAIL: "✗", Outcome.UNKNOWN: "?", Outcome.NOT_APPLICABLE: "-"}
SEARCH = "(default search)"
WORDS = {Outcome.PASS: "pass", Outcome.FAIL: "fail", Outcome.UNKNOWN: "unknown", Outcome.NOT_APPLICABLE: "n/a"}


def headline(verdict: Verdict) -> str:
    """The verdict in one sentence."""
    if verdict.nothing_applied:
        return f"Nothing applied: not one of {len(verdict.results)} criteria was judged, and the gate opens."
    counts = _counts(verdict)
    if verdict.outcome is Outcome.PASS:
        left = verdict.count(Outcome.FAIL) + verdict.count(Outcome.UNKNOWN)
        return f"The gate opens: {counts}{', which shuts nothing' if left else ''}."
    if verdict.advise:
        return f"The gate only advises, and opens; enforce would have kept it shut: {counts}."
    return f"The gate stays shut: {counts}."


def _counts(verdict: Verdict) -> str:
    """`3 of 9 criteria fail, 1 unknown`; of an open gate, first how many pass."""
    fails, unknown = verdict.count(Outcome.FAIL), verdict.count(Outcome.UNKNOWN)
    parts = [(fails, "fails" if fails == 1 else "fail"), (unknown, "unknown")]
    if verdict.outcome is Outcome.PASS:
        passes, apart = verdict.count(Outcome.PASS), verdict.count(Outcome.NOT_APPLICABLE)
        parts.insert(0, (passes, "passes" if passes == 1 else "pass"))
        parts.append((apart, "not applicable"))
    (first, word), *others = [(count, word) for count, word in parts if count]
    criteria = "criterion" if len(verdict.results) == 1 else "criteria"
    return ", ".join([f"{first} of {len(verdict.results)} {criteria} {word}", *(f"{n} {word}" for n, word in others)])


def shut_by(verdict: Verdict) -> tuple[str, ...]:
    """The ids of the criteria that each keep the gate shut."""
    return tuple(result.id for result in verdict.results if result.blocks)


def loudness(verdict: Verdict, result: Result) -> Effect:
    """How loud a result is told: with `advise` nothing is louder than a warning."""
    return Effect.WARNING if verdict.advise and result.blocks else result.effect


def observed(result: Result) -> str:
    """What was seen, or why nothing was."""
    return result.judgement.observed if result.outcome is not Outcome.NOT_APPLICABLE else result.reason


def reasons(result: Result) -> Iterator[str]:
    """Why it came out so, and what lacks, as far as no problem of it says the same."""
    told = [problem.message for problem in problems.of_result(result)]
    reason = result.reason
    for message in told:
        reason = reason.removeprefix(message).removeprefix("; ")
    for text in (reason, *(breach.message for breach in result.judgement.breaches), result.judgement.margin):
        if text and not any(text in earlier for earlier in told):
            told.append(text)
            yield text


def left_out(result: Result) -> str:
    """`120 findings read, 3 counted; left out: 117 below the limit`, or nothing where no record was read."""
    tally = result.judgement.tally
    if tally is None or not tally.read:
        return ""
    fates = ", ".join(f"{count} {why}" for why, count in tally.left_out.items() if count)
    counted = f"{number_of(tally.read, tally.unit)} read, {tally.counted} counted"
    return counted + (f"; left out: {fates}" if fates else "")


def saying(observation: Observation) -> str:
    """What is observed, without its place: of a finding its rule and message, of a secret the rule alone."""
    finding, at = observation.finding, observation.at
    if finding is None:
        said = _joined(observation.message)
        return said.removeprefix(f"{at.path}: ") if at else said
    if finding.secret:
        return f"{finding.rule}: a secret"
    said = _joined(finding.message or observation.message)
    return said if said.startswith(finding.rule) else f"{finding.rule}: {said}"


def _joined(text: str) -> str:
    """Several lines as one: what is a line of its own in a trace reads on in a sentence."""
    return " ".join(filter(None, map(str.strip, text.split("\n"))))


def decided_by(observation: Observation) -> str:
    """The field of the report that decided the severity; nothing where there is none, and nothing of a secret."""
    finding = observation.finding
    return finding.severity_from if finding and not finding.secret else ""


def rating(observation: Observation) -> str:
    """`high (level: error)`: the severity, and the field that decided; nothing where there is none."""
    if observation.severity is None:
        return ""
    decided = decided_by(observation)
    return f"{observation.severity.label} ({decided})" if decided else observation.severity.label


def grouped(observations: Iterable[Observation]) -> list[tuple[Observation, int]]:
    """The first observation of every rule in every file, and how many more there are of it; others stay single."""
    firsts: dict[object, Observation] = {}
    counts: Counter[object] = Counter()
    for observation in observations:
        key: object = id(observation)
        if observation.finding and observation.at:
            key = (observation.finding.rule, observation.finding.tool, observation.at.path)
        firsts.setdefault(key, observation)
        counts[key] += 1
    return [(observation, counts[key] - 1) for key, observation in firsts.items()]


def age(report: Report, now: datetime) -> str:
    """How long before the judgement the report was made, as it says itself: `3 h`; nothing where it says nothing."""
    if report.made_at is None:
        return ""
    passed = now - report.made_at
    if passed < timedelta():
        return "in the future" if passed < -timedelta(minutes=10) else "now"
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if passed >= timedelta(seconds=2 * size):
            return f"{int(passed.total_seconds()) // size} {unit}"
    return "now"


def tools(report: Report) -> str:
    """The tools that wrote the report, with their versions."""
    named = (f"{said.tool} {said.version}".strip() for said in report.statements if said.tool)
    return ", ".join(dict.fromkeys(named))


def record_counts(report: Report) -> str:
    """`12 findings, 3 tests`: what was read from it, zeros included where it is evidence for none."""
    counts = Counter(type(record) for record in report.records)
    proved = frozenset().union(*(statement.proves for statement in report.statements))
    names = {**RECORD_NAMES, CoverageFile: "source files"}
    return ", ".join(number_of(counts[kind], name) for kind, name in names.items() if counts[kind] or kind in proved)


def sources(verdict: Verdict) -> dict[str, list[SourceEvidence]]:
    """The sources by the name that a person knows; all default searches look at the same files and are one."""
    named: dict[str, list[SourceEvidence]] = {}
    for source in verdict.sources:
        named.setdefault(SEARCH if source.searched else source.name, []).append(source)
    return named


def reports(verdict: Verdict) -> list[tuple[str, Report]]:
    """Every report with the name of its source, once in each state; what is not ok comes first."""
    rows: dict[tuple[str, str, str, str], Report] = {}
    for name, same in sources(verdict).items():
        for report in (report for source in same for report in source.reports):
            rows.setdefault((name, report.path, report.format, state(report)), report)
    named = [(name, report) for (name, *_), report in rows.items()]
    return sorted(named, key=lambda row: row[1].state is State.OK)


def not_reports(verdict: Verdict) -> list[tuple[str, str]]:
    """Every matched file that is plainly no report, with the name of its source, once."""
    paths = ((name, path) for name, same in sources(verdict).items() for source in same for path in source.not_reports)
    return list(dict.fromkeys(paths))


def without_reports(verdict: Verdict) -> list[tuple[str, tuple[str, ...]]]:
    """The sources that gave no report at all, with the patterns in which nothing was found."""
    return [
        (name, tuple(dict.fromkeys(pattern for source in same for pattern in source.patterns)))
        for name, same in sources(verdict).items()
        if not any(source.reports for source in same)
    ]


def state(report: Report) -> str:
    """Its state, that the policy accepts it, and that git tracks it."""
    marks = [report.state.value, *(["accepted"] * report.accepted), *(["committed"] * report.committed)]
    return ", ".join(marks)


def more(count: int) -> str:
    """How many are not shown, and where they are."""
    return f"and {count} more: see verdict.json"
