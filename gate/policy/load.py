"""The policy that judges: found, inherited, validated and cross-checked, or refused with every mistake at once."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath

from gate import __version__
from gate.criteria.base import Criterion, SourceCriterion
from gate.criteria.kinds import KINDS, LATER_KINDS, class_of
from gate.errors import PolicyError
from gate.evaluate import Demand, Situation, why_not_applicable
from gate.model.evidence import SourceKey
from gate.model.location import Location
from gate.model.problem import Problem, Slug
from gate.model.request import SourceRequest
from gate.model.verdict import PolicyIdentity
from gate.model.words import did_you_mean
from gate.policy.check import Declared, Whole, mistakes, oddities
from gate.policy.find import HOME, PolicyText, Shelf
from gate.policy.inherit import gather
from gate.policy.mistakes import MOST_PROBLEMS, NOT_YET, dotted, misspelt, scalar, validated
from gate.policy.schema import LONGEST_NAME, PolicyFile
from gate.policy.sources import NamedSource, keys_of, request_of
from gate.policy.tree import Member, Node

MAX_CRITERIA = 1000


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy ready to judge.

    `demands` are its criteria in their order, `requests` the evidence that those need which apply now. `sources` are
    the names declared under `evidence`, `files` the policy and all that it extends, itself first.
    """

    identity: PolicyIdentity
    demands: Mapping[str, Demand]
    requests: Mapping[SourceKey, SourceRequest]
    warnings: tuple[Problem, ...]
    sources: frozenset[str]
    files: tuple[PolicyText, ...]
    needs_inventory: bool


def load(reference: str, *, workspace: Path, shipped: Path, situation: Situation, formats: Collection[str]) -> Policy:
    """The policy of this name or path; of the repository, or the shipped default, where `reference` is empty.

    `shipped` is the folder of the policies that come with the gate, `formats` are the ids that a source may name.
    Raises PolicyError with every mistake at once, in the order of the file.
    """
    shelf = Shelf(workspace, shipped)
    first = shelf.first(reference)
    lineage = gather(first, shelf)
    if lineage.root is None:
        raise _refused(lineage.problems)
    root = lineage.root
    if unwieldy := _unwieldy(root):
        raise _refused(lineage.problems, [unwieldy])
    frame, problems = validated(PolicyFile, _frame_of(root), root.at)
    blamed = frozenset(problem.at for problem in lineage.problems)
    criteria, wrong = _criteria_of(root.get("criteria"), blamed)
    whole = _whole(root, frame, criteria)
    problems = (*problems, *wrong, *islice(mistakes(whole, formats), MOST_PROBLEMS + 1))
    if frame is None or problems or lineage.problems:
        raise _refused(lineage.problems, problems)
    return _policy(frame, whole, lineage.files, situation, implied=not reference)


def _unwieldy(root: Node) -> Problem | None:
    """Why a policy is not even looked at."""
    criteria = root.members.get("criteria")
    if criteria is None or len(criteria.node.members) <= MAX_CRITERIA:
        return None
    return Problem(Slug.OVER_LIMIT, f"criteria: more than {MAX_CRITERIA}", criteria.at, "split the policy into several")


def _frame_of(root: Node) -> Node:
    """The policy with nothing below the ids of its criteria: what may stand there, their kinds know."""
    criteria = root.members.get("criteria")
    if criteria is None or criteria.node.value is None:
        return Node({key: member for key, member in root.members.items() if key != "criteria"}, root.at)
    if not criteria.node.is_mapping:
        return root
    hollow = {name: Member(member.at, Node("", member.at)) for name, member in criteria.node.members.items()}
    return Node({**root.members, "criteria": Member(criteria.at, Node(hollow, criteria.node.at))}, root.at)


def _criteria_of(
    node: Node | None, blamed: frozenset[Location | None]
) -> tuple[dict[str, Declared], tuple[Problem, ...]]:
    """Every criterion that is right by itself, and the mistakes in all others; places in `blamed` have theirs."""
    declared: dict[str, Declared] = {}
    problems: list[Problem] = []
    members = node.members if node else {}
    for name, member in members.items():
        kind, unfit = _kind_of(name, member, members)
        problems += unfit
        if kind and member.node.members["kind"].node.at not in blamed:
            path = ("criteria", name)
            criterion, wrong = validated(class_of(kind), member.node, member.at, path, kind)
            problems += wrong
            if criterion:
                declared[name] = Declared(criterion, member.node, member.at)
    return declared, tuple(problems)


