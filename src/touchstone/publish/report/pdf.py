"""A report as PDF: A4, tagged for screen readers, with the fact ids of every figure attached.

The same report gives the same bytes. Layout is in templates/report.typ.
"""

import json
from typing import Any

from touchstone.publish.report.console import address_of, to_cell, to_figure
from touchstone.publish.report.grid import Place, lay_out
from touchstone.publish.report.pictures import drawing, share
from touchstone.publish.report.report import Block, Figure, Heading, Paragraph, Report, Sentence, Table
from touchstone.publish.report.said import change, gap, said, stated, words
from touchstone.publish.report.typeset import pdf as typeset
from touchstone.publish.report.writable import check_drawn, check_written
from touchstone.publish.words import word

ATTACHED = "facts.json"
"""Name of the attachment: a list of {where, text, facts}, in the order of the report."""
_ROOM, _ROOM_WIDE = 470.0, 715.0
"""Width of the text in points, upright and in landscape."""


def pdf(report: Report, lang: str, address: str | None = None) -> bytes:
    """Write a report as PDF.

    Args:
        address: of a console that has the facts; a figure then leads to where it was printed.

    Raises:
        UnwritableReport: a character the fonts lack, a table that does not fill its columns, no address.
    """
    console = address_of(address)
    check_written(report, lang)
    check_drawn(report, lang)
    data: dict[str, Any] = {
        "title": words(report.title, lang),
        "byline": words(report.byline, lang),
        "footer": words(report.footer, lang),
        "day": (report.day.year, report.day.month, report.day.day),
        "lang": lang,
        "gap": gap(lang),
        "page": word("report.page", lang, page="{page}", pages="{pages}"),
        "attached": word("report.attached", lang),
        "anchors": report.anchors(),
        "blocks": [_block(block, f"block {n}", lang, console) for n, block in enumerate(report.blocks, 1)],
    }
    listed = [{"where": s.where, "text": s.text, "facts": s.facts} for s in stated(report, lang)]
    facts = json.dumps(listed, ensure_ascii=False, indent=1).encode()
    return typeset("report.typ", data, report.day, {ATTACHED: facts})


def _block(block: Block, where: str, lang: str, console: str) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": words(block.text, lang), "level": block.level}
    if isinstance(block, Paragraph):
        label = words(block.label, lang) if block.label else ""
        return {
            "kind": "paragraph",
            "label": label,
            "said": [_said(s, lang, console) for s in block.sentences],
        }
    if isinstance(block, Figure):
        drawn = drawing(block.drawn(lang), lang)
        return {"kind": "figure", "drawing": drawn, "share": share(drawn), "alt": words(block.alt, lang)}
    return _table(block, where, lang, console)


def _table(table: Table, where: str, lang: str, console: str) -> dict[str, Any]:
    grid = lay_out(table, where)
    size, widths = grid.fit(lang, _ROOM_WIDE if table.wide else _ROOM)
    return {
        "kind": "table",
        "caption": words(table.caption, lang),
        "wide": table.wide,
        "widths": widths,
        "size": size,
        "whole": grid.whole(),
        "head": [_cell(place, lang, console) for row in grid.rows[: grid.head] for place in row],
        "body": [_cell(place, lang, console) for row in grid.rows[grid.head :] for place in row],
        "notes": [{"mark": mark, "said": [_said(sentence, lang, console)]} for mark, sentence in table.notes],
    }


def _cell(place: Place, lang: str, console: str) -> dict[str, Any]:
    cell = place.cell
    return {
        "text": words(cell.text, lang),
        "note": cell.note,
        "columns": cell.columns,
        "rows": cell.rows,
        "heads": place.heads,
        "align": "right" if cell.number else "center" if place.centred() else "left",
        "change": change(cell, lang),
        "link": to_cell(console, cell),
        "goto": cell.leads[1:] if cell.leads[:1] == "#" else "",
        "anchor": cell.anchor,
    }


def _said(sentence: Sentence, lang: str, console: str) -> dict[str, str]:
    spoken = said(sentence, lang)
    return {
        "text": spoken.text,
        "lang": spoken.lang,
        "mark": spoken.mark,
        "refs": spoken.refs,
        "link": to_figure(console, spoken.facts),
    }
