"""Facts in the schema of label files, one JSON object a line, to be scored or corrected by hand."""

import json
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.publish import format as written


def labels(document: Document, facts: Iterable[Fact], lang: str = "zh") -> Iterator[dict[str, object]]:
    """One label for each fact that stands in the document's text.

    `line` counts from 1; `start` and `end` are characters of the text; a table cell carries the
    caption or heading above its table.
    """
    line_starts = [0, *(i + 1 for i, c in enumerate(document.text) if c == "\n")]
    for fact in facts:
        if fact.locator is not None:
            yield _label(document, fact, line_starts, lang)


def to_lines(found: Iterable[dict[str, object]]) -> str:
    """Labels as JSON lines."""
    return "".join(json.dumps(label, ensure_ascii=False) + "\n" for label in found)


def label_measure(measure: str, status: str = "reported") -> str:
    """What label files call a measure; "other" where they have no word for it.

    >>> label_measure("output.cumulative"), label_measure("index.mom"), label_measure("share", "target")
    ('cumulative_output', 'mom', 'target')
    """
    table = _table()
    if status in table["status"]:
        return table["status"][status]
    own = table["measure"]
    return (
        own.get(measure)
        or own.get("*." + measure.rpartition(".")[2])
        or own.get(measure.partition(".")[0], "other")
    )


def _label(document: Document, fact: Fact, line_starts: list[int], lang: str) -> dict[str, object]:
    place = fact.locator
    assert place is not None
    market = _table()["market"].get(fact.place or "")
    label: dict[str, object] = {
        "id": fact.id,
        "quote": fact.quote,
        "subject": fact.subject_words or written.name(fact.subject, lang),
        "measure": label_measure(fact.measure, fact.status),
        "period": fact.period,
        "value": _number(fact.value),
        "value_high": None if fact.value_high is None else _number(fact.value_high),
        "unit": fact.unit or None,
        "market": market,
        "region": None if market or fact.place is None else written.name(fact.place, lang),
        "line": bisect_right(line_starts, place.start),
        "start": place.start,
        "end": place.end,
        "form": fact.form,
        "approx": fact.approx,
        "base": fact.base,
    }
    if place.row is not None:
        label["table"] = _caption(document, place.block)
    return label


def _number(value: object) -> int | float:
    number = float(str(value))
    return int(number) if number.is_integer() else number


def _caption(document: Document, table: int) -> str:
    for block in reversed(document.blocks[:table]):
        if block.kind in ("caption", "heading"):
            return document.text[block.start : block.end].strip()
    return ""


@cache
def _table() -> dict[str, dict[str, str]]:
    source = files("touchstone") / "data" / "label_measures.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
