"""Writes the tables in README.md and docs/ from the code. `make docs` runs it; a test says when it is due.

A table stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; whatever is there is replaced.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from gate.criteria.base import Criterion, SourceCriterion
from gate.criteria.kinds import KINDS, class_of
from gate.criteria.source import Source
from gate.explain import own_fields, record_names
from gate.formats import FORMATS
from gate.model.tools import TOOLS
from gate.policy.jsonschema import policy_schema
from gate.policy.yaml import compose
from gate.slugs import EVIDENCE, POLICY, USAGE, Entry

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "docs/policy.md", "docs/problems.md", "docs/severity.md", "docs/formats.md")
_BLOCK = re.compile(r"(<!-- begin ([a-z-]+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; pipes inside cells are escaped."""
    lines = ["| " + " | ".join(header) + " |"]
    lines.append("|" + "---|" * (lines[0].count("|") - 1))
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _action(part: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """The inputs or the outputs of action.yml."""
    root = compose((ROOT / "action.yml").read_text(), "action.yml").get(part)
    for name, member in (root.members if root else {}).items():
        plain = member.node.plain()
        if isinstance(plain, dict):
            yield name, plain


def inputs() -> str:
    """The inputs of the action."""
    rows = (
        (f"`{name}`", str(each["description"]), f"`{each.get('default') or ''}`".replace("``", ""))
        for name, each in _action("inputs")
    )
    return table(("input", "meaning", "default"), rows)


def outputs() -> str:
    """The outputs of the action."""
    return table(("output", "meaning"), ((f"`{name}`", str(each["description"])) for name, each in _action("outputs")))


def kinds() -> str:
    """The kinds of criteria, a line each."""
    return table(("kind", "asks"), ((f"[`{kind}`](docs/policy.md#{kind})", _asks(class_of(kind))) for kind in KINDS))


def _asks(criterion: type[Criterion]) -> str:
    return (criterion.__doc__ or "").splitlines()[0].rstrip(".")


def fields_of(kind: str) -> str:
    """The fields of a kind: what each takes, and what it means."""
    criterion = class_of(kind)
    properties = _SCHEMA["$defs"][criterion.__name__]["properties"]
    rows = ((f"`{name}`", _takes(properties[name]), text) for name, text in own_fields(criterion) if name != "kind")
    searches = issubclass(criterion, SourceCriterion) and criterion.searches
    where = "Without `from` or `files` it looks in the default places.\n\n" if searches else ""
    return where + table(("field", "takes", "meaning"), rows)


def _takes(value: Mapping[str, Any]) -> str:  # noqa: PLR0911 - one return for each form of schema
    """The values that a JSON Schema allows, in a few words."""
    if "$ref" in value:
        inner = _SCHEMA["$defs"][value["$ref"].rpartition("/")[2]]
        return "mapping of " + ", ".join(f"`{name}`" for name in inner["properties"])
    if "anyOf" in value:
        return ", ".join(dict.fromkeys(filter(None, map(_takes, value["anyOf"]))))
    if "const" in value or "enum" in value:
        return ", ".join(f"`{word}`" for word in value.get("enum", [value.get("const")]))
    if "pattern" in value:
        return "percentage" if "%" in value["pattern"] else "duration" if "ms" in value["pattern"] else "text"
    if value.get("type") == "array":
        return f"list of {_takes(value['items'])}"
    if value.get("type") == "object":
        return f"mapping of name to {_takes(value['additionalProperties'])}"
    return _WORDS.get(value.get("type", ""), "text")


_SCHEMA = policy_schema()
_WORDS = {"integer": "number", "number": "", "boolean": "`true`, `false`", "string": "text"}


def common_fields() -> str:
    """What every criterion can say."""
    described = ((name, field.description or "") for name, field in Criterion.model_fields.items() if name != "kind")
    return table(("field", "meaning"), ((f"`{name}`", text) for name, text in described))


def source_fields() -> str:
    """What a source can say."""
    rows = ((f"`{name}`", field.description or "") for name, field in Source.model_fields.items())
    return table(("field", "meaning"), rows)


def formats() -> str:
    """The report formats."""
    rows = ((f"`{each.id}`", each.title, ", ".join(record_names(each.proves)), each.tools) for each in FORMATS)
    return table(("id", "format", "evidence for", "written by"), rows)


def specifications() -> str:
    """The report formats with the specification that each reader follows."""
    rows = (
        (f"`{each.id}`", each.title, each.specification, "by content" if each.signature else "where asked for")
        for each in FORMATS
    )
    return table(("id", "format", "specification", "recognised"), rows)


def _problems(entries: Mapping[str, Entry]) -> str:
    return table(
        ("slug", "means", "what to do"), ((f"`{slug}`", entry.means, entry.do) for slug, entry in entries.items())
    )


def severities() -> str:
    """What the words of single tools mean."""
    rows = ((tool.name, tool.why, "withheld" if tool.scans_secrets else "") for tool in TOOLS.values())
    return table(("tool", "what its words mean", "messages"), rows)


def first_screen() -> str:
    """The annotations of the example on the README's first screen, as the runner's log has them."""
    printed = (ROOT / "tests/scenarios/a-pull-request-is-annotated/expected.txt").read_text()
    lines = [line for line in printed.splitlines() if line.startswith(("::error", "::warning"))]
    return "```text\n" + "\n".join(lines) + "\n```\n"


BLOCKS: Mapping[str, Callable[[], str]] = {
    "inputs": inputs,
    "outputs": outputs,
    "kinds": kinds,
    **{f"fields-of-{kind}": partial(fields_of, kind) for kind in KINDS},
    "common-fields": common_fields,
    "source-fields": source_fields,
    "formats": formats,
    "specifications": specifications,
    "problems-of-evidence": lambda: _problems(EVIDENCE),
    "problems-of-policies": lambda: _problems(POLICY),
    "problems-of-usage": lambda: _problems(USAGE),
    "severities": severities,
    "annotations-of-the-first-screen": first_screen,
}


def renewed(text: str) -> str:
    """The page with every block written anew. Raises KeyError for a block that nobody writes."""
    return _BLOCK.sub(lambda block: block[1] + BLOCKS[block[2]]() + block[3], text)


def main() -> int:
    """Rewrite the pages that are due, and name them."""
    written = {page: renewed((ROOT / page).read_text()) for page in PAGES}
    written["docs/policy.schema.json"] = json.dumps(policy_schema(), indent=2) + "\n"
    for page, text in written.items():
        path = ROOT / page
        if path.read_text() != text:
            path.write_text(text)
            print(f"wrote {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
