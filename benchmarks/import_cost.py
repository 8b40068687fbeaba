"""What each runtime dependency costs at start-up: `python benchmarks/import_cost.py`.

The table of docs/dependencies.md is made with it. Each import runs in a fresh `python -I`; the fastest of the runs
counts, less that of an interpreter that does nothing.
"""

import argparse
import subprocess
import sys
import time

MODULES = {
    "google-re2": "re2",
    "junit-xml": "junit_xml",
    "license-expression": "license_expression",
    "markdown-it-py": "markdown_it",
    "msgspec": "msgspec",
    "packageurl-python": "packageurl",
    "packaging": "packaging.specifiers",
    "pydantic": "pydantic.main",
    "pyyaml": "yaml",
    "requests": "requests",
    "univers": "univers.version_range",
    "the gate itself": "gate.cli",
}


def seconds(statement: str, runs: int) -> float:
    """Time the fastest of some fresh interpreters that run this statement."""
    command = [sys.executable, "-I", "-c", statement]
    best = float("inf")
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run(command, check=True)
        best = min(best, time.perf_counter() - begin)
    return best


def main() -> None:
    """Print one line per dependency, the dearest first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    floor = seconds("pass", runs)
    print(f"an interpreter that does nothing: {floor * 1000:.0f} ms (best of {runs})")
    costs = {name: seconds(f"import {module}", runs) - floor for name, module in MODULES.items()}
    for name, cost in sorted(costs.items(), key=lambda pair: -pair[1]):
        print(f"{name:<20} {cost * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
