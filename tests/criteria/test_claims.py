"""Where people say that the proof is."""

import pytest

from gate.criteria.claims import Claim, claim_of, unproved
from gate.criteria.tree import Tree
from gate.model.evidence import Inventory
from tests.conftest import no_hang

TREE = Tree(
    Inventory(
        {
            "README.md": 10,
            "docs/guide/a.md": 5,
            "docs/empty.md": 0,
            "evidence/sast/a.sarif": 9,
            "evidence/void/.gitkeep": 0,
            "src/app.py": 1,
            "docs/my file.md": 3,
        }
    )
)


@pytest.mark.parametrize(
    ("cell", "paths"),
    [
        ("`docs/a.md`", ["docs/a.md"]),
        ("`docs/a.md`, `evidence/sast/`", ["docs/a.md", "evidence/sast/"]),
        ("Code (`src/ingestion/*`)", ["src/ingestion/*"]),
        ("`deploy/nginx.conf`, proxy rules", ["deploy/nginx.conf"]),
        ("`src/main.py` (rate_limit)", ["src/main.py"]),
        ("[Summary](evidence/S.md)", ["evidence/S.md"]),
        ("[`S`](evidence/S.md)", ["evidence/S.md"]),
        ("[S](<evidence/S.md> 'title')", ["evidence/S.md"]),
        ("``docs/a.md``", ["docs/a.md"]),
        ("docs/a.md and SECURITY.md", ["docs/a.md", "SECURITY.md"]),
        ("see docs/a.md.", ["docs/a.md"]),
        ("docs/a.md<br>docs/b.md;docs/c.md", ["docs/a.md", "docs/b.md", "docs/c.md"]),
        ("`src/app.py:12-14`", ["src/app.py"]),
        ("[a](src/app.py#L3)", ["src/app.py"]),
        ("`docs/my file.md`", ["docs/my file.md"]),
        ("docs/guide", ["docs/guide"]),
        ("`docs/a.md` `docs/a.md`", ["docs/a.md"]),
        ("[a](docs/my%20file.md)", ["docs/my file.md"]),
        ("evidence/**/*.sarif", ["evidence/**/*.sarif"]),
        ("Prometheus config, OpenTelemetry packages", []),
        ("CSP/COOP headers", []),
        ("Node.js middleware on example.com", []),
        ("`rate_limit` and `npm test`", []),
        ("e.g. the log", []),
        ("(see docs/a.md)", []),
        ("", []),
        ("—", []),
    ],
)
def test_paths_are_found_among_prose(cell: str, paths: list[str]) -> None:
    """Links and code spans that look like paths, and words that can be nothing else; notes are no claims."""
    assert list(claim_of(cell, TREE).paths) == paths


@pytest.mark.parametrize(
    "cell", ["https://example.org/report", "[run](https://example.org/run)", "`https://example.org/a.md`"]
)
def test_place_outside_of_the_workspace_is_no_path(cell: str) -> None:
    """It is noted that there is one."""
    assert claim_of(cell, TREE) == Claim((), elsewhere=True, asides=())


def test_notes_in_parentheses_are_kept_apart() -> None:
    """One of them may say that the proof is pending."""
    assert claim_of("`docs/a.md` (pending), `docs/b.md` (from CI)", TREE).asides == ("pending", "from CI")


@pytest.mark.parametrize(
    ("path", "proved"),
    [
        ("README.md", True),
        ("./README.md", True),
        ("docs/empty.md", False),
        ("docs/nothing.md", False),
        ("evidence/sast", True),
        ("evidence/sast/", True),
        ("evidence/void/", False),
        ("docs/", True),
        ("evidence/*/*.sarif", True),
        ("evidence/**", True),
        ("evidence/void/*", False),
        ("docs/*.pdf", False),
        ("../README.md", True),
        ("guide/a.md", True),
        ("../../README.md", False),
        ("/README.md", True),
        ("readme.md", False),
    ],
)
def test_path_is_proved_by_a_file_that_holds_something(path: str, proved: bool) -> None:  # noqa: FBT001 - a table
    """Seen from the root or from the document; a folder by any file below it; never from outside of the workspace."""
    assert (list(unproved(Claim((path,), elsewhere=False, asides=()), "docs/list.md", TREE)) == []) is proved


@pytest.mark.parametrize(
    "cell",
    ["`" * 100_000, "[](" + "a" * 100_000, "[](" * 50_000, "(" * 100_000, "#" * 100_000, ":1" * 50_000, "a/" * 50_000],
    ids=range(7),
)
def test_hostile_cell_is_read_in_linear_time(cell: str) -> None:
    """A cell is a stranger's text."""
    with no_hang():
        list(unproved(claim_of(cell, TREE), "a.md", TREE))
