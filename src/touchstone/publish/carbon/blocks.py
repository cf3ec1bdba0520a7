"""The blocks an inventory report is made of: headings, heads of tables, figures as cells; each in both languages."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.view import weight
from touchstone.calc.carbon.line import Line
from touchstone.facts.text import Text
from touchstone.facts.unit import format_unit
from touchstone.publish.carbon import labelled
from touchstone.publish.carbon.labelled import both, figure
from touchstone.publish.format import quantity
from touchstone.publish.report.report import Cell, Heading, Paragraph, Sentence
from touchstone.publish.words import LANGUAGES

PLACES_SHOWN = 2
_SHARE_PLACES = 2
_FINEST = 9
"""Places a mass is kept with: a milligram of what is counted in tonnes."""
BLANK = Text("—", "—")


def heading(key: str) -> Heading:
    """A heading of the first level."""
    return Heading(both(f"inventory_heading.{key}"))


def paragraph(said: Iterable[Text]) -> Paragraph:
    """Computed sentences."""
    return Paragraph(tuple(Sentence(each) for each in said))


def row(*keys: str) -> tuple[Cell, ...]:
    """A row of the head of a table."""
    return tuple(Cell(both(f"inventory_column.{key}")) for key in keys)


def number(value: Fraction, facts: tuple[str, ...] = (), places: int = PLACES_SHOWN) -> Cell:
    """A figure, as it is printed in each language."""
    return Cell(tonnes(value, places), facts, number=True)


def stated(value: Decimal, facts: tuple[str, ...] = ()) -> Cell:
    """A number with the digits it has."""
    return Cell(said_in(value), facts, number=True)


def said_in(value: Decimal) -> Text:
    """A number with the digits it has, in both languages."""
    return Text(*(quantity(value, lang) for lang in LANGUAGES))


def tonnes(value: Fraction, places: int = PLACES_SHOWN) -> Text:
    """A figure in both languages."""
    return Text(*(figure(value, lang, places) for lang in LANGUAGES))


def exact(value: Fraction) -> Decimal:
    """A number that was given with few digits (a potential, a share in percent), with just these.

    >>> exact(Fraction(279, 10)), exact(Fraction(6630))
    (Decimal('27.9'), Decimal('6630'))
    """
    found = labelled.held(value, _FINEST).normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def places_of(mass: Fraction, weight: Fraction) -> int:
    """Places a mass is printed with, so that it times its weight gives the equivalent as it is printed.

    >>> places_of(Fraction("19.07048"), Fraction(6630)), places_of(Fraction("12.345"), Fraction(1))
    (5, 2)
    """
    said = labelled.held(mass * weight, PLACES_SHOWN)
    for places in range(PLACES_SHOWN, _FINEST):
        if labelled.held(Fraction(labelled.held(mass, places)) * weight, PLACES_SHOWN) == said:
            return places
    return _FINEST


def percent_of(part: Fraction, whole: Fraction, product: Decimal) -> Decimal:
    """A part in percent, with so many places that it times the printed whole gives the product as it is printed.

    >>> percent_of(Fraction(297, 500), Fraction(55), Decimal("32.67")), percent_of(Fraction(1, 3), Fraction(90000), Decimal("30000.00"))
    (Decimal('59.4'), Decimal('33.33333'))
    """
    finest = int(product.as_tuple().exponent)
    percent = Decimal(0)
    for each in (part, Fraction(product) / whole):
        for places in range(_SHARE_PLACES, _SHARE_PLACES + _FINEST):
            percent = labelled.held(100 * each, places)
            if labelled.held(Fraction(percent) * whole / 100, -finest) == product:
                return percent.normalize() if percent % 1 else percent.quantize(Decimal(1))
    return percent


def potential(account: Account, gas: str) -> Fraction:
    """What a tonne of a gas counts for by the set of an account."""
    return weight(account.library, gas, account.set)


def in_words(unit: str) -> Text:
    """A unit in both languages."""
    return Text(*(format_unit(unit, lang) for lang in LANGUAGES))


def same(text: str) -> Text:
    """What is alike in both languages."""
    return Text(text, text)


def facts_of(lines: Iterable[Line], most: int = 60) -> tuple[str, ...]:
    """The facts that lines rest on, each once; the first of them where there are many."""
    every = dict.fromkeys(given.fact for line in lines for given in line.inputs if given.fact)
    return tuple(every)[:most]


def stopped(said: Text) -> Text:
    """With a full stop."""
    return Text(said.zh.rstrip("。") + "。", said.en.rstrip(".") + ".")
