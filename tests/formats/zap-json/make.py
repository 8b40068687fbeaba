"""Writes the ZAP reports beside it. They are synthetic: ZAP does not run here.

The form is that of ZAP's documentation, "Traditional JSON Report" and "Traditional JSON Report with requests and
responses" (https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/): all codes and
counts are text, `@generated` has no zone, an alert lists its instances.
"""

import json
from pathlib import Path
from typing import Any

SHOP = "https://shop.example"


def an_alert(plugin: str, name: str, risk: str, instances: list[dict[str, str]], **over: Any) -> dict[str, Any]:
    """One alert as ZAP writes it."""
    words = ("Informational", "Low", "Medium", "High")
    return {
        "pluginid": plugin,
        "alertRef": plugin,
        "alert": name,
        "name": name,
        "riskcode": risk,
        "confidence": "2",
        "riskdesc": f"{words[int(risk)]} (Medium)",
        "desc": f"<p>{name}.</p>",
        "instances": instances,
        "count": str(len(instances)),
        "solution": "<p>Mend it.</p>",
        "otherinfo": "",
        "reference": "<p>https://owasp.org/</p>",
        "cweid": "693",
        "wascid": "15",
        "sourceid": "1",
        **over,
    }


def an_instance(path: str, method: str = "GET", param: str = "", evidence: str = "") -> dict[str, str]:
    """One request that shows the alert."""
    return {
        "id": "0",
        "uri": f"{SHOP}{path}",
        "nodeName": f"{SHOP}{path}",
        "method": method,
        "param": param,
        "attack": "",
        "evidence": evidence,
        "otherinfo": "",
    }


def a_site(*alerts: dict[str, Any], name: str = SHOP) -> dict[str, Any]:
    """One site with its alerts."""
    host = name.partition("://")[2]
    return {"@name": name, "@host": host, "@port": "443", "@ssl": "true", "alerts": list(alerts)}


def a_report(*sites: dict[str, Any], **over: Any) -> dict[str, Any]:
    """A report of these sites."""
    head = {"@programName": "ZAP", "@version": "2.16.1", "@generated": "Sun, 22 Nov 2026 10:11:12"}
    return {**head, **over, "site": list(sites)}


ALERTS = (
    an_alert(
        "40018",
        "SQL Injection",
        "3",
        [an_instance("/search?q=1", param="q"), an_instance("/login", "POST", "user")],
        cweid="89",
        alertRef="40018-2",
        tags=[
            {"tag": "OWASP_2021_A03", "link": "https://owasp.org/Top10/A03_2021-Injection/"},
            {"tag": "CVE-2021-44228"},
        ],
    ),
    an_alert(
        "10038", "Content Security Policy (CSP) Header Not Set", "2", [an_instance(f"/page{n}") for n in range(3)]
    ),
    an_alert("10096", "Timestamp Disclosure - Unix", "1", [an_instance("/", evidence="1763806272")], cweid="497"),
    an_alert("10109", "Modern Web Application", "0", [an_instance("/")], cweid="-1"),
    an_alert("10202", "Absence of Anti-CSRF Tokens", "2", [an_instance("/form")], confidence="0", cweid="352"),
    an_alert("90022", "Application Error Disclosure", "2", []),
)

REPORTS = {
    "synthetic-alerts": a_report(a_site(*ALERTS), a_site(name="https://cdn.example")),
    "synthetic-clean": a_report(a_site()),
    "synthetic-nothing-scanned": a_report(),
}

if __name__ == "__main__":
    for name, report in REPORTS.items():
        path = Path(__file__).with_name(f"{name}.json")
        path.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
