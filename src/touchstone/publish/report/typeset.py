"""Typesetting with Typst: a template of ours and data, never text as markup.

What a report says reaches the template as JSON, so nothing in it can be taken for a command. No
system font is looked at; the fonts of the package are enough, and give the same bytes everywhere.
"""

import json
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

from touchstone.publish.report.fonts import folder

DOTS_AN_INCH = 220
"""Of pictures: sharp in print at the width of a page, 30 kB each."""


def pdf(template: str, data: dict[str, Any], day: date, attached: dict[str, bytes]) -> bytes:
    """A PDF that archives keep and screen readers read (PDF/A-3a, PDF/UA-1).

    Args:
        template: name of a template in publish/templates.
        data: what it lays out.
        day: the day it says it was made.
        attached: files the template attaches, by name.
    """
    import typst

    made = typst.compile(
        _inputs(template, data, attached),
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime.combine(day, time(), UTC),
    )
    return _pages(made)[0]


def png(template: str, data: dict[str, Any]) -> list[bytes]:
    """One picture a page."""
    import typst

    made = typst.compile(
        _inputs(template, data, {}),
        font_paths=_fonts(),
        format="png",
        ppi=DOTS_AN_INCH,
    )
    return _pages(made)


def _fonts() -> Any:
    """Those of the package and no others, neither of the system nor of Typst."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder())])


def _inputs(template: str, data: dict[str, Any], attached: dict[str, bytes]) -> Any:
    """The files Typst is given: the template, its data, what it attaches."""
    main = (files("touchstone.publish") / "templates" / template).read_bytes()
    return {"main.typ": main, "data.json": json.dumps(data, ensure_ascii=False).encode(), **attached}


def _pages(made: Any) -> list[bytes]:
    """Typst gives one file as bytes and several as a list."""
    return [made] if isinstance(made, bytes) else list(made)
