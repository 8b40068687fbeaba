# The image of the action. A release pins the base by digest: --build-arg BASE=python:3.13-slim@sha256:…
ARG BASE=python:3.13-slim

# Wheels only, each by the hash that the lock files state; the second stage never asks a registry for anything.
FROM ${BASE} AS build
WORKDIR /src
COPY requirements.txt requirements-build.txt ./
RUN python3 -m pip wheel --quiet --no-cache-dir --require-hashes --only-binary :all: \
        --wheel-dir /wheels --requirement requirements.txt \
    && python3 -m pip install --quiet --no-cache-dir --require-hashes --only-binary :all: \
        --root-user-action ignore --requirement requirements-build.txt
COPY LICENSE NOTICE README.md pyproject.toml ./
COPY gate gate
COPY policies policies
RUN python3 -m pip wheel --quiet --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels .

FROM ${BASE}
LABEL org.opencontainers.image.title="gate" \
      org.opencontainers.image.description="Judges the evidence of a workflow by a YAML policy" \
      org.opencontainers.image.licenses="Apache-2.0"

# git tells which files are tracked and how old a document is. The gate needs no installer, so none stays; the byte
# code of the library and of the gate halves its start (the base ships none, and the file system may be read-only).
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    set -eu; \
    if ! command -v git >/dev/null; then \
        apt-get update -qq; \
        apt-get install -y -qq --no-install-recommends git; \
        rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log /usr/share/doc /usr/share/man; \
    fi; \
    python3 -m pip install --quiet --no-cache-dir --no-compile --no-index --find-links /wheels \
        --root-user-action ignore policy-evidence-gate; \
    library="$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')"; \
    packages="$(python3 -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"; \
    rm -rf "$packages"/pip "$packages"/pip-* "$packages"/setuptools* "$packages"/pkg_resources \
        "$packages"/_distutils_hack "$packages"/distutils-precedence.pth "$packages"/wheel "$packages"/wheel-* \
        "$library"/ensurepip "$library"/idlelib "$library"/turtledemo "$library"/test "$library"/lib2to3 \
        /usr/local/bin/pip* /usr/local/bin/idle* /usr/local/bin/2to3*; \
    find "$library" -name __pycache__ -prune -exec rm -rf {} +; \
    python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash "$library"

# No USER: the runner mounts a workspace and files that belong to root or to its own user, and expects root.
# No shell, and -I: neither PYTHONPATH nor a folder `gate/` of the workspace can take the gate's place.
ENTRYPOINT ["/usr/local/bin/python3", "-I", "-X", "utf8", "-m", "gate"]
