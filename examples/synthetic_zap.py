"""SYNTHETIC: writes what a ZAP scan of staging would have reported. No scan took place.

ZAP cannot run where the other evidence of the examples is made. This script therefore fills in the format that ZAP
documents as "Traditional JSON Report" with invented alerts, and says so in the report itself (`@version`, `insights`).

Format: https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/
"""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DOCUMENT = "https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/"
SITE = "https://staging.quotes.example.com"
RISKS = ("Informational", "Low", "Medium", "High")
CONFIDENCES = ("False Positive", "Low", "Medium", "High", "Confirmed")
Json = dict[str, Any]


def alert(plugin: int, name: str, *, risk: int, confidence: int, cwe: int, wasc: int, at: list[Json]) -> Json:
    """One kind of alert with the places where it was seen; numbers are text, as ZAP writes them."""
    return {
        "pluginid": str(plugin),
        "alertRef": str(plugin),
        "alert": name,
        "name": name,
        "riskcode": str(risk),
        "confidence": str(confidence),
        "riskdesc": f"{RISKS[risk]} ({CONFIDENCES[confidence]})",
        "desc": f"<p>Invented for the example: {name}.</p>",
        "instances": [{"id": str(number), **place} for number, place in enumerate(at)],
        "count": str(len(at)),
        "systemic": False,
        "solution": "<p>See the reference.</p>",
        "otherinfo": "",
        "reference": f"<p>https://www.zaproxy.org/docs/alerts/{plugin}/</p>",
        "cweid": str(cwe),
        "wascid": str(wasc),
        "sourceid": "1",
    }


def place(path: str, *, method: str = "GET", param: str = "", attack: str = "", evidence: str = "") -> Json:
    """One request in which an alert was seen."""
    return {
        "uri": f"{SITE}{path}",
        "nodeName": f"{SITE}{path}",
        "method": method,
        "param": param,
        "attack": attack,
        "evidence": evidence,
        "otherinfo": "",
    }


def ready_alerts() -> list[Json]:
    """What is left when the service is repaired: nothing above medium."""
    return [
        alert(10202, "Absence of Anti-CSRF Tokens", risk=2, confidence=1, cwe=352, wasc=9, at=[place("/")]),
        alert(10036, "Server Leaks Version Information", risk=1, confidence=3, cwe=497, wasc=13, at=[place("/api/")]),
        alert(10049, "Storable and Cacheable Content", risk=0, confidence=2, cwe=524, wasc=13, at=[place("/")]),
    ]


def flawed_alerts() -> list[Json]:
    """What the seeded flaws would show to a scanner: the query built from text first of all."""
    injected = [
        place("/api/quotes/acme.csv", param="customer", attack="acme' OR '1'='1' -- "),
        place("/api/quotes/zeta.csv", param="customer", attack="zeta' AND '1'='1' -- "),
    ]
    loose = [place("/", param="Content-Security-Policy", evidence="default-src 'self' 'unsafe-inline'")]
    return [
        alert(40018, "SQL Injection", risk=3, confidence=2, cwe=89, wasc=19, at=injected),
        alert(10055, "CSP: script-src unsafe-inline", risk=2, confidence=3, cwe=693, wasc=15, at=loose),
        alert(10063, "Permissions Policy Header Not Set", risk=1, confidence=2, cwe=693, wasc=15, at=[place("/")]),
        *ready_alerts(),
    ]


def report(alerts: list[Json], at: datetime) -> Json:
    """The whole report, with ZAP's two ways of writing the same time."""
    return {
        "@programName": "ZAP",
        "@version": "SYNTHETIC",
        "@generated": f"{at:%a}, {at.day} {at:%b %Y %H:%M:%S}",
        "created": f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond * 1000:09d}Z",
        "insights": [
            {
                "level": "Info",
                "reason": "Informational",
                "site": SITE,
                "key": "gate.example.synthetic",
                "description": f"SYNTHETIC: no scan took place; written from the format documented at {DOCUMENT}",
                "statistic": "0",
            }
        ],
        "site": [
            {
                "@name": SITE,
                "@host": SITE.removeprefix("https://"),
                "@port": "443",
                "@ssl": "true",
                "alerts": alerts,
            }
        ],
        "sequences": [],
    }


def main() -> None:
    """Write the report of the service that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("service", choices=["service", "service-ready"])
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    alerts = flawed_alerts() if arguments.service == "service" else ready_alerts()
    text = json.dumps(report(alerts, datetime.now(UTC)), indent=2)
    arguments.output.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
