"""LCOV tracefiles (`lcov.info`)."""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from gate.errors import EvidenceError
from gate.formats.base import Format, Head
from gate.formats.measured import Measured, SourceFiles, reached
from gate.model.coverage import CoverageFile
from gate.model.evidence import Statement
from gate.model.problem import Problem, Slug
from gate.model.ratio import Ratio

_START = re.compile(
    rb"(?:#[^\n]*\n\s*)*(?:SF:\S|TN:[^\n]*(?:$|\n\s*(?:$|(?:SF|TN|VER|DA|LF|FN|FNL|FNDA|BRDA):|end_of_record)))"
)
_FUNCTION = re.compile(rb"\d{1,10},(?:\d{1,10},)?(.+)")
MAX_DIGITS = 12


@dataclass(slots=True)
class _Source:
    """One source file: the lines of its open section, and what all its sections say of branches and functions."""

    executable: list[int] = field(default_factory=list)
    covered: list[int] = field(default_factory=list)
    totals: dict[bytes, int] = field(default_factory=dict)
    stated: dict[bytes, Ratio] = field(default_factory=dict)
    branches: dict[tuple[int, bytes], bool] = field(default_factory=dict)
    functions: dict[bytes, bool] = field(default_factory=dict)
    starts: dict[bytes, bytes] = field(default_factory=dict)

    def line(self, value: bytes) -> None:
        """`DA:<line>,<hits>[,<checksum>]`."""
        number, _, hits = value.partition(b",")
        line = _number(number)
        self.executable.append(line)
        if _reached(hits.partition(b",")[0]):
            self.covered.append(line)

    def branch(self, value: bytes) -> None:
        """`BRDA:<line>,[e]<block>,<branch>,<taken>`; a branch may be named by an expression with commas."""
        number, _, rest = value.partition(b",")
        name, _, taken = rest.rpartition(b",")
        if b"," not in name:
            raise EvidenceError.of("`BRDA` has no line, block, branch and count")
        key = (_number(number), name)
        self.branches[key] = _reached(taken) or self.branches.get(key, False)

    def function(self, value: bytes) -> None:
        """`FN:<line>,[<last line>,]<name>`."""
        found = _FUNCTION.fullmatch(value)
        if not found:
            raise EvidenceError.of("`FN` has no line number and name")
        self.functions.setdefault(found[1], False)

    def entered(self, value: bytes) -> None:
        """`FNDA:<hits>,<name>`."""
        hits, _, name = value.partition(b",")
        self.functions[name] = _reached(hits) or self.functions.get(name, False)

    def function_start(self, value: bytes) -> None:
        """`FNL:<index>,<line>[,<last line>]`, from LCOV 2.2 on."""
        index, _, lines = value.partition(b",")
        self.starts[index] = lines.partition(b",")[0]
        self.functions.setdefault(self.starts[index], False)

    def alias_entered(self, value: bytes) -> None:
        """`FNA:<index>,<hits>,<name>`: all names of one place in the source are one function."""
        index, _, rest = value.partition(b",")
        hits, _, name = rest.partition(b",")
        function = self.starts.get(index, name)
        self.functions[function] = _reached(hits) or self.functions.get(function, False)

    def close(self) -> bool:
        """End the section; tells whether its line totals, if it has any, agree with its lines, if it lists any."""
        listed = Ratio(len(self.covered), len(self.executable))
        agrees = not listed.valid or b"LF" not in self.totals or self._stated(b"LF", b"LH") == listed
        for found, hit in ((b"LF", b"LH"), (b"BRF", b"BRH"), (b"FNF", b"FNH")):
            self.stated[found] = max(self._stated(found, hit), self.stated.get(found, Ratio()), key=_extent)
        self.executable, self.covered, self.totals, self.starts = [], [], {}, {}
        return agrees

    def _stated(self, found: bytes, hit: bytes) -> Ratio:
        ratio = Ratio(self.totals.get(hit, 0), self.totals.get(found, 0))
        if ratio.covered > ratio.valid:
            raise EvidenceError.of(f"`{hit.decode()}` is greater than `{found.decode()}`")
        return ratio

    def complete(self, file: Measured) -> None:
        """Add what the sections say together; totals count only where nothing is listed."""
        file.count_branches((line, taken) for (line, _), taken in self.branches.items())
        file.line_total = None if file.executable else self._total(b"LF")
        file.branch_total = None if file.branches else self._total(b"BRF")
        entered = Ratio(sum(self.functions.values()), len(self.functions))
        file.functions = entered if self.functions else self.stated[b"FNF"]

    def _total(self, found: bytes) -> Ratio | None:
        return self.stated[found] if self.stated[found].valid else None


_RECORDS: Mapping[bytes, Callable[[_Source, bytes], None]] = {
    b"DA": _Source.line,
    b"BRDA": _Source.branch,
    b"FN": _Source.function,
    b"FNDA": _Source.entered,
    b"FNL": _Source.function_start,
    b"FNA": _Source.alias_entered,
}
_TOTALS = frozenset({b"LF", b"LH", b"BRF", b"BRH", b"FNF", b"FNH"})
_PASSED_OVER = frozenset({b"TN", b"VER", b"MCDC", b"MCF", b"MCH"})


