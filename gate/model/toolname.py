"""What tools call themselves."""

from gate.model.glob import matches_name


def is_tool(name: str, wanted: str) -> bool:
    """Whether a tool that calls itself `name` is the one a policy means.

    Case does not count, and a longer name counts where the wanted one ends at a word: `Trivy` is also
    `trivy Vulnerability Scanner`. The wanted name may be a pattern.
    """
    name, wanted = name.casefold(), wanted.casefold()
    return matches_name(name, wanted) or name.startswith((f"{wanted} ", f"{wanted}-", f"{wanted}/", f"{wanted}:"))
