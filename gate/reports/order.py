"""In which order a person reads criteria and what they observed."""

from collections.abc import Iterable, Iterator

from gate.model.verdict import Result


def in_groups(results: Iterable[Result]) -> Iterator[tuple[int, Result]]:
    """Every result once, in the order of the policy, members below their group with the depth of their nesting."""
    known = tuple(results)
    ids = {result.id for result in known}
    members: dict[str, list[Result]] = {}
    for result in known:
        members.setdefault(result.group if result.group in ids else "", []).append(result)

    def below(group: str, depth: int) -> Iterator[tuple[int, Result]]:
        for result in members.pop(group, ()):
            yield depth, result
            yield from below(result.id, depth + 1)

    yield from below("", 0)
    # A group that is its own member cannot come out of a policy; were it to, nothing would be lost.
    for rest in tuple(members):
        yield from below(rest, 0)
