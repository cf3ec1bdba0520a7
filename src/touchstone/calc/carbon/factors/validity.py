"""Factors at scale: one row for each value and the days it holds, to be joined with millions of entries by SQL."""

from datetime import date, timedelta
from decimal import Context, Decimal

import pyarrow as pa

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.context import OWN, level_of
from touchstone.calc.carbon.factors.context import Context as Case
from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.factors.sieve import days, is_official

SCHEMA = pa.schema(
    [
        ("kind", pa.string()), ("of", pa.string()), ("gas", pa.string()), ("region", pa.string()), ("family", pa.string()),
        ("document", pa.string()), ("level", pa.string()), ("valid_from", pa.date32()), ("valid_to", pa.date32()),
        ("value", pa.decimal128(38, 18)), ("low", pa.decimal128(38, 18)), ("high", pa.decimal128(38, 18)),
        ("unit", pa.string()), ("tag", pa.string()), ("id", pa.string()),
    ]
)  # fmt: skip
"""Columns of the table; values are exact decimals with 18 places in the unit printed."""
FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
"""Where a validity is open."""
_PLACES, _EXACT = Decimal("1e-18"), Context(prec=38)


def validity(library: Library) -> pa.Table:
    """The values that may be taken as official, with the days they hold, sorted by kind, thing, gas, region and day.

    `n` rows of `SCHEMA`. Left out are unverified and empty values, and those of drafts. A data year without a stated
    validity is that year; what another factor of the same or a wider place supersedes does not hold on the days of that one, and holds again, in a
    row of its own, when that one has run out: as `resolve` has it.
    """
    usable = [each for each in library.factors if is_official(library, each)]
    rows = sorted((_row(each, *span) for each in usable for span in _spans(library, each)), key=_order)
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _row(factor: Factor, first: date, last: date) -> dict[str, object]:
    decimals = {
        name: None if value is None else value.quantize(_PLACES, context=_EXACT)
        for name in ("value", "low", "high")
        for value in [getattr(factor, name)]
    }
    plain = {
        name: getattr(factor, name)
        for name in ("kind", "of", "gas", "region", "family", "document", "unit", "tag", "id")
    }
    return {**plain, **decimals, "level": level_of(factor), "valid_from": first, "valid_to": last}


def _spans(library: Library, factor: Factor) -> list[tuple[date, date]]:
    """The first and last days of the times in which a factor holds, in order."""
    first, last = days(library, factor)
    if factor.data_year is not None and factor.valid_from is None and factor.valid_to is None:
        first, last = date(factor.data_year, 1, 1), date(factor.data_year, 12, 31)
    spans = [(max(first, FIRST), min(last, LAST))]
    for newer in library.superseding(factor.id):
        if is_official(library, newer) and _covers(newer, factor):
            begins, ends = days(library, newer)
            spans = [rest for span in spans for rest in _without(span, max(begins, FIRST), min(ends, LAST))]
    return [(first, last) for first, last in spans if first <= last]


def _without(span: tuple[date, date], begins: date, ends: date) -> list[tuple[date, date]]:
    """A time without the days from one to another."""
    if ends < span[0] or begins > span[1]:
        return [span]
    return [(span[0], begins - timedelta(1)), (ends + timedelta(1), span[1])]


def _covers(newer: Factor, older: Factor) -> bool:
    """Whether a factor applies wherever another does: an own one of a unit does not take a published one from the others."""
    if newer.region in ("", older.region):
        return True
    if level_of(newer) in OWN:
        return False
    return level_of(older) in OWN or newer.region in Case(region=older.region).regions()


def _order(row: dict[str, object]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("kind", "of", "gas", "region", "family", "valid_from", "id"))
