"""The mark of a gate's report directory, this run's or that of another gate."""

import os
import re

MARK = "verdict.json"
"""The report whose beginning tells a gate's own directory from somebody else's."""

_SCHEMA = re.compile(rb'"schema"\s{0,8}:\s{0,8}"gate-verdict/')
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_HEAD = 200


def is_marked(folder: str | int) -> bool:
    """Whether a gate left its verdict in the folder, which is a path or a descriptor."""
    path, within = (MARK, folder) if isinstance(folder, int) else (f"{folder}/{MARK}", None)
    try:
        descriptor = os.open(path, _FILE, dir_fd=within)
        with os.fdopen(descriptor, "rb") as stream:
            return bool(_SCHEMA.search(stream.read(_HEAD)))
    except OSError:
        return False
