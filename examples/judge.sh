#!/bin/sh
# Judge the flawed example and the ready one by the same policy. The first must stay shut, the second must open.
# The date is fixed, so that committed evidence does not go stale.
set -u
cd "$(dirname "$0")/.." || exit 2

as_of=2026-11-22
policy=production-readiness

judge() { # judge WORKSPACE EXPECTED: print the run; true when the exit code is the expected one
    echo "\$ gate check --workspace $1 --policy $policy --as-of $as_of"
    gate check --workspace "$1" --policy "$policy" --as-of "$as_of"
    code=$?
    echo "exit code $code, expected $2"
    echo
    [ "$code" -eq "$2" ]
}

judge examples/service 1
flawed=$?
judge examples/service-ready 0
ready=$?

if [ "$flawed" -eq 0 ] && [ "$ready" -eq 0 ]; then
    echo "As it should be: the gate kept examples/service out, and let examples/service-ready in."
    exit 0
fi
[ "$flawed" -eq 0 ] || echo "WRONG: examples/service should have been kept out with exit code 1." >&2
[ "$ready" -eq 0 ] || echo "WRONG: examples/service-ready should have been let in with exit code 0." >&2
exit 1
