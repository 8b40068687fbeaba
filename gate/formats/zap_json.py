"""ZAP's traditional JSON report: sites, their alerts, and the instances of each alert."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from gate.errors import EvidenceError
from gate.formats.base import Format, Head
from gate.formats.markup import Fields, read_json
from gate.model.evidence import Record, Statement
from gate.model.finding import Finding
from gate.model.location import Location
from gate.model.moment import moment
from gate.model.problem import Problem, Slug
from gate.model.severity import Rating
from gate.model.suppression import Suppression
from gate.model.words import shown

RISKS = ("informational", "low", "medium", "high")
"""What ZAP's `riskcode` counts."""
FALSE_POSITIVE = "0"
"""ZAP's `confidence` for an alert that a person has marked so."""

_CODES = frozenset("0123")
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_ALIAS = re.compile(r"\d+-\d+|CVE-\d{4}-\d{4,19}", re.ASCII)
"""Other names of an alert: ZAP's own with its variant, and the vulnerability's, which is a tag."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"\s*\w+\.?, +(\d{1,2}) (\w{3})\w*\.? (\d{4}) (\d\d):(\d\d):(\d\d)\s*", re.ASCII)
_NAMES = {"alert_ref": "alertRef", "program_name": "@programName", "version": "@version", "generated": "@generated"}
_CODE = str | int | None
"""ZAP writes its numbers as text; other writers of the format do not."""


class _Instance(Fields, frozen=True, gc=False):
    uri: str | None = None
    method: str | None = None
    param: str | None = None


class _Tag(Fields, frozen=True, gc=False):
    tag: str | None = None


class _Alert(Fields, frozen=True, gc=False, rename=_NAMES):
    pluginid: _CODE = None
    alert_ref: str | None = None
    alert: str | None = None
    name: str | None = None
    riskcode: _CODE = None
    riskdesc: str | None = None
    confidence: _CODE = None
    cweid: _CODE = None
    count: _CODE = None
    instances: list[_Instance] | None = None
    tags: list[_Tag] | None = None


class _Site(Fields, frozen=True, gc=False, rename={"name": "@name"}):
    name: str | None = None
    alerts: list[_Alert] | None = None


class _Report(Fields, frozen=True, gc=False, rename=_NAMES):
    program_name: str | None = None
    version: str | None = None
    generated: str | None = None
    created: str | None = None
    site: list[_Site] | _Site | None = None


def recognises(head: Head) -> bool:
    """A report has sites, and says in ZAP's way who wrote it when."""
    return head.has("site") and any(head.has(name) for name in ("@programName", "@version", "@generated"))


def read(content: bytes) -> Iterator[Statement | Record]:
    """Yield a finding for each instance of each alert, then what the report says of itself.

    An alert without instances is one finding, at its site.
    """
    report = read_json(content, _Report)
    sites = [report.site] if isinstance(report.site, _Site) else report.site or []
    tool = report.program_name or "ZAP"
    alerts = [(site, alert) for site in sites for alert in _alerts(site)]
    for site, alert in alerts:
        for instance in alert.instances or [_Instance(uri=site.name)]:
            yield _finding(tool, alert, instance)
    yield Statement(
        tool=tool,
        proves=frozenset({Finding}),
        version=report.version or "",
        made_at=moment(report.created or "") or _generated(report.generated or ""),
        faults=tuple(_faults(alert for _, alert in alerts)),
        hollow="" if sites else "it names no site: nothing was scanned",
    )


def _alerts(site: _Site) -> list[_Alert]:
    if site.alerts is None:
        raise EvidenceError.of(f"the site {shown(site.name or '')} has no list of alerts")
    return site.alerts


def _finding(tool: str, alert: _Alert, instance: _Instance) -> Finding:
    tags = tuple(tag.tag for tag in alert.tags or () if tag.tag)
    cwe = str(alert.cweid or "")
    return Finding(
        rule=str(alert.pluginid if alert.pluginid is not None else alert.alert_ref or ""),
        message=_message(alert, instance),
        ratings=tuple(_ratings(alert)),
        tool=tool,
        at=Location(instance.uri) if instance.uri else None,
        aliases=tuple(name for name in (alert.alert_ref, *tags) if name and _ALIAS.fullmatch(name)),
        cwe=(int(cwe),) if _NUMBER.fullmatch(cwe) else (),
        tags=tags,
        suppressions=tuple(_suppressions(alert)),
    )


def _message(alert: _Alert, instance: _Instance) -> str:
    """What the alert is called, with the request that shows it; evidence and attack may hold private data."""
    request = " ".join(filter(None, (instance.method, instance.param and f"parameter {instance.param}")))
    name = alert.name or alert.alert or "(an alert without a name)"
    return f"{name} ({request})" if request else name


def _ratings(alert: _Alert) -> Iterator[Rating]:
    """The risk as a word. A code that ZAP does not know means nothing, so that the finding is unrated."""
    if alert.riskcode is not None:
        code = str(alert.riskcode).strip()
        known = code in _CODES
        yield Rating("riskcode", RISKS[int(code)] if known else f"unknown code {code[:20]}")
    elif alert.riskdesc:
        yield Rating("riskdesc", alert.riskdesc.partition("(")[0][:40])


def _suppressions(alert: _Alert) -> Iterator[Suppression]:
    if str(alert.confidence) == FALSE_POSITIVE:
        yield Suppression("external", justification="ZAP marks it a false positive")


def _faults(alerts: Iterable[_Alert]) -> Iterator[Problem]:
    """Alerts that count more instances than they list."""
    short = [alert for alert in alerts if _counted(alert) > len(alert.instances or ())]
    if short:
        first = short[0]
        yield Problem(
            Slug.CONTRADICTION,
            f"the alert {shown(first.name or first.alert or '')} counts {_counted(first)} instances and lists "
            f"{len(first.instances or ())} ({len(short)} such alerts)",
            hint="let ZAP write all instances into the report",
        )


def _counted(alert: _Alert) -> int:
    count = str(alert.count or "")
    return int(count) if _NUMBER.fullmatch(count) else 0


def _generated(text: str) -> datetime | None:
    """The time of `@generated`, such as `Sun, 22 Nov 2026 10:11:12`; it states no zone, and is taken as UTC."""
    found = _DATE.fullmatch(text)
    if not found or found[2] not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(found[group]) for group in (1, 3, 4, 5, 6))
    try:
        return datetime(year, _MONTHS.index(found[2]) + 1, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


FORMAT = Format(
    id="zap-json",
    title="ZAP JSON",
    proves=frozenset({Finding}),
    recognises=recognises,
    read=read,
    tools="ZAP (traditional JSON report, with or without requests)",
    specification="https://www.zaproxy.org/docs/desktop/addons/report-generation/report-traditional-json/",
)
