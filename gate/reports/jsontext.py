"""JSON as text that may be printed anywhere: what acts or hides in a terminal stands as an escape."""

import json
import re

import msgspec

# Every JSON writer escapes the control characters of ASCII; these are the others that act or hide.
_ACTIVE = re.compile(
    "[\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Half of a surrogate pair: JSON can write it, and hardly a reader accepts it.
_HALF = re.compile("[\ud800-\udfff]")


def dumps(value: object) -> str:
    """The value with its members in the given order, indented, and a line feed at the end."""
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(json.loads(_HALF.sub(_spelt, json.dumps(value, ensure_ascii=False))))
    text = msgspec.json.format(encoded, indent=2).decode()
    return (text.replace("\x7f", r"\u007f") if text.isascii() else _ACTIVE.sub(_escaped, text)) + "\n"


def _escaped(found: re.Match[str]) -> str:
    """The escape of JSON: two halves of a surrogate pair for what lies beyond the basic plane."""
    return json.dumps(found[0])[1:-1]


def _spelt(found: re.Match[str]) -> str:
    """Its number as plain text."""
    return json.dumps(f"\\u{ord(found[0]):04x}")[1:-1]
