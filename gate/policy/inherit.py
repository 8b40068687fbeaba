"""`extends`: a policy and its parents as one tree, in which every node still knows the file that it came from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gate import __version__
from gate.errors import PolicyError
from gate.model.problem import Problem, Slug
from gate.policy.find import PolicyText, Shelf
from gate.policy.mistakes import dotted, misspelt, scalar
from gate.policy.schema import SCHEMA, PolicyFile
from gate.policy.tree import Member, Node
from gate.policy.yaml import scan

MAX_POLICIES = 32


@dataclass(frozen=True, slots=True)
class Lineage:
    """A policy with all that it inherits. `root` is None where a file among them cannot be used."""

    root: Node | None
    files: tuple[PolicyText, ...]
    problems: tuple[Problem, ...]


def gather(first: PolicyText, shelf: Shelf) -> Lineage:
    """Read a policy and its parents, and merge them. Problems are kept, never raised."""
    family = _Family(shelf)
    root = family.tree(first, ())
    return Lineage(root, tuple(family.files.values()), tuple(family.problems))


class _Family:
    """Every policy file is read and merged once, however often it is extended."""

    def __init__(self, shelf: Shelf) -> None:
        self.files: dict[str, PolicyText] = {}
        self.problems: list[Problem] = []
        self._shelf = shelf
        self._trees: dict[str, Node | None] = {}

    def tree(self, file: PolicyText, chain: tuple[str, ...]) -> Node | None:
        """The file with its parents beneath it; `chain` are the policies that extend it, the first one first."""
        if file.path not in self._trees:
            self.files[file.path] = file
            own = self._own(file)
            self._trees[file.path] = own and self._on_parents(own, file, (*chain, file.path))
        return self._trees[file.path]

    def _own(self, file: PolicyText) -> Node | None:
        """What the file itself says, if it is a policy at all."""
        composed = scan(file.text, file.at)
        self.problems += composed.problems
        if composed.root is None:
            if not composed.problems:
                self.problems.append(Problem(Slug.NO_CRITERIA, "the policy is empty", file.at, _SMALLEST))
            return None
        mistakes = list(_header_mistakes(composed.root))
        self.problems += mistakes or _version_mistakes(composed.root.get("gate_version"))
        return None if mistakes else composed.root

    def _on_parents(self, own: Node, file: PolicyText, chain: tuple[str, ...]) -> Node | None:
        """Later parents override earlier ones, and the file overrides all of them."""
        base: Node | None = None
        whole = True
        for reference in _references(own):
            parent = self._parent(reference, file, chain)
            whole = whole and parent is not None
            base = self._merged(base, parent) if base and parent else base or parent
        if not whole:
            return None
        # Which policy this is, the file says itself: a child never speaks in its parent's name.
        inherited = base and Node({key: at for key, at in base.members.items() if key not in _OWN_KEYS}, base.at)
        return self._merged(inherited, own) if inherited else own

    def _parent(self, reference: Node, file: PolicyText, chain: tuple[str, ...]) -> Node | None:
        try:
            parent = self._shelf.parent(str(reference.value), file, reference.at)
        except PolicyError as error:
            self.problems += error.problems
            return None
        if parent.path in chain:
            circle = " -> ".join((*chain[chain.index(parent.path) :], parent.path))
            self.problems.append(Problem(Slug.CYCLE, f"the policy extends itself: {circle}", reference.at))
            return None
        if len(self.files) >= MAX_POLICIES and parent.path not in self.files:
            message = f"more than {MAX_POLICIES} policies extend each other"
            self.problems.append(Problem(Slug.OVER_LIMIT, message, reference.at))
            return None
        return self.tree(parent, chain)

    def _merged(self, base: Node, over: Node) -> Node:
        self.problems += _changed_kinds(base, over)
        return merged(base, over)


def merged(base: Node, over: Node) -> Node:
    """Mappings merge key by key; anything else is replaced. Places are those of what was written last."""
    if not (base.is_mapping and over.is_mapping):
        return over
    members = dict(base.members)
    for key, member in over.members.items():
        beneath = members.get(key)
        members[key] = Member(member.at, merged(beneath.node, member.node) if beneath else member.node)
    return Node(members, over.at)


_OWN_KEYS = frozenset({"name", "extends"})
_SMALLEST = f"the smallest policy has `schema: {SCHEMA}` and, under `criteria`, an id with a `kind`"


def _header_mistakes(root: Node) -> Iterator[Problem]:
    """What must be right in every single file before its keys mean anything."""
    if not root.is_mapping:
        yield Problem(Slug.BAD_VALUE, "a policy is a mapping", root.at, _SMALLEST)
        return
    schema = root.get("schema")
    if schema is None:
        problem = misspelt(root, root.at, "schema", PolicyFile.model_fields)
        yield replace(problem, hint=problem.hint or f"begin with `schema: {SCHEMA}`")
    elif schema.value != SCHEMA:
        message = f"schema: {scalar(schema)} is unknown"
        yield Problem(Slug.UNKNOWN_SCHEMA, message, schema.at, f"this gate reads {SCHEMA}")
    for reference in _references(root):
        if not isinstance(reference.value, str) or not reference.value:
            message = "extends: expected the name of a policy, or a path"
            yield Problem(Slug.BAD_VALUE, message, reference.at, "such as [security-baseline, ./team.yml]")


def _references(root: Node) -> tuple[Node, ...]:
    """What the policy extends: one reference, or a list of them."""
    extends = root.get("extends")
    if extends is None:
        return ()
    return extends.items if isinstance(extends.value, tuple) else (extends,)


def _version_mistakes(demanded: Node | None) -> Iterator[Problem]:
    """`gate_version` is a PEP 440 specifier that this gate must satisfy."""
    if demanded is None:
        return
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - few policies need it

    try:
        specifier = SpecifierSet(demanded.value if isinstance(demanded.value, str) else scalar(demanded))
    except InvalidSpecifier:
        message = f"gate_version: {scalar(demanded)} is no version specifier"
        yield Problem(Slug.BAD_VALUE, message, demanded.at, 'write it as ">=1.2,<2"')
        return
    if not specifier.contains(__version__, prereleases=True):
        message = f"gate_version: the policy asks for {demanded.value}, this is {__version__}"
        yield Problem(Slug.WRONG_GATE_VERSION, message, demanded.at, "use a release of the gate that satisfies it")


def _changed_kinds(base: Node, over: Node) -> Iterator[Problem]:
    """A criterion keeps its kind: another kind under the same id would be another demand."""
    mine, theirs = (root.get("criteria") for root in (over, base))
    for name, member in (mine.members if mine else {}).items():
        inherited = theirs.get(name) if theirs else None
        new, old = member.node.get("kind"), inherited.get("kind") if inherited else None
        if new and old and new.value != old.value:
            message = (
                f"{dotted(('criteria', name, 'kind'))}: cannot change from {scalar(old)} ({old.at}) to {scalar(new)}"
            )
            yield Problem(Slug.KIND_CHANGED, message, new.at, "give the new demand an id of its own")
