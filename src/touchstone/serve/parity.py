"""Markets side by side: the quotes of one metal on one basis, and how far each lies from the home market."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchstone.audit.finding import Finding
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
    """One market of a comparison.

    Attributes:
        row: its quotation on the day.
        gap: how far its mean lies from the home market's, in percent; None where there is none to tell.
        home: whether it is the price the others are compared with.
        finding: what the audit says against its unit, None where it says nothing; then there is no gap.
    """

    row: Row
    gap: Fraction | None
    home: bool
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Parity:
    """The markets of one form of a metal (the metal itself, its oxide), and the range all their prices lie in.

    `least` and `most` are None where no price could be brought to the basis; one whose unit the audit disproves does
    not count.
    """

    form: str
    sides: tuple[Side, ...]
    least: Fraction | None
    most: Fraction | None


def parities(rows: Iterable[Row], findings: Iterable[Finding] = ()) -> list[Parity]:
    """The forms that are quoted in two markets or more, each with its rows in their order.

    Args:
        rows: the quotations of a metal on a day.
        findings: what the audit says of them between markets.
    """
    disproved = {fact: f for f in findings if f.verdict == "fails" for fact in f.facts}
    forms: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        forms[_form(row.quote.quotation)].append(row)
    several = {form: each for form, each in forms.items() if len({_market(row) for row in each}) > 1}
    return [_parity(form, each, disproved) for form, each in several.items()]


def _parity(form: str, rows: list[Row], disproved: Mapping[str, Finding]) -> Parity:
    against = [_disproved(row, disproved) for row in rows]
    sound = [row for row, finding in zip(rows, against, strict=True) if finding is None]
    found = [row.brought.conversion for row in sound if row.brought and row.brought.conversion]
    ends = [end for each in found for end in (each.price.low, each.price.high)]
    home = next((row for row in rows if _market(row) == home_market() and _mean(row)), None)
    base = _mean(home) if home else None
    sides = tuple(
        Side(row, None if row is home or finding else _gap(_mean(row), base), row is home, finding)
        for row, finding in zip(rows, against, strict=True)
    )
    return Parity(form, sides, min(ends, default=None), max(ends, default=None))


def _disproved(row: Row, disproved: Mapping[str, Finding]) -> Finding | None:
    """What is said against the unit of a price abroad; that at home is what it was tested against."""
    if _market(row) == home_market():
        return None
    return next((disproved[fact] for fact in row.quote.facts if fact in disproved), None)


def _gap(mean: Fraction | None, base: Fraction | None) -> Fraction | None:
    return None if base is None or mean is None else (mean / base - 1) * 100


def _mean(row: Row) -> Fraction | None:
    return mean_of(row.brought.conversion) if row.brought and row.brought.conversion else None


def _market(row: Row) -> str:
    return row.quote.quotation.market


def _form(quotation: Quotation) -> str:
    """The metal, or its compound: refined and ingot are one, the oxide and the crude metal are others."""
    return metal_form("", vocabulary().name(quotation.commodity, "zh")) or quotation.commodity
