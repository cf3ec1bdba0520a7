"""Factors at scale: one row for each value and the days it holds, to be joined with millions of entries by SQL."""

from datetime import date, timedelta
from decimal import Context, Decimal

import pyarrow as pa

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.context import OWN, level_of
from touchstone.calc.carbon.factors.context import Context as Case
from touchstone.calc.carbon.factors.library import Library

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
    validity is that year; what another factor of the same or a wider place supersedes holds until the day before, and not at all where that is from
    no day on.
    """
    usable = [each for each in library.factors if _is_official(library, each)]
    rows = sorted((_row(library, each) for each in usable if _holds(library, each)), key=_order)
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _is_official(library: Library, factor: Factor) -> bool:
    known = factor.value is not None and factor.tag != "unverified"
    return known and library.document(factor).status != "draft"


def _holds(library: Library, factor: Factor) -> bool:
    first, last = _days(library, factor)
    return first <= last


def _row(library: Library, factor: Factor) -> dict[str, object]:
    first, last = _days(library, factor)
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


def _days(library: Library, factor: Factor) -> tuple[date, date]:
    first, last = factor.valid_from, factor.valid_to
    if factor.data_year is not None and first is None and last is None:
        first, last = date(factor.data_year, 1, 1), date(factor.data_year, 12, 31)
    begins = first or library.document(factor).in_force or FIRST
    ends = [last or LAST]
    for newer in library.superseding(factor.id):
        if _is_official(library, newer) and _covers(newer, factor):
            ends.append((newer.valid_from or FIRST) - timedelta(1))
    return begins, min(ends)


def _covers(newer: Factor, older: Factor) -> bool:
    """Whether a factor applies wherever another does: an own one of a unit does not take a published one from the others."""
    if newer.region in ("", older.region):
        return True
    if level_of(newer) in OWN:
        return False
    return level_of(older) in OWN or newer.region in Case(region=older.region).regions()


def _order(row: dict[str, object]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("kind", "of", "gas", "region", "family", "valid_from", "id"))
