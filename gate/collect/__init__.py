"""From the workspace to evidence: the only part that reads what the earlier steps wrote."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from gate.collect.binding import Binding
from gate.collect.collector import Collector
from gate.collect.folders import Folders
from gate.collect.walk import ANY_DEPTH, find
from gate.collect.workspace import Workspace, shown
from gate.model.evidence import Inventory, SourceEvidence, SourceKey
from gate.model.limits import Limits
from gate.model.problem import Problem, Slug
from gate.model.request import SourceRequest

__all__ = ["Binding", "Collected", "Limits", "Workspace", "collect"]


@dataclass(frozen=True, slots=True)
class Collected:
    """Everything that was asked for. `problems` tell of limits that cut the inventory short."""

    sources: Mapping[SourceKey, SourceEvidence]
    inventory: Inventory = field(default_factory=Inventory)
    problems: tuple[Problem, ...] = ()


def collect(
    requests: Iterable[SourceRequest],
    workspace: Workspace,
    binding: Binding,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    *,
    inventory: bool = False,
) -> Collected:
    """The evidence of every source, and with `inventory` the sizes of all files of the workspace.

    Whatever is wrong with a file becomes its state, and reading goes on; an exception is a defect of the gate.
    """
    workspace = replace(workspace, root=workspace.root.resolve())
    collector = Collector(workspace, binding, limits)
    sources = {request.key: collector.source(request) for request in requests}
    if not inventory:
        return Collected(sources)
    sizes, problems = _sizes(collector.folders, workspace, limits)
    return Collected(sources, Inventory(sizes, workspace.base), problems)


def _sizes(folders: Folders, workspace: Workspace, limits: Limits) -> tuple[dict[str, int], tuple[Problem, ...]]:
    """The size of every regular file, links inside the workspace followed."""
    sizes: dict[str, int] = {}
    problems: list[Problem] = []
    for match in find(folders, replace(limits, files=limits.entries), (ANY_DEPTH,), every_name=True):
        if match.fault is None:
            with suppress(FileNotFoundError):
                sizes[shown(match.path)] = os.lstat(workspace.absolute(match.real)).st_size
        elif match.fault.slug is Slug.OVER_LIMIT:
            problems.append(match.fault)
    return sizes, tuple(problems)
