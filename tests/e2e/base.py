"""A slim base image out of the packages and the Python of the Debian machine that this runs on, without a network."""

import re
import sys
import sysconfig
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.e2e.machine import run

EXTRA_PACKAGES = (
    *("bash", "ca-certificates", "coreutils", "git", "libexpat1", "libffi8", "libgssapi-krb5-2", "libncursesw6"),
    *("libnsl2", "libreadline8", "libsqlite3-0", "libssl3", "libuuid1"),
)
"""Beside Essential and required packages: what a python:slim image holds, and git, which it does not."""

LEFT_OUT = (
    "/usr/share/doc", "/usr/share/man", "/usr/share/locale", "/usr/share/info", "/usr/share/lintian",
    "/var/lib/apt/lists",
)  # fmt: skip
MERGED = ("bin", "sbin", "lib", "lib64", "lib32", "libx32")
WHEELHOUSE = "/opt/wheelhouse"
PIP_CONFIGURATION = f"[global]\nno-index = 1\nfind-links = {WHEELHOUSE}\n"


def write_rootfs(target: Path, wheelhouse: Path) -> None:
    """Write a tar with packages, interpreter and wheels; pip in it asks no registry."""
    with tarfile.open(target, "w") as tar:
        present = set(_add_packages(tar, _closure(EXTRA_PACKAGES)))
        for folder in ("tmp", "proc", "sys", "dev", "run", "root"):
            entry = tarfile.TarInfo(f"./{folder}")
            entry.type = tarfile.DIRTYPE
            entry.mode = 0o1777 if folder == "tmp" else 0o755
            tar.addfile(entry)
        for path in ("/etc/passwd", "/etc/group", "/etc/ssl/certs/ca-certificates.crt"):
            tar.add(path, arcname=f".{path}")
        _add_interpreter(tar, present)
        tar.add(wheelhouse, arcname=f".{WHEELHOUSE}")
        configuration = target.with_name("pip.conf")
        configuration.write_text(PIP_CONFIGURATION)
        tar.add(configuration, arcname="./etc/pip.conf")


def _closure(wanted: Iterable[str]) -> set[str]:
    """The packages that must be there, and all that they depend on."""
    depends: dict[str, list[str]] = {}
    todo = list(wanted)
    fields = "${Package}\t${Essential}\t${Priority}\t${Pre-Depends}, ${Depends}\n"
    for line in run(["dpkg-query", "-W", "-f", fields]).stdout.splitlines():
        package, essential, priority, dependencies = line.split("\t")
        names = (re.split(r"[ :(]", part.strip())[0] for part in re.split(r"[,|]", dependencies))
        depends[package] = [name for name in names if name]
        if essential == "yes" or priority == "required":
            todo.append(package)
    closed: set[str] = set()
    while todo:
        package = todo.pop()
        if package in depends and package not in closed:
            closed.add(package)
            todo += depends[package]
    return closed


def _add_packages(tar: tarfile.TarFile, packages: set[str]) -> Iterator[str]:
    """Add the files of these packages and yield their paths; /bin, /lib and so on stay links into /usr."""
    for folder in MERGED:
        if Path("/", folder).is_symlink():
            tar.add(f"/{folder}", arcname=f"./{folder}")
    listed: set[str] = set()
    for line in run(["dpkg-query", "-W", "-f", "${binary:Package}\n"]).stdout.split():
        listing = Path(f"/var/lib/dpkg/info/{line}.list")
        if line.split(":")[0] in packages and listing.exists():
            listed |= set(listing.read_text().splitlines())
    for name in sorted(listed - {"/.", "/", ""}):
        top = name.split("/")[1]
        path = Path(f"/usr{name}" if top in MERGED and Path("/", top).is_symlink() else name)
        if str(path).startswith(LEFT_OUT) or str(path).lstrip("/") in MERGED:
            continue
        if path.is_symlink() or path.exists():
            tar.add(path, arcname=f".{path}", recursive=False)
            yield str(path)


def _add_interpreter(tar: tarfile.TarFile, present: set[str]) -> None:
    """Lay the running Python over /usr/local, with pip, and with the libraries that the packages lack."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    prefix = Path(sys.base_prefix)
    library = prefix / "lib" / version
    binary = (prefix / "bin" / version).resolve()
    tar.add(binary, arcname=f"./usr/local/bin/{version}")
    for alias in ("python3", "python"):
        link = tarfile.TarInfo(f"./usr/local/bin/{alias}")
        link.type, link.linkname = tarfile.SYMTYPE, version
        tar.addfile(link)
    for shared in (prefix / "lib").glob("libpython3*"):
        tar.add(shared, arcname=f"./usr/local/lib/{shared.name}")
    tar.add(library, arcname=f"./usr/local/lib/{version}", filter=_without_packages_and_tests)
    packages = Path(sysconfig.get_path("purelib"))
    for found in (packages / "pip", *packages.glob("pip-*.dist-info")):
        tar.add(found, arcname=f"./usr/local/lib/{version}/site-packages/{found.name}", filter=_without_bytecode)
    for path in _shared_objects([binary, *(library / "lib-dynload").glob("*.so")]):
        if path not in present and not path.startswith(str(prefix)):
            tar.add(Path(path).resolve(), arcname=f".{path}")


def _without_packages_and_tests(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    parts = set(entry.name.split("/"))
    parts |= {part.split("-")[0] for part in parts}
    return (
        None if parts & {"config", "site-packages", "test", "tests", "__pycache__", "ensurepip", "idlelib"} else entry
    )


def _without_bytecode(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if "__pycache__" in entry.name.split("/") else entry


def _shared_objects(binaries: list[Path]) -> set[str]:
    """The libraries that these binaries load, under the names that the loader looks for, seen from /usr."""
    said = run(["ldd", *binaries]).stdout
    names = set(re.findall(r"=> (/\S+)", said))
    return {f"/usr{name}" if Path("/", name.split("/")[1]).is_symlink() else name for name in names}
