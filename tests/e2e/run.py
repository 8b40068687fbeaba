"""`make e2e`: the image is built without a network and run as GitHub does, alone and in a whole workflow.

Nothing is installed. Where a tool is missing, it says so loudly and ends with 77; a failed check ends with 1.
Everything is made in a folder of its own, with a container storage of its own, and removed again.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.e2e import base, container, workflow  # noqa: E402 - after the path to the checkout
from tests.e2e.machine import CheckError, require_tools, run  # noqa: E402

BASE = "docker.io/library/python:3.13-slim"
"""Under this name the Dockerfile asks for its base; only our own storage knows ours by it."""
IMAGE = "localhost/gate:e2e"
RUNNER = 1001
"""The user that owns the workspace on GitHub's runners; the container is root."""


def main() -> None:
    """Build, run, check, clean up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave the folder with images and logs")
    keep = parser.parse_args().keep
    require_tools()
    begin = time.monotonic()
    work = Path(tempfile.mkdtemp(prefix="gate-e2e-"))
    try:
        use_own_storage(work)
        workspace, sha = stage(work / "app")
        build(work, workspace)
        for check in (container.check_examples, container.check_not_replaced, container.check_usage):
            check(IMAGE, workspace, work, sha)
        workflow.check_workflow(BASE, workspace, work, sha)
    except CheckError as error:
        print(f"\nEND TO END: FAILED after {time.monotonic() - begin:.0f} s: {error}", file=sys.stderr)
        print(f"logs: {keep_logs(work)}", file=sys.stderr)
        sys.exit(1)
    finally:
        if keep:
            print(f"kept: {work}")
        else:
            clean_up(work)
    print(f"\nEND TO END: everything held, in {time.monotonic() - begin:.0f} s")


def use_own_storage(work: Path) -> None:
    """Keep images and containers apart from those of the machine; runc and few limits, as CI machines need."""
    storage = work / "storage.conf"
    storage.write_text(f'[storage]\ndriver = "overlay"\nrunroot = "{work}/runroot"\ngraphroot = "{work}/graphroot"\n')
    os.environ.update(
        CONTAINERS_STORAGE_CONF=str(storage),
        CONTAINERS_CONF=str(Path(__file__).with_name("containers.conf")),
        BUILDAH_ISOLATION="chroot",
    )


def stage(workspace: Path) -> tuple[Path, str]:
    """Copy the checkout as a fresh clone would have it, with the workflow in it, and commit it on the examples' day."""
    names = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT).stdout.split("\0")
    for name in filter(None, names):
        source, target = ROOT / name, workspace / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target, follow_symlinks=False)
    shutil.copy(Path(__file__).with_name("workflow.yml"), workspace / ".github" / "workflows" / "e2e.yml")
    with (workspace / "action.yml").open("a") as action:
        # The only difference from the published action: the evidence of the examples is judged on its own day.
        action.write(f'  args: [check, --as-of, "{container.AS_OF}"]\n')
    day = f"{container.AS_OF}T00:00:00Z"
    git = ["git", "-c", "user.name=e2e", "-c", "user.email=e2e@localhost", "-c", "core.hooksPath=/dev/null"]
    run([*git, "init", "--quiet", "--initial-branch=main"], cwd=workspace)
    run([*git, "add", "--all"], cwd=workspace)
    dates = {"GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    run([*git, "commit", "--quiet", "--message=Everything"], cwd=workspace, environment=dates)
    sha = run([*git, "rev-parse", "HEAD"], cwd=workspace).stdout.strip()
    run(["chown", "-R", f"{RUNNER}:{RUNNER}", workspace])
    return workspace, sha


def build(work: Path, workspace: Path) -> None:
    """Lay out the base image, then build ours in a network namespace that has no network."""
    wheels, layout = work / "wheels", work / "base"
    layout.mkdir()
    locks = (f"--requirement={ROOT / name}" for name in ("requirements.txt", "requirements-build.txt"))
    pip = [sys.executable, "-m", "pip", "-q", "-q", "download", "--require-hashes", "--only-binary=:all:"]
    run([*pip, *locks, f"--dest={wheels}"])
    base.write_rootfs(layout / "rootfs.tar", wheels)
    recipe = Path(__file__).with_name("Containerfile.base")
    offline = ["unshare", "--net", "buildah", "bud", "--isolation=chroot", "--network=host", "--pull-never"]
    run([*offline, f"--tag={BASE}", f"--file={recipe}", layout])
    begin = time.monotonic()
    run([*offline, f"--tag={IMAGE}", workspace])
    print(f"  ok   the image was built without a network, in {time.monotonic() - begin:.0f} s")


def clean_up(work: Path) -> None:
    """Remove our folder; podman leaves its storage mounted upon itself."""
    mounts = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
    for mount in reversed(mounts):
        if Path(mount).is_relative_to(work):
            run(["umount", mount], may_fail=True)
    shutil.rmtree(work, ignore_errors=True)


def keep_logs(work: Path) -> Path:
    """Copy what helps to see why into reports/e2e of the checkout."""
    kept = ROOT / "reports" / "e2e"
    kept.mkdir(parents=True, exist_ok=True)
    for name in ("container.log", "act.ndjson", "podman.log"):
        if (work / name).exists():
            shutil.copy(work / name, kept / name)
    return kept.relative_to(ROOT)


if __name__ == "__main__":
    main()
