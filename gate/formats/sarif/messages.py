"""The text of a result: said outright, or put together from the strings of its rule or tool (3.11)."""

import re
from collections.abc import Iterator, Sequence

from gate.formats.sarif.rules import Rule
from gate.formats.sarif.shapes import Message, Text, Texts, Tool

MAX_TEXT = 4096
"""Where the text stops into which arguments are put: placeholders and arguments multiply."""
_FORM = re.compile(r"Artifact: (?:.*\n){1,8}?Message: (.+)")
"""Trivy fills in a form, whose other lines repeat the place, the rule and the severity."""
_VULNERABILITY = re.compile(r"Package: .*\n(?:.*\n){0,8}?Fixed Version:[ \t]*(.*)")
"""Trivy's form for vulnerabilities; it leaves the version empty where there is no fix."""
_PLACEHOLDER = re.compile(r"\{(\d{1,4})\}|\{\{|\}\}", re.ASCII)


def text_of(message: Message | None, rule: Rule | None, tool: Tool | None) -> str:
    """Whatever a result says; where it says nothing, what its rule says of itself. Never empty."""
    return next((text for text in _candidates(message or Message(), rule, tool) if text.strip()), "(no message)")


def message_in(text: str) -> str:
    """The sentence that a filled-in form is about, or the text as it is."""
    form = _FORM.match(text)
    return form[1] if form else text


def fix_in(text: str) -> str | None:
    """The version that fixes it as the text says, empty where it says that none does; None where it is silent."""
    form = _VULNERABILITY.match(text)
    return form[1].strip() if form else None


def said(message: Message | None) -> str:
    """What a message says outright, or its id, or nothing."""
    if message is None:
        return ""
    return _filled(message.text or message.markdown or message.id or "", message.arguments)


def _candidates(message: Message, rule: Rule | None, tool: Tool | None) -> Iterator[str]:
    """From the best to the poorest."""
    for text in (message.text, message.markdown, *_looked_up(message.id, rule, tool)):
        yield _filled(text or "", message.arguments)
    if rule:
        about = rule.descriptor
        yield from filter(None, (*_both(about.short_description), *_both(about.full_description), about.name, about.id))
    yield message.id or ""


def _looked_up(message_id: str | None, rule: Rule | None, tool: Tool | None) -> Iterator[str | None]:
    """The string with this id: of the rule, of its component, of the driver."""
    if not message_id:
        return
    tables: list[Texts] = [rule.descriptor.message_strings, rule.component.global_message_strings] if rule else []
    tables.append(tool.driver.global_message_strings if tool and tool.driver else None)
    for table in tables:
        yield from _both((table or {}).get(message_id))


def _both(text: Text | None) -> tuple[str | None, str | None]:
    return (text.text, text.markdown) if text else (None, None)


def _filled(text: str, arguments: Sequence[object] | None) -> str:
    """The text with `{0}` and its like replaced; one without an argument stays, and doubled braces become one."""
    if not arguments:
        return text
    parts: list[str] = []
    length, end = 0, 0
    for found in _PLACEHOLDER.finditer(text):
        parts += (text[end : found.start()], _replacement(found, arguments))
        length += len(parts[-1]) + len(parts[-2])
        end = found.end()
        if length > MAX_TEXT:
            return "".join(parts)[:MAX_TEXT] + "…"
    return "".join((*parts, text[end:]))


def _replacement(found: re.Match[str], arguments: Sequence[object]) -> str:
    if found[1] is None:
        return found[0][0]
    number = int(found[1])
    argument = arguments[number] if number < len(arguments) else None
    return str(argument) if isinstance(argument, str | int | float) else found[0]
