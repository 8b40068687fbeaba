"""Files that people write: documents and configuration."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one file of the workspace.

    `committed_at` is the time of the last commit that touched the file, stamped by `collect` where a criterion
    asks for it; `history_cut` says that the commit lies at the boundary of a shallow clone, so the time is a guess.
    """

    text: str
    committed_at: datetime | None = None
    history_cut: bool = False
