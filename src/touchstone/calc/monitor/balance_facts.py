"""What the balance worked out, as facts: each names its formula and the facts it stands on.

Source: "monitor.*" in data/methods/monitor.toml.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.monitor.balance import Balance, Cell
from touchstone.facts.conversion import rounded
from touchstone.facts.fact import Fact, fact_id

PLACES = 6
"""Decimals to which a value that does not end is rounded."""
_MEASURES = {
    "apparent_use": "consumption.apparent", "apparent_use_gross": "consumption.apparent.gross", "use": "consumption",
    "utilisation": "rate", "stock_change": "stock.change", "gap": "balance.gap",
}  # fmt: skip


def balance_facts(given: Balance, published: Mapping[str, date | None]) -> Iterator[Fact]:
    """The cells that a formula made and that have a value; what a source states is a fact already.

    Args:
        published: by id, when the facts behind the cells were published. A value is known once the last of them is, and
            on no known day where one of theirs is unknown.
    """
    for row in given.rows:
        for cell in row.cells.values():
            if cell.rule and cell.value is not None and cell.point:
                yield _fact(
                    given.material, row.period, cell, cell.value, cell.point.half, cell.point.facts, published
                )


def printed(value: Fraction) -> Decimal:
    """An exact value as a decimal: to its last digit where it ends within `PLACES`, else rounded there.

    >>> printed(Fraction(1, 3)), printed(Fraction(1200)), printed(Fraction(5, 2))
    (Decimal('0.333333'), Decimal('1200'), Decimal('2.5'))
    """
    text = f"{rounded(value, PLACES):f}"
    return Decimal(text.rstrip("0").rstrip("."))


def _fact(
    material: str, period: str, cell: Cell, value: Fraction, half: Fraction, parents: tuple[str, ...],
    published: Mapping[str, date | None],
) -> Fact:  # fmt: skip
    shown = printed(value)
    days = [published.get(each) for each in parents]
    known = [day for day in days if day]
    measure = _MEASURES.get(cell.item, cell.item)
    return Fact(
        id=fact_id(cell.rule, cell.item, material, period, shown, cell.unit, *parents),
        subject=material, measure=measure, period=period, value=shown, unit=cell.unit,
        half_width=printed(half + abs(Fraction(shown) - value)), source="", locator=None, rule=cell.rule,
        place="CN", status="derived", parents=parents,
        published=max(known) if known and len(known) == len(days) else None,
    )  # fmt: skip
