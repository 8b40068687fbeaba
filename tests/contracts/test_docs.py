"""What the pages say is what the code does."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from gate.criteria.kinds import KINDS, LATER_KINDS
from gate.evaluate import Situation
from gate.formats import BY_ID
from gate.model.evidence import State
from gate.model.problem import Slug
from gate.policy.load import load
from gate.settings import INPUTS
from gate.slugs import SLUGS
from tests.conftest import TODAY

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")))
_BLOCK = re.compile(r"^```ya?ml\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [
    pytest.param(found[1], id=f"{page.relative_to(ROOT)}:{page.read_text()[: found.start()].count(chr(10)) + 1}")
    for page in PAGES
    for found in _BLOCK.finditer(page.read_text())
]


def generator() -> ModuleType:
    """docs/generate.py."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_code() -> None:
    """`make docs` would change nothing."""
    generate = generator()
    stale = [
        page for page in generate.PAGES if generate.renewed((ROOT / page).read_text()) != (ROOT / page).read_text()
    ]
    assert stale == []


def test_every_table_is_on_a_page() -> None:
    """No table is written for nobody."""
    text = "".join((ROOT / page).read_text() for page in generator().PAGES)
    assert [name for name in generator().BLOCKS if f"<!-- begin {name} -->" not in text] == []


def test_every_problem_has_an_entry() -> None:
    """The closed set of slugs and its explanations are the same set."""
    assert set(SLUGS) == set(Slug)


def test_every_state_is_in_the_readme_and_in_the_language() -> None:
    """A user meets them in every report."""
    for page in ("README.md", "docs/policy.md"):
        text = (ROOT / page).read_text()
        assert [state for state in State if f"| `{state}` |" not in text] == []


def test_kinds_that_come_later_are_told() -> None:
    """Nobody looks for them in vain."""
    text = (ROOT / "docs/policy.md").read_text()
    assert [kind for kind in LATER_KINDS if f"`{kind}`" not in text] == []
    assert not LATER_KINDS & set(KINDS)


def test_the_action_has_the_inputs_that_the_gate_reads() -> None:
    """With the same defaults."""
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    assert {name: each.get("default", "") for name, each in action["inputs"].items()} == dict(INPUTS)


@pytest.mark.parametrize("block", BLOCKS)
def test_every_yaml_block_means_something(block: str, tmp_path: Path) -> None:
    """A policy loads; a workflow with several jobs and the gate checks out the whole history and always runs."""
    if "schema: gate/v1" in block:
        (tmp_path / "policy.yml").write_text(block)
        policy = load(
            "policy.yml",
            workspace=tmp_path,
            shipped=ROOT / "policies",
            situation=Situation(TODAY),
            formats=frozenset(BY_ID),
        )
        assert policy.demands
        return
    document = yaml.safe_load(block)
    assert document
    if "uses: owner/gate" in block:
        assert "fetch-depth: 0" in block
        assert "if: always()" in block
    if isinstance(document, dict) and "jobs" in document and "gate" in document["jobs"]:
        assert document["jobs"]["gate"]["if"] == "always()"
        assert document["jobs"]["gate"]["needs"]