def _kind_of(name: str, member: Member, all_of_them: Mapping[str, Member]) -> tuple[str, tuple[Problem, ...]]:
    """The kind of a criterion, or why it has none: perhaps it was meant to change an inherited one."""
    path = dotted(("criteria", name))
    if not member.node.is_mapping:
        message = f"{path}: expected a mapping with a `kind`, not {scalar(member.node)}"
        return "", (Problem(Slug.BAD_VALUE, message, member.at),)
    node = member.node.get("kind")
    if node is None:
        problem = misspelt(member.node, member.at, "kind", set(Criterion.model_fields), ("criteria", name))
        complete = [other for other, there in all_of_them.items() if there.node.get("kind")]
        return "", (replace(problem, hint=problem.hint or did_you_mean(name, complete)),)
    kind = str(node.value) if isinstance(node.value, str) else ""
    if kind in KINDS:
        return kind, ()
    if kind in LATER_KINDS:
        message = f"{path}.kind: the kind {kind!r} {NOT_YET}"
        return "", (Problem(Slug.NOT_YET, message, node.at, "remove the criterion"),)
    hint = did_you_mean(kind, KINDS) or f"the kinds are {', '.join(KINDS)}"
    return "", (Problem(Slug.UNKNOWN_KIND, f"{path}.kind: no kind is called {scalar(node)}", node.at, hint),)


def _whole(root: Node, frame: PolicyFile | None, criteria: Mapping[str, Declared]) -> Whole:
    ids, evidence = root.get("criteria"), root.get("evidence")
    members = evidence.members if evidence else {}
    # Where the frame is wrong, a policy without `evidence` may have it under a misspelt key.
    readable = frame is not None or (evidence is not None and evidence.is_mapping)
    return Whole(
        ids=frozenset(ids.members if ids else ()),
        criteria=criteria,
        source_names=frozenset(members) if readable else None,
        sources={
            name: NamedSource(source, members[name].node, members[name].at)
            for name, source in (frame.evidence if frame else {}).items()
        },
    )


def _policy(
    frame: PolicyFile, whole: Whole, files: tuple[PolicyText, ...], situation: Situation, *, implied: bool
) -> Policy:
    idle = {name for name, declared in whole.criteria.items() if why_not_applicable(declared.criterion, situation)}
    whole = replace(whole, idle=frozenset(idle))
    demands = {
        name: Demand(
            id=name,
            criterion=declared.criterion,
            at=declared.at,
            sources=keys_of(name, declared.criterion, whole.sources),
            members=whole.members_of(name),
            group=whole.group_of(name),
        )
        for name, declared in whole.criteria.items()
    }
    judging = [demand for name, demand in demands.items() if name not in idle]
    return Policy(
        identity=_identity(frame, files[0], implied=implied),
        demands=demands,
        requests=_requests(judging, whole, honour=frame.suppressions == "honour"),
        warnings=tuple(oddities(whole, files[0].at, situation.stage)),
        sources=frozenset(whole.sources),
        files=files,
        needs_inventory=any(
            isinstance(demand.criterion, SourceCriterion) and demand.criterion.needs_inventory for demand in judging
        ),
    )


def _requests(judging: Iterable[Demand], whole: Whole, *, honour: bool) -> dict[SourceKey, SourceRequest]:
    """One request for each source that a criterion uses which applies now."""
    users: dict[SourceKey, dict[str, SourceCriterion]] = {}
    for demand in judging:
        if isinstance(demand.criterion, SourceCriterion):
            for key in demand.sources:
                users.setdefault(key, {})[demand.id] = demand.criterion
    places = {demand.id: demand.at for demand in judging}
    return {key: request_of(key, of_key, whole.sources, places, honour=honour) for key, of_key in users.items()}


def _identity(frame: PolicyFile, file: PolicyText, *, implied: bool) -> PolicyIdentity:
    name = frame.name or _kebab(PurePosixPath(file.path).stem)
    origin = "the workspace"
    if file.shipped:
        origin = f"shipped with gate {__version__}" + (f", because there is no {HOME[0]}" if implied else "")
    return PolicyIdentity(name, frame.title or name, file.path, file.sha256, origin)


def _kebab(stem: str) -> str:
    """A file name as the name of a policy."""
    return re.sub(r"[^a-z0-9]+", "-", stem.lower())[:LONGEST_NAME].strip("-") or "policy"


def _refused(certain: Iterable[Problem], others: Iterable[Problem] = ()) -> PolicyError:
    """All problems in the order of the files; what stands at the place of a certain one is its consequence."""
    blamed = dict.fromkeys(certain)
    places = {problem.at for problem in blamed}
    rest = dict.fromkeys(problem for problem in others if problem.at not in places)
    problems = sorted((*blamed, *rest), key=_place)
    if len(problems) > MOST_PROBLEMS:
        more = Problem(problems[MOST_PROBLEMS].slug, f"more than {MOST_PROBLEMS} mistakes: the rest is not shown")
        problems = [*problems[:MOST_PROBLEMS], more]
    return PolicyError(problems)


def _place(problem: Problem) -> tuple[str, int, int]:
    at = problem.at or Location("")
    return at.path, at.line or 0, at.column or 0
