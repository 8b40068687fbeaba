#!/bin/sh
# Writes the fixtures of this folder anew, with the real tools: pytest and its plugins, node's test runner, Vitest,
# jest-junit and Maven Surefire (Surefire only where Maven has what it needs; it is looked for offline).
# Usage: make.sh, as a user who may write to /github/workspace. What the tools say of this machine is blanked.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=/github/workspace/shop
rm -rf "$work" && mkdir -p "$work/tests" && cd "$work"

neutral() { # stdin to a fixture: no host name, no place where Python or node happens to be installed
    sed -E -e 's/hostname="[^"]*"/hostname="runner"/g' -e 's#/[^ "&;<]*/lib/python3#/usr/lib/python3#g' \
        -e 's#(<property name="[^"]*" value=")[^"]*#\1#g' >"$here/$1"
}

# ------------------------------------------------------------------------------------------------------------- pytest
python3 -m venv /tmp/junit-fixtures
/tmp/junit-fixtures/bin/pip install -q 'pytest>=9' pytest-rerunfailures
cat >tests/test_cart.py <<'PY'
import pytest

state = {"calls": 0}


@pytest.fixture
def leaks():
    yield 1
    raise RuntimeError("cannot clean up")


@pytest.fixture
def broken():
    raise RuntimeError("cannot set up")


@pytest.mark.parametrize("price", [1, 2])
def test_price(price):
    assert price > 0


def test_total():
    assert 1 + 1 == 3, "a <total> & more"


def test_cleans_up(leaks):
    assert leaks


def test_fails_and_leaks(leaks):
    assert not leaks


def test_needs_a_database(broken):
    pass


@pytest.mark.skip(reason="not now")
def test_later():
    pass


@pytest.mark.xfail(reason="known")
def test_known():
    assert False


def test_flaky():
    state["calls"] += 1
    assert state["calls"] > 1


def test_control_characters():
    assert "\x1b[31m" == "red"
PY
cat >test_parts.py <<'PY'
def test_parts(subtests):
    for part in range(3):
        with subtests.test(part=part):
            assert part >= 0
PY
mkdir -p broken && echo 'import there_is_no_such_module' >broken/test_broken.py
run() { # fixture, then pytest's arguments; a failing run is what is wanted
    fixture=$1 && shift
    /tmp/junit-fixtures/bin/python -m pytest -q -p no:cacheprovider --junitxml=out.xml "$@" >/dev/null || true
    neutral "$fixture" <out.xml
}
run pytest.xml tests
run pytest-xunit1.xml -o junit_family=xunit1 tests
run pytest-reruns.xml --reruns 2 tests
run pytest-subtests.xml test_parts.py
run pytest-collection-error.xml broken
run pytest-nothing-selected.xml -k nothing tests

# ------------------------------------------------------------------------------------------------- node, Vitest, Jest
cat >cart.test.mjs <<'JS'
import assert from "node:assert";
import { describe, it, test } from "node:test";
test("adds", () => assert.equal(1 + 1, 2));
test("fails", () => assert.equal(1, 2));
test("later", { skip: "not now" }, () => {});
test("to do, and it fails", { todo: "soon" }, () => assert.fail("not yet"));
describe("cart", () => {
  describe("total", () => {
    it("is a number", () => {});
    it("is right", () => assert.equal(2, 3));
  });
});
JS
node --test --test-reporter=junit --test-reporter-destination=out.xml cart.test.mjs || true
neutral node-test.xml <out.xml

mkdir -p js/src && cd js
cat >src/cart.test.js <<'JS'
describe("cart", () => {
  it("adds", () => expect(1 + 1).toBe(2));
  it("prints \x1b[31m and \x01", () => expect("\x01").toBe("\x1b[31m"));
  it.skip("later", () => {});
  it.todo("to do");
});
JS
echo 'throw new Error("cannot be loaded \x01");' >src/broken.test.js
echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund vitest@3 jest@30 jest-junit@17
npx vitest run --globals --reporter junit --outputFile.junit ../out.xml >/dev/null 2>&1 || true
neutral vitest.xml <../out.xml
JEST_JUNIT_OUTPUT_FILE=../out.xml npx jest --reporters jest-junit >/dev/null 2>&1 || true
neutral jest-junit.xml <../out.xml
cd ..

# ----------------------------------------------------------------------------------------------------------- Surefire
mkdir -p java/src/test/java/shop && cd java
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>shop</groupId><artifactId>shop</artifactId><version>1</version>
  <properties><maven.compiler.release>17</maven.compiler.release></properties>
  <dependencies>
    <dependency>
      <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.10.2</version>
    </dependency>
  </dependencies>
</project>
XML
cat >src/test/java/shop/CartTest.java <<'JAVA'
package shop;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

class CartTest {
    static int calls = 0;

    @Test void adds() {}

    @Test void isFlaky() { Assertions.assertTrue(calls++ > 0, "the first time it fails"); }

    @Test void fails() { Assertions.assertEquals(1, 2); }

    @Test void breaks() { throw new IllegalStateException("broken"); }

    @Test @Disabled("not now") void later() {}
}
JAVA
plugins=org.apache.maven.plugins
if mvn -o -q -B $plugins:maven-compiler-plugin:3.13.0:testCompile; then
    mvn -o -q -B $plugins:maven-surefire-plugin:3.2.5:test -Dsurefire.rerunFailingTestsCount=2 >/dev/null 2>&1 || true
    neutral surefire.xml <target/surefire-reports/TEST-shop.CartTest.xml
else
    echo "make.sh: Surefire is not here, surefire.xml stays as it is" >&2
fi
