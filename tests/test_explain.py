"""Everything that the gate names can be explained."""

import pytest

from gate.criteria.kinds import KINDS
from gate.explain import explain_kind, explain_slug, table_of_formats
from gate.formats import FORMATS
from gate.model.problem import Slug
from gate.slugs import SLUGS


@pytest.mark.parametrize("slug", Slug)
def test_every_problem_is_explained(slug: Slug) -> None:
    """Whoever reads a slug in a log can ask what it means and what to do."""
    text = explain_slug(slug, SLUGS[slug])
    assert text.startswith(slug)
    assert SLUGS[slug].do in text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_explained(kind: str) -> None:
    """With each of its fields described, and the evidence it needs."""
    text = explain_kind(kind)
    fields = text.split("fields:\n")[1].split("\n\n")[0].splitlines()
    assert fields
    assert all(len(line.split(maxsplit=1)) == 2 for line in fields)
    assert "evidence:" in text


def test_every_format_is_listed() -> None:
    """With what it proves."""
    table = table_of_formats()
    assert all(f"{each.id} " in table for each in FORMATS)
