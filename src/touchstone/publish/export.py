"""Facts and findings as plain rows: for JSON and CSV.

Numbers are written as text with the digits printed, so "74.0" stays "74.0". A CSV cell of text
that a spreadsheet would take for a formula gets a leading apostrophe.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from touchstone.facts.fact import Fact

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FACT_COLUMNS = (
    "id", "subject", "subject_words", "measure", "place", "period", "value", "value_high", "half_width",
    "unit", "approx", "base", "status", "form", "quote", "rule", "source", "published", "recorded", "replaces",
)  # fmt: skip


def fact_row(fact: Fact) -> dict[str, object]:
    """A fact as one flat row; the locator becomes `block`, `start`, `end`, `row`, `column`."""
    row: dict[str, object] = {name: getattr(fact, name) for name in _FACT_COLUMNS}
    place = fact.locator
    for name in ("block", "start", "end", "row", "column"):
        row[name] = None if place is None else getattr(place, name)
    row["parents"] = list(fact.parents)
    return row


def plain(value: object) -> object:
    """Dataclasses, decimals and dates as what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else value


def to_json(value: object, indent: int | None = 2) -> str:
    """JSON text; Chinese stays readable."""
    return json.dumps(plain(value), ensure_ascii=False, indent=indent)


def to_csv(rows: Sequence[Mapping[str, object]]) -> str:
    """CSV text with a byte-order mark (Excel needs it for Chinese); columns of the first row."""
    out = io.StringIO()
    out.write("\ufeff")
    if rows:
        writer = csv.writer(out)
        writer.writerow(rows[0].keys())
        for row in rows:
            writer.writerow([_cell(row[name]) for name in rows[0]])
    return out.getvalue()


def _cell(value: object) -> object:
    value = plain(value)
    if value is None or isinstance(value, (int, float)):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + text if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).lstrip("-").isdigit() and text.count("-") <= 1 and text.isascii()
