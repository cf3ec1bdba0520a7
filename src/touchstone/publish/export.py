"""Facts, quotes and findings as plain rows: for JSON and CSV.

Numbers are written as text with the digits printed, so "74.0" stays "74.0". A CSV cell of text
that a spreadsheet would take for a formula gets a leading apostrophe.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from touchstone.audit.finding import Finding
from touchstone.facts.fact import Fact
from touchstone.facts.quotation import Quotation
from touchstone.facts.quote import Quote
from touchstone.publish.dates import period
from touchstone.publish.format import measure, name
from touchstone.publish.sentence import in_words
from touchstone.publish.template import rule_name
from touchstone.publish.words import LANGUAGES

_SPOKEN: dict[str, Callable[[str | None, str], str]] = {
    "subject": name, "place": name, "measure": lambda code, lang: measure(code or "", lang), "period": lambda code, lang: period_of(code, lang),
}  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FACT_COLUMNS = (
    "id", "subject", "subject_words", "measure", "place", "period", "value", "value_high", "half_width",
    "unit", "approx", "base", "status", "form", "quote", "rule", "source", "published", "recorded", "replaces",
)  # fmt: skip


def fact_row(fact: Fact) -> dict[str, object]:
    """A fact as one flat row: its codes, then the same in words (`period_zh`, `period_en`, ...).

    The locator becomes `block`, `start`, `end`, `row`, `column`.
    """
    row: dict[str, object] = {name: getattr(fact, name) for name in _FACT_COLUMNS}
    row |= in_both(subject=fact.subject, measure=fact.measure, place=fact.place, period=fact.period)
    place = fact.locator
    for part in ("block", "start", "end", "row", "column"):
        row[part] = None if place is None else getattr(place, part)
    row["parents"] = list(fact.parents)
    return row


def quote_row(quote: Quote, document: str) -> dict[str, object]:
    """A quote as one flat row behind its specification; `document` is the name of the one that states it."""
    return _specification(quote.quotation) | {
        "period": quote.period, "low": quote.low, "high": quote.high, "mean": quote.mean, "unit": quote.unit,
        "carried_from": quote.carried_from, "read_by": quote.read_by, "off_unit": quote.off_unit, "published": quote.published,
        "document": document, "source": quote.source, "facts": list(quote.facts),
    }  # fmt: skip


@lru_cache(maxsize=1024)
def _specification(of: Quotation) -> dict[str, object]:
    return {
        "quotation": of.code, "subject": of.commodity, "place": of.market,
        **in_both(subject=of.commodity, place=of.market), "grade": of.grade, "delivery": of.delivery,
        "tax": of.tax, "tax_basis": of.tax_basis, "mean_is": of.mean,
    }  # fmt: skip


def in_both(**codes: str | None) -> dict[str, object]:
    """Codes in words, in both languages: subject, place, measure and period of a fact or a series.

    >>> in_both(period="2022-08")
    {'period_zh': '2022年8月', 'period_en': 'Aug 2022'}
    """
    return {
        f"{key}_{lang}": _SPOKEN[key](code or None, lang) for key, code in codes.items() for lang in LANGUAGES
    }


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding for JSON: as it is, with its sentences in words; `rule_name` says what `rule` tests."""
    found: dict[str, Any] = {f.name: getattr(finding, f.name) for f in fields(finding)}
    for part in ("title", "arithmetic", "note"):
        found[part] = found[part] and {lang: in_words(getattr(found[part], lang), lang) for lang in LANGUAGES}
    return found | {"rule_name": {lang: rule_name(finding.rule, lang) for lang in LANGUAGES}}


def period_of(code: str | None, lang: str) -> str:
    """A period in words; one of another calendar as it is."""
    try:
        return period(code, lang)
    except ValueError:
        return code or ""


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
    text = text.replace("\x00", "")  # spreadsheets drop it, and what then stands first may be run
    return "'" + text if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).lstrip("-").isdigit() and text.count("-") <= 1 and text.isascii()
