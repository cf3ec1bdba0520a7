"""What the balance worked out, as facts: each names its formula and the facts it stands on.

Source: "monitor.*" in data/methods/monitor.toml.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.monitor.balance import Balance, Cell
from touchstone.facts.conversion import rounded
from touchstone.facts.fact import Fact, fact_id

PLACES = 6
"""Decimals to which a value that does not end is rounded."""
_MEASURES = {
    "apparent_use": "consumption", "apparent_use_gross": "consumption", "use": "consumption", "utilisation": "rate",
    "stock_change": "stock.change", "gap": "change", "margin": "price.change",
}  # fmt: skip


def balance_facts(given: Balance) -> Iterator[Fact]:
    """The cells that a formula made and that have a value; what a source states is a fact already."""
    for row in given.rows:
        for cell in row.cells.values():
            if cell.rule and cell.value is not None and cell.point:
                yield _fact(given.material, row.period, cell, cell.value, cell.point.half, cell.point.facts)


def printed(value: Fraction) -> Decimal:
    """An exact value as a decimal: to its last digit where it ends within `PLACES`, else rounded there.

    >>> printed(Fraction(1, 3)), printed(Fraction(1200)), printed(Fraction(5, 2))
    (Decimal('0.333333'), Decimal('1200'), Decimal('2.5'))
    """
    text = f"{rounded(value, PLACES):f}"
    return Decimal(text.rstrip("0").rstrip("."))


def _fact(
    material: str, period: str, cell: Cell, value: Fraction, half: Fraction, parents: tuple[str, ...]
) -> Fact:
    shown = printed(value)
    measure = _MEASURES.get(cell.item, cell.item)
    return Fact(
        id=fact_id(cell.rule, cell.item, material, period, shown, cell.unit, *parents),
        subject=material, measure=measure, period=period, value=shown, unit=cell.unit,
        half_width=printed(half + abs(Fraction(shown) - value)), source="", locator=None, rule=cell.rule,
        place="CN", status="derived", parents=parents,
    )  # fmt: skip
