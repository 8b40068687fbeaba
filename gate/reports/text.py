"""One writer of strangers' text for each sink. Nothing else puts such text there."""

import re

from gate.model.text import LONGEST, visible

# Whatever Markdown, HTML or a linkifier could read as more than a letter. A backslash before ASCII punctuation is the
# same character without a meaning (CommonMark 0.31, section 2.4), within the cells of a table too. GitHub links names
# and numbers only after rendering, where a backslash is gone, but never inside code.
_MARKDOWN = re.compile(
    r"(?P<reference>[@#](?=\w))|[\\`*_\[\]<>|~&$]|:(?=\S)|(?<=www)\.|^(?:[-+]|\d+[.)])(?=\s|$)|^#+|#$", re.IGNORECASE
)


def markdown_safe(text: str, longest: int = LONGEST) -> str:
    """Prose in Markdown: reads as it stands, and can be no markup, link, image, mention, comment or table cell."""
    return _MARKDOWN.sub(_disarmed, visible(text, longest).strip())


def code_safe(text: str, longest: int = LONGEST) -> str:
    """Words of a machine as a code span; as prose where a backtick or a pipe would end the span or the cell."""
    shown = visible(text, longest).strip()
    if not shown or "`" in shown or "|" in shown:
        return markdown_safe(text, longest)
    return f"`{shown}`"


def sarif_safe(text: str, longest: int = LONGEST) -> str:
    """A plain message of SARIF: without embedded links (SARIF 2.1.0, section 3.11.6)."""
    shown = visible(text, longest)
    if "](" not in shown:
        return shown
    return re.sub(r"([\\\[\]])", r"\\\1", shown)


def xml_safe(text: str, longest: int = LONGEST) -> str:
    """Text of an XML document: without characters that XML 1.0 forbids. Markup is escaped by its writer."""
    return visible(text, longest)


def _disarmed(found: re.Match[str]) -> str:
    """A sign that starts a reference as code; any other with a backslash before its last character."""
    return f"`{found[0]}`" if found["reference"] else f"{found[0][:-1]}\\{found[0][-1]}"
