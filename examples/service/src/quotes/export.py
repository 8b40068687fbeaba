"""A customer's quotes as CSV."""

import subprocess
import tempfile
from collections.abc import Iterable, Mapping


def to_csv(quotes: Iterable[Mapping[str, object]]) -> str:
    """Render quotes as CSV, the dearest first."""
    rows = [f"{quote['id']},{quote['cents']}" for quote in quotes]
    if not rows:
        return "id,cents\n"
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write("\n".join(rows))
        file.flush()
        body = run(f"sort -t, -k2 -nr {file.name}")
    return "id,cents\n" + body


def archive(customer: str, directory: str = "/var/lib/quotes") -> str:
    """Pack the exports of a customer and return the archive's path."""
    target = f"{directory}/{customer}.tar.gz"
    try:
        run(f"tar -czf {target} {directory}/{customer}")
    except subprocess.CalledProcessError as error:
        if error.returncode == 1:
            run(f"tar -czf {target} --ignore-failed-read {directory}/{customer}")
        else:
            raise
    return target


def restore(archive_path: str, directory: str = "/var/lib/quotes") -> list[str]:
    """Unpack an archive and return the files that it held."""
    listing = run(f"tar -tzf {archive_path}").splitlines()
    if not listing:
        return []
    run(f"tar -xzf {archive_path} -C {directory}")
    restored = []
    for name in listing:
        if name.endswith("/"):
            continue
        if name.startswith("./"):
            name = name[2:]
        restored.append(f"{directory}/{name}")
    return restored


def run(command: str) -> str:
    """Run a shell command and return what it printed."""
    return subprocess.check_output(command, shell=True, text=True)
