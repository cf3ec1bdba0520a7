"""Text that others wrote, fit to be looked at: what is not seen but acts is written out, as \\u001b.

The name of a file can hold the code that clears a terminal, and a right-to-left override makes 205
look like 502. Every answer on a terminal and every page goes through here; text itself stays as it is.
"""

import re

_TURNING = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Characters that turn the direction of reading."""
_ACTING = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_TURNING}]")
"""These, control characters (all but tab and line feed), and half characters, which cannot be printed."""
_TURNING_OR_HALF = re.compile(rf"[\ud800-\udfff{_TURNING}]")
_BREAKS = str.maketrans("\t\n", "  ")


def shown(text: str) -> str:
    r"""Words of a document for one line of a terminal; a line break in them is a space.

    >>> shown("\x1b[2J铜\n66\u202e000")
    '\\u001b[2J铜 66\\u202e000'
    """
    return _ACTING.sub(_code, text.translate(_BREAKS))


def shown_json(text: str) -> str:
    """JSON for a terminal: what acts is escaped as JSON escapes it, so a program reads the same."""
    return _ACTING.sub(_code, text)


def shown_page(html: str) -> str:
    """A page on which every character stands where it is read."""
    return _TURNING_OR_HALF.sub(_code, html)


def _code(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
