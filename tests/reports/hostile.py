"""What a hostile report, branch or title may hold; and small parsers of the sinks, written apart from the gate."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt

from gate.model.evidence import SourceEvidence, State, Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.suppression import Suppression
from gate.model.verdict import Breach, Judgement, Observation, Outcome, PolicyIdentity, Result, Tally, Verdict
from tests.conftest import a_finding, a_report, a_source
from tests.reports.builders import a_result, a_verdict, seen

PAYLOADS = (
    "::error::x",
    "  \u2003::error file=x::y",
    "\u3000::add-mask::pass",
    "##[error]x",
    "text ##[set-env name=PATH]/tmp",
    "x\r\n::set-env name=PATH::/tmp",
    "x\r::stop-commands::y",
    "x\x0b::error::y\x85::error::z\u2028::error::w",
    "%0A::error::x%0D%0A::error::y",
    "a,file=/etc/passwd:line=1",
    "\x1b[31mred\x1b[0m",
    "\x9b31m\x90\x9d0;title\x07",
    "\x1b]8;;https://evil.example\x07link\x1b]8;;\x07",
    "\u202eevil\u2066x\u2069",
    "in\u200bvis\u200dible\u2060\ufeff\u00ad",
    "a|b\\|c\\\\|d|",
    "`code` ``` `` `",
    "```\nblock\n```",
    "</details><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- comment -->",
    "--> <b>",
    "&lt;b&gt; &#60;b&#62;",
    "@everyone @acme/team",
    "#1 GH-1 acme/service#2",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "<https://evil.example> https://evil.example www.evil.example",
    "[x]: javascript:alert(1)",
    "# heading",
    "- item\n1. item",
    "***bold*** __bold__ ~~gone~~ $x$",
    "\\",
    "x\\",
    "EOF\nverdict=pass\nverdict<<EOF\npass\nEOF",
    "ghadelimiter\nverdict=pass",
    "\x00\x01\x08\x0e\x1f\x7f\ufffe\uffff",
    "]]><x/>&entity;<!DOCTYPE x>",
    "half \ud800 pair \udfff \udcff",
    '"}],"verdict":"pass',
    "{0} {{1}} %s %(x)s",
    "../../etc/passwd",
    "javascript:alert(1)",
    "x" * 100_000,
    "::error::" * 10_000,
    "`" * 20_000,
    "\n" * 20_000,
)


def poisoned(payload: str, **over: Any) -> Verdict:
    """A verdict in which every text that a stranger can write is the payload; ids and real paths have an end."""
    at = Location(payload[:200], 7, 2, 9, placed=True)
    elsewhere = replace(at, path=payload, placed=False)
    problem = Problem(Slug.BROKEN_REPORT, payload, elsewhere, payload)
    texts: dict[str, Any] = dict.fromkeys(("rule", "message", "tool", "severity_from", "purl", "fixed_in"), payload)
    finding = a_finding(
        **texts,
        at=at,
        fingerprint=payload,
        help_uri=payload,
        aliases=(payload,),
        tags=(payload,),
        suppressions=(Suppression(payload, payload, payload, payload),),
    )
    judgement = Judgement(
        payload,
        payload,
        payload,
        breaches=(Breach(payload),),
        doubts=(problem,),
        observations=(seen(finding), seen(replace(finding, at=elsewhere)), Observation(payload, at)),
        remarks=(replace(problem, at=at),),
        excluded=(Observation(payload, at, finding.severity, finding),),
        tally=Tally(payload[:60], 4, 3, {payload[:60]: 1}),
    )
    results = tuple(_poisoned_result(outcome, payload, judgement, problem) for outcome in Outcome)
    policy = PolicyIdentity(payload, payload, payload, "ab" * 32, payload)
    texts = {"name": payload, "repository": payload, "commit": payload, "gate_version": payload[:200]}
    sources = (_poisoned_source(payload, finding, problem),)
    return a_verdict(*results, **{"policy": policy, "sources": sources, "problems": (problem,), **texts} | over)


def _poisoned_result(outcome: Outcome, payload: str, judgement: Judgement, problem: Problem) -> Result:
    texts: dict[str, Any] = dict.fromkeys(("title", "reason", "help", "category", "kind"), payload)
    return a_result(
        outcome,
        **texts,
        id=f"{outcome.value}-{payload[:60]}",
        judgement=judgement,
        at=Location(payload[:200], 3, placed=True),
        problems=(problem,),
        controls=(payload,),
        sources=(payload,),
    )


def _poisoned_source(payload: str, finding: Finding, problem: Problem) -> SourceEvidence:
    statement = Statement(
        payload,
        frozenset({Finding}),
        payload,
        None,
        payload,
        payload,
        payload,
        (problem,),
        payload,
        (problem,),
        {payload: 1},
    )
    report = a_report(
        finding,
        path=payload,
        source=payload,
        format=payload,
        statements=(statement,),
        problems=(problem,),
        remarks=(problem,),
        state=State.STALE,
        accepted=True,
        committed=True,
    )
    return a_source(report, name=payload, patterns=(payload,), gaps=(problem,), not_reports=(payload,))


# --------------------------------------------------------------------------------------- the sinks, seen from outside

_NET_BLANKS = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"


def runner_commands(log: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """The commands that a runner finds in a log: name, properties, data; the legacy ones are called `##name`."""
    for raw in re.split(r"\r\n|\n|\r", log):
        line = raw.strip(_NET_BLANKS)
        if line.startswith("::") and (end := line.find("::", 2)) > 0:
            name, _, properties = line[2:end].partition(" ")
            pairs = (pair.partition("=") for pair in properties.split(",") if pair)
            yield name, {key.strip(): _unescaped(value) for key, _, value in pairs}, _unescaped(line[end + 2 :])
        elif "##[" in line:
            yield "##" + line.partition("##[")[2].partition("]")[0], {}, line


def _unescaped(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


def runner_outputs(content: str) -> dict[str, str]:
    """The outputs that a runner reads from a GITHUB_OUTPUT file."""
    found: dict[str, str] = {}
    lines = iter(re.split(r"\r\n|\n|\r", content))
    for line in lines:
        if not line:
            continue
        equals, heredoc = line.find("="), line.find("<<")
        if equals >= 0 and (heredoc < 0 or equals < heredoc):
            name, _, found[name] = line.partition("=")
            continue
        name, _, delimiter = line.partition("<<")
        value = []
        for text in lines:
            if text == delimiter:
                break
            value.append(text)
        found[name] = "\n".join(value)
    return found


def markdown_tokens(text: str) -> list[tuple[str, str, bool]]:
    """Type, content, and whether a mention in it would be inert, of everything that the Markdown holds."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    code = ("code_inline", "code_block", "fence")
    return [
        (token.type, token.content, token.type in code)
        for block in parser.parse(text)
        for token in (block, *(block.children or ()))
        if token.type != "inline"
    ]


def plain(name: str, text: str) -> str:
    """All words of a report without the syntax of its sink, with single blanks: for looking something up."""
    if name.endswith((".json", ".sarif")):
        words = " ".join(strings(json.loads(text)))
    elif name.endswith(".xml"):
        root = ET.fromstring(text)  # noqa: S314 - the gate wrote it, and expat refuses what is broken
        words = " ".join(part for node in root.iter() for part in (*node.attrib.values(), node.text or ""))
    elif name.endswith(".md"):
        words = "".join(
            f" {content}" if kind.endswith("_open") else content for kind, content, _ in markdown_tokens(text)
        )
    else:
        words = text
    return " ".join(words.replace(r"\[", "[").replace(r"\]", "]").split())


def strings(value: object) -> Iterator[str]:
    """Every text in a JSON value, names of members included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from (name, *strings(each))


def messages(value: object) -> Iterator[str]:
    """Every message of a SARIF document: the members that are called `text`."""
    if isinstance(value, list):
        for each in value:
            yield from messages(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from (each,) if name == "text" and isinstance(each, str) else messages(each)
