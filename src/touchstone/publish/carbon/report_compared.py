"""The year before: its total and what carries it to this year's, effect by effect; of several enterprises, each."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.change import Change
from touchstone.calc.carbon.inventory.compared import by_enterprise, compared
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.publish.carbon.blocks import BLANK, heading, paragraph, row, same, stopped
from touchstone.publish.carbon.labelled import both, figure
from touchstone.publish.carbon.said import gaps_said
from touchstone.publish.report.report import Block, Cell, Table
from touchstone.publish.words import LANGUAGES


def comparison(account: Account) -> Iterator[Block]:
    """The table of effects, that of enterprises, and what could not be compared; or why there is none."""
    yield heading("compared")
    before = str(int(account.year) - 1)
    if not replace(account, year=before).lines:
        yield paragraph([both("inventory_report.no_year_before", year=before)])
        return
    try:
        found, first, last = compared(account, before, account.year)
        sets = (first.set, last.set)
    except Refusal as refused:
        why = Text(refused.zh[0] if refused.zh else refused.found, refused.found)
        yield paragraph([both("inventory_report.not_compared", year=before, why=why)])
        return
    yield _effects(found, (before, account.year), sets)
    enterprises = by_enterprise(first, last)
    if len(enterprises) > 1:
        yield _enterprises(account, enterprises, found, (before, account.year))
    said = (
        list(
            gaps_said(
                found,
                (before, account.year),
                lambda key, lang=lang: str(getattr(account.title(key), lang)),
                lang,
            )
        )
        for lang in LANGUAGES
    )
    yield from (paragraph([stopped(Text(*each))]) for each in zip(*said, strict=True))


def _effects(found: Change, years: tuple[str, str], sets: tuple[str, str]) -> Table:
    def total(year: str, set: str, value: float) -> tuple[Cell, ...]:
        return Cell(both("inventory_report.of_year", year=year, set=set)), _size(value), Cell(BLANK)

    steps = (
        (Cell(both(f"inventory_effect.{name}")), _size(size, signed=True), _share(size, found.before))
        for name, size in found.steps
    )
    like = (
        (Cell(both(f"inventory_report.comparable_{key}", year=year)), _size(size), change)
        for key, year, size, change in (
            ("before", years[0], found.comparable_before, Cell(BLANK)),
            (
                "after",
                years[1],
                found.comparable_after,
                _share(found.comparable_after - found.comparable_before, found.comparable_before),
            ),
        )
    )
    body = (
        total(years[0], sets[0], found.before), *steps, total(years[1], sets[1], found.after),
        (Cell(both("inventory_report.difference")), _size(found.after - found.before, signed=True), _share(found.after - found.before, found.before)),
        *like,
    )  # fmt: skip
    return Table(both("inventory_report.effects"), (row("effect", "equivalent", "of_before"),), body)


def _enterprises(account: Account, every: dict[str, Change], whole: Change, years: tuple[str, str]) -> Table:
    names = [name for name, _ in whole.steps]
    head = (
        *row("enterprise"), Cell(same(years[0])), *(Cell(both(f"inventory_effect_short.{name}")) for name in names), Cell(same(years[1])),
    )  # fmt: skip

    def cells(name: Text, found: Change) -> tuple[Cell, ...]:
        return (
            Cell(name), _size(found.before), *(_size(found.effects[each], signed=True) for each in names), _size(found.after),
        )  # fmt: skip

    body = [cells(account.name(key) if key else BLANK, each) for key, each in every.items()]
    return Table(
        both("inventory_report.effects_of_enterprises"),
        (head,),
        (*body, cells(both("inventory.total"), whole)),
        wide=True,
    )


def _size(value: float, *, signed: bool = False) -> Cell:
    return Cell(Text(*(figure(value, lang, signed=signed) for lang in LANGUAGES)), number=True)


def _share(size: float, of: float) -> Cell:
    if not of:
        return Cell(BLANK)
    share = 100 * Fraction(str(size)) / Fraction(str(of))
    return Cell(Text(*(figure(share, lang, signed=True) + "%" for lang in LANGUAGES)), number=True)