class _Tracefile:
    """A tracefile as far as it is read. Sections of the same source file are merged."""

    def __init__(self) -> None:
        self.disagreeing = 0
        self._files = SourceFiles()
        self._sources: dict[str, _Source] = {}
        self._path = ""
        self._open: _Source | None = None
        self._naming = False

    def line(self, line: bytes) -> None:
        """One line of the file; raises EvidenceError where it is no record, or one in the wrong place."""
        tag, colon, value = line.partition(b":")
        naming, self._naming = self._naming, False
        if self._open is None or not colon:
            self._outside(line, tag, value, naming=naming)
        elif tag in _RECORDS:
            _RECORDS[tag](self._open, value)
        elif tag in _TOTALS:
            self._open.totals[tag] = _number(value)
        elif tag not in _PASSED_OVER:
            self._outside(line, tag, value, naming=naming)

    def _outside(self, line: bytes, tag: bytes, value: bytes, *, naming: bool) -> None:
        """A line that is no record of an open section."""
        if line == b"end_of_record":
            self._end()
        elif tag == b"SF" and value:
            self._begin(_text(value))
        elif naming and self._path.startswith("data:"):
            # Firefox measures modules that are data URLs: their name is their source, of several lines.
            self._open = None
            self._begin(f"{self._path}\n{_text(line)}")
        elif tag in _RECORDS or tag in _TOTALS:
            raise EvidenceError.of(f"`{tag.decode()}` outside a section, which `SF` begins")
        elif line and not line.startswith(b"#") and (tag not in _PASSED_OVER or tag == line):
            raise EvidenceError.of(f"`{line[:60].decode(errors='replace')}` is no record of a tracefile")

    def _begin(self, path: str) -> None:
        if self._open is not None:
            raise EvidenceError.of(f"the section of {self._path[:200]} has no `end_of_record`")
        self._path, self._naming = path, True
        self._open = self._sources.get(path, _Source())

    def _end(self) -> None:
        if self._open is None:
            raise EvidenceError.of("`end_of_record` without `SF`")
        self._sources[self._path] = self._open
        self._files.add_lines(self._path, self._open.executable, self._open.covered)
        self.disagreeing += not self._open.close()
        self._open = None

    def finish(self) -> Iterator[CoverageFile]:
        """The records; raises EvidenceError where the last section is cut off."""
        if self._open is not None:
            raise EvidenceError.of(f"ends before the `end_of_record` of {self._path[:200]}: the file is cut off")
        for path, source in self._sources.items():
            source.complete(self._files[path])
        return self._files.records()


def _extent(ratio: Ratio) -> tuple[int, int]:
    return ratio.valid, ratio.covered


def _number(digits: bytes) -> int:
    if not digits.isdigit() or len(digits) > MAX_DIGITS:
        raise EvidenceError.of(f"`{digits[:60].decode(errors='replace')}` is no line number or count")
    return int(digits)


def _reached(hits: bytes) -> bool:
    """`-` says that nothing was executed."""
    if hits.isdigit():
        return bool(hits.strip(b"0"))
    return hits != b"-" and reached(hits.decode(errors="replace"))


def _text(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError as error:
        raise EvidenceError.of("a file name is not UTF-8") from error


def recognises(head: Head) -> bool:
    """A tracefile starts with a source file, or with a test name and a record."""
    return bool(_START.match(head.start))


def read(content: bytes) -> Iterator[Statement | CoverageFile]:
    """One record a source file; then the statement.

    A line is covered when any section reached it, a branch likewise; totals (`LF`, `LH`) count only for files whose
    lines are not listed. A section without its `end_of_record` is a file cut off, and refused: what is missing
    could be what was not covered.
    """
    trace = _Tracefile()
    for number, line in enumerate(io.BytesIO(content), 1):
        try:
            trace.line(line.rstrip())
        except EvidenceError as error:
            raise error.at_line(number) from error
    yield from trace.finish()
    yield Statement("LCOV", FORMAT.proves, remarks=tuple(_remarks(trace.disagreeing)))


def _remarks(disagreeing: int) -> Iterator[Problem]:
    """Real tools count generated or repeated lines in `LF`, so that a difference says nothing against the lines."""
    if disagreeing:
        message = f"the totals (LF, LH) of {disagreeing} sections differ from their lines; the lines were counted"
        yield Problem(Slug.CONTRADICTION, message)


FORMAT = Format(
    id="lcov",
    title="LCOV tracefile",
    proves=frozenset({CoverageFile}),
    recognises=recognises,
    read=read,
    tools="lcov, gcovr, c8, nyc, Jest, cargo-llvm-cov, coverage.py",
    specification="geninfo(1), section TRACEFILE FORMAT",
)
