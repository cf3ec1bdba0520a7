"""Inputs out of a table: the rows of a spreadsheet or csv file that was read, each made an input or refused.

A table counts where its head names at least a kind, a price, a unit and a day. Columns may be named in either
language; those that are not known are left where they are. Rows that cannot be used are told with their place,
and the rest goes on.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from touchstone.desk.declared import declared
from touchstone.desk.input import Input, Origin
from touchstone.desk.refusal import refusal
from touchstone.desk.sheet import BRACKETS, Head, column_names, head_of, rows_of
from touchstone.desk.stated import clean, input_of, known_quotation
from touchstone.errors import UnknownUnit, UnusableQuote
from touchstone.facts.document import Block, Document
from touchstone.facts.quotation import is_price_unit
from touchstone.facts.unit import unit

_NEEDED = ({"kind"}, {"low", "high", "price"}, {"unit"}, {"day"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file gave: inputs in reading order, and the rows that could not be used."""

    inputs: tuple[Input, ...]
    problems: tuple[UnusableQuote, ...]


def inputs_of(document: Document, quotation: str, known: Collection[str]) -> Taken:
    """The inputs in the tables of a document.

    Args:
        quotation: the series they are about, where the rows name none; "" for none.
        known: the quotations that a row may name.

    Raises:
        UnusableQuote: DESK-030, no table has the columns needed; DESK-041, `quotation` is not known.
    """
    if quotation:
        known_quotation(quotation, known, document.source.name)
    inputs: list[Input] = []
    problems: list[UnusableQuote] = []
    seen: Counter[str] = Counter()
    tables = [
        (block, head) for block in document.blocks if (head := head_of(document, block, _names(), _enough))
    ]
    if not tables:
        raise refusal(UnusableQuote, "DESK-030", document.source.name)
    for block, head in tables:
        for place, fields, quote in _rows(document, block, head):
            origin = Origin(document.source.name, document.source.hash, place, quote)
            try:
                made = _input(fields, quotation, known, f"{document.source.name}!{place}", origin)
            except UnusableQuote as problem:
                problems.append(problem)
                continue
            seen[made.id] += 1
            inputs.append(replace(made, origin=replace(origin, nth=seen[made.id])))
    return Taken(tuple(inputs), tuple(problems))


def _input(
    fields: Mapping[str, str], quotation: str, known: Collection[str], where: str, origin: Origin
) -> Input:
    made = input_of(fields, quotation, where, origin)
    if not made.quotation:
        raise refusal(UnusableQuote, "DESK-029", where)
    known_quotation(made.quotation, known, where)
    return made


def _enough(fields: Collection[str], printed: Collection[str]) -> bool:
    """Whether a row names all that is needed; the unit may stand in the brackets of a name."""
    named = {*fields, *(("unit",) if any(map(_unit_in, printed)) else ())}
    return all(needed & named for needed in _NEEDED)


def _rows(document: Document, block: Block, head: Head) -> Iterator[tuple[str, dict[str, str], str]]:
    """The rows of a table; one without a unit has that of the head."""
    units = (found for name in head.printed if (found := _unit_in(name)))
    unit_of_head = next(units, "")
    for place, fields, quote in rows_of(document, block, head):
        if unit_of_head and not fields.get("unit"):
            fields["unit"] = unit_of_head
        yield place, fields, quote


@cache
def _names() -> dict[str, str]:
    """Every name a column may have → its field."""
    return column_names(declared("columns")["column"])


def _unit_in(name: str) -> str:
    """The unit in the brackets of a head, 最低（元/公斤）; "" where there is none."""
    for found in BRACKETS.finditer(clean(name)):
        text = found[1] or found[2] or ""
        try:
            if text and is_price_unit(unit(text)):
                return text
        except UnknownUnit:
            continue
    return ""
