"""Facts as columns: the Arrow schema of the ledger, and the way there and back.

Decimals are kept as the text that was printed ("74.0" is not "74"): the scale of a number says
how precisely it is known, and no binary or fixed-scale type keeps it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from touchstone.errors import LedgerError
from touchstone.facts.arrays import days, integers, lists, moments, texts
from touchstone.facts.fact import Fact, Locator

if TYPE_CHECKING:
    import pyarrow as pa

TEXTS = (
    "id", "subject", "measure", "place", "period", "unit", "status", "source", "quote", "subject_words",
    "rule", "approx", "base", "form", "replaces",
)  # fmt: skip
DECIMALS = ("value", "value_high", "half_width")
PLACES = ("block", "start", "end", "row", "column")
REQUIRED = ("id", "subject", "measure", "value", "half_width", "unit", "source", "rule")
_DEFAULTS: dict[str, Any] = {
    "quote": "", "subject_words": "", "status": "reported", "form": "digit", "parents": []
}  # fmt: skip


@cache
def schema() -> "pa.Schema":
    """The columns of a segment, in order; `recorded` is UTC without a zone, in microseconds."""
    import pyarrow as pa

    return pa.schema(
        [pa.field(name, pa.string()) for name in (*TEXTS, *DECIMALS)]
        + [pa.field(name, pa.int32()) for name in PLACES]
        + [
            pa.field("parents", pa.list_(pa.string())),
            pa.field("published", pa.date32()),
            pa.field("recorded", pa.timestamp("us")),
        ]
    )


def table_of(facts: Iterable[Fact]) -> "pa.Table":
    """Facts as an Arrow table in the ledger's schema.

    Raises:
        LedgerError: a value is not a finite number.
    """
    import pyarrow as pa

    # one column after the other: row tuples by the hundred thousand would wake the garbage collector
    facts = list(facts)
    columns = [texts(_column(facts, name)) for name in TEXTS]
    for name in DECIMALS:
        printed = [None if number is None else _printed(number) for number in _column(facts, name)]
        columns.append(texts(printed))
    locators = _column(facts, "locator")
    for name in PLACES:
        columns.append(integers([at and getattr(at, name) for at in locators]))
    columns.append(lists(_column(facts, "parents")))
    columns.append(days(_column(facts, "published")))
    columns.append(moments([at and microseconds(at) for at in _column(facts, "recorded")]))
    return pa.Table.from_arrays(columns, schema=schema())


def _column(facts: list[Fact], name: str) -> list[Any]:
    return list(map(attrgetter(name), facts))


def facts_of(table: "pa.Table") -> Iterator[Fact]:
    """The facts of a table in the ledger's schema, in its order."""
    for batch in table.to_batches(max_chunksize=8192):
        columns = [batch.column(name).to_pylist() for name in _ORDER]
        for row in zip(*columns, strict=True):
            yield _fact(row)


_ORDER = (*TEXTS, *DECIMALS, *PLACES, "parents", "published", "recorded")


def _fact(row: tuple[Any, ...]) -> Fact:
    (id, subject, measure, place, period, unit, status, source, quote, words, rule, approx, base, form,
     replaces, value, value_high, half_width, block, start, end, at_row, at_column, parents, published,
     recorded) = row  # fmt: skip
    return Fact(
        id=id, subject=subject, measure=measure, period=period, value=Decimal(value), unit=unit,
        half_width=Decimal(half_width), source=source,
        locator=None if block is None else Locator(block, start, end, at_row, at_column),
        rule=rule, quote=quote, subject_words=words, place=place,
        value_high=None if value_high is None else Decimal(value_high), status=status, approx=approx,
        base=base, form=form, parents=tuple(parents), published=published,
        recorded=None if recorded is None else recorded.replace(tzinfo=UTC), replaces=replaces,
    )  # fmt: skip


def conformed(table: "pa.Table") -> "pa.Table":
    """A table made elsewhere, brought to the ledger's schema: missing columns take their defaults.

    Raises:
        LedgerError: a required column is missing or has gaps, or a type does not fit.
    """
    import pyarrow as pa

    if table.schema == schema():
        _complete(table)
        return table
    columns = []
    try:
        for field in schema():
            if field.name in table.column_names:
                columns.append(table.column(field.name).cast(field.type))
            else:
                columns.append(_default(field, table.num_rows))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise LedgerError(f"the table does not fit the ledger's columns: {error}") from error
    made = pa.Table.from_arrays(columns, schema=schema())
    _complete(made)
    return made


def _default(field: "pa.Field", rows: int) -> "pa.Array":
    import pyarrow as pa

    if field.name in _DEFAULTS:
        return pa.repeat(pa.scalar(_DEFAULTS[field.name], field.type), rows)
    return pa.nulls(rows, field.type)


def _complete(table: "pa.Table") -> None:
    gaps = [name for name in REQUIRED if table.column(name).null_count]
    if gaps:
        raise LedgerError(f"facts without {', '.join(gaps)} cannot be kept: every one of them needs it")


def _printed(number: Decimal) -> str:
    if not number.is_finite():
        raise LedgerError(f"{number} is not a figure: a fact needs a finite value")
    return str(number)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment_of(microseconds: int) -> datetime:
    """Microseconds since 1970 as a moment, in UTC, exactly."""
    return _EPOCH + timedelta(microseconds=microseconds)


def microseconds(moment: datetime) -> int:
    """A moment with a zone as microseconds since 1970, exactly."""
    seconds = moment - _EPOCH
    return (seconds.days * 86400 + seconds.seconds) * 1_000_000 + seconds.microseconds
