"""How long `gate check` takes from start to end: `python benchmarks/bench_check.py`.

Runs the installed command on the examples, as `make gate` does, and prints the fastest run, the median, and the most
memory that any run held.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AS_OF = "2026-11-22"


def seconds(*arguments: str) -> float:
    """Time one run; whether the gate opens does not matter here, whether it can judge does."""
    command = [sys.executable, "-I", "-m", "gate", *arguments]
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    took = time.perf_counter() - begin
    if done.returncode > 1 or "Traceback" in done.stderr:
        sys.exit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return took


def measure(title: str, runs: int, *arguments: str) -> None:
    """Print one line of the table."""
    times = [seconds(*arguments) for _ in range(runs)]
    print(f"{title:<28} best {min(times) * 1000:5.0f} ms   median {statistics.median(times) * 1000:5.0f} ms")


def main() -> None:
    """Measure the command without work, then each example."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    measure("gate --version", runs, "--version")
    for example in ("service", "service-ready"):
        with tempfile.TemporaryDirectory(dir=ROOT / "examples" / example, prefix="gate-bench-") as reports:
            measure(
                f"gate check, {example}",
                runs,
                *("check", f"--workspace=examples/{example}", "--policy=production-readiness"),
                *(f"--as-of={AS_OF}", f"--report-dir={Path(reports).name}"),
            )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"peak memory {peak / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
