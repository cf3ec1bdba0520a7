"""Markets side by side: the quotes of one metal on one basis, and how far each lies from the home market."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from touchstone.audit.parity import home_market
from touchstone.audit.subject import metal_form
from touchstone.facts.quotation import Quotation
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.price import mean_of
from touchstone.serve.basis import Basis
from touchstone.serve.board import Row

USUAL = Basis("CNY/kg", "excluded")
"""What markets are compared on where nothing else is asked for: without tax, as trade across a border is."""


@dataclass(frozen=True, slots=True)
class Side:
    """One market of a comparison; `gap` is how far its mean lies from the home market's, in percent.

    `home` marks the price the others are compared with.
    """

    row: Row
    gap: Fraction | None
    home: bool


@dataclass(frozen=True, slots=True)
class Parity:
    """The markets of one form of a metal (the metal itself, its oxide), and the range all their prices lie in.

    `least` and `most` are None where no price could be brought to the basis.
    """

    form: str
    sides: tuple[Side, ...]
    least: Fraction | None
    most: Fraction | None


def parities(rows: Iterable[Row]) -> list[Parity]:
    """The forms that are quoted in two markets or more, each with its rows in their order."""
    forms: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        forms[_form(row.quote.quotation)].append(row)
    several = {form: each for form, each in forms.items() if len({_market(row) for row in each}) > 1}
    return [_parity(form, each) for form, each in several.items()]


def _parity(form: str, rows: list[Row]) -> Parity:
    found = [row.brought.conversion for row in rows if row.brought and row.brought.conversion]
    ends = [end for each in found for end in (each.price.low, each.price.high)]
    home = next((row for row in rows if _market(row) == home_market() and _mean(row)), None)
    base = _mean(home) if home else None
    sides = tuple(Side(row, None if row is home else _gap(_mean(row), base), row is home) for row in rows)
    return Parity(form, sides, min(ends, default=None), max(ends, default=None))


def _gap(mean: Fraction | None, base: Fraction | None) -> Fraction | None:
    return None if base is None or mean is None else (mean / base - 1) * 100


def _mean(row: Row) -> Fraction | None:
    return mean_of(row.brought.conversion) if row.brought and row.brought.conversion else None


def _market(row: Row) -> str:
    return row.quote.quotation.market


def _form(quotation: Quotation) -> str:
    """The metal, or its compound: refined and ingot are one, the oxide and the crude metal are others."""
    return metal_form("", vocabulary().name(quotation.commodity, "zh")) or quotation.commodity
