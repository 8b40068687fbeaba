#!/bin/sh
# Writes the coverage fixtures anew, with the real tools: coverage.py, gcovr, c8 (istanbul's reporters) and node's test
# runner. The same runs give Cobertura XML (here), LCOV (../lcov) and coverage.py's JSON (../coveragepy).
# Usage: make.sh, as a user who may write to /github/workspace.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=/github/workspace/cart
rm -rf "$work" && mkdir -p "$work" && cd "$work"

# -------------------------------------------------------------------------------------------------------- coverage.py
python3 -m venv /tmp/coverage-fixtures
/tmp/coverage-fixtures/bin/pip install -q coverage gcovr
mkdir -p py/shop && cd py
: >shop/__init__.py
cat >shop/cart.py <<'PY'
"""A cart."""


def total(prices, rebate=0):
    """What the prices
    add up to."""
    result = 0
    for price in prices:
        if price < 0:
            raise ValueError(price)
        result += price
    if rebate:
        result -= rebate
    return result


class Cart:
    def never(self):
        return [
            1,
            2,
        ]
PY
echo 'UNUSED = 1' >shop/unused.py
echo 'from shop.cart import total; assert total([1, 2]) == 3' >run.py
coverage=/tmp/coverage-fixtures/bin/coverage
$coverage run --branch --source shop run.py
$coverage xml -q -o "$here/coveragepy-branch.xml"
$coverage json -q -o "$here/../coveragepy/branch.json"
$coverage lcov -q -o "$here/../lcov/coveragepy.info"
$coverage erase
$coverage run --source shop run.py
$coverage xml -q -o "$here/coveragepy-lines.xml"
$coverage json -q --show-contexts --pretty-print -o "$here/../coveragepy/lines.json"
$coverage erase
echo pass >run.py
$coverage run --source shop run.py
$coverage json -q -o "$here/../coveragepy/nothing-run.json"
cd ..

# -------------------------------------------------------------------------------------------------------------- gcovr
mkdir c && cd c
cat >cart.h <<'C'
static inline int twice(int n) { return n > 10 ? 20 : n + n; }
int total(const int *prices, int count);
C
cat >cart.c <<'C'
#include "cart.h"

int total(const int *prices, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
        if (prices[i] < 0) {
            return -1;
        }
        sum += twice(prices[i]);
    }
    return sum;
}

int never(void) { return 1; }
C
cat >main.c <<'C'
#include "cart.h"

int main(void) {
    int prices[] = {1, 2};
    return total(prices, 2) + twice(3) == 12 ? 0 : 1;
}
C
gcc --coverage -O0 -o cart cart.c main.c && ./cart
/tmp/coverage-fixtures/bin/gcovr -r . --cobertura "$here/gcovr.xml" --lcov "$here/../lcov/gcovr.info"
if command -v lcov >/dev/null; then # Debian's lcov; the header stands in it once for each object file
    lcov -q -c -d . --rc lcov_branch_coverage=1 -o "$here/../lcov/lcov.info"
fi
cd ..

# ------------------------------------------------------------------------------------------------------- c8, node:test
mkdir -p js/src && cd js
cat >src/cart.js <<'JS'
export function total(prices) {
  let sum = 0;
  for (const price of prices) {
    if (price < 0) {
      throw new Error("negative");
    }
    sum += price;
  }
  return sum;
}

export const never = () => 1;
JS
cat >cart.test.js <<'JS'
import assert from "node:assert";
import { test } from "node:test";
import { total } from "./src/cart.js";
test("total", () => assert.equal(total([1, 2]), 3));
JS
echo '{"private": true, "type": "module"}' >package.json
npm install --silent --no-audit --no-fund c8@10 >/dev/null 2>&1
npx c8 --include src --reporter cobertura --reporter lcovonly node cart.test.js >/dev/null
cp coverage/cobertura-coverage.xml "$here/c8.xml"
cp coverage/lcov.info "$here/../lcov/c8.info"
node --test --experimental-test-coverage --test-reporter=lcov --test-reporter-destination="$here/../lcov/node-test.info" \
    cart.test.js
