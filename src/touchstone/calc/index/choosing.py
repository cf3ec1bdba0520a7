"""Which figures of the ledger are an indicator's: by subject, measure and place, whatever unit they are printed in.

A figure in another unit of the same kind is converted exactly and keeps its id, so that it opens to what was printed. One in a
unit that measures something else is no figure of the series; where the series lacks its period, the indicator is refused.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from touchstone.calc.index.misfit import other_units
from touchstone.calc.index.recipe import Indicator, Recipe
from touchstone.calc.preparation.prepared import Flag
from touchstone.errors import Refusal, UnknownUnit
from touchstone.facts.fact import Fact
from touchstone.facts.text import Text
from touchstone.facts.unit import Unit, resized, unit

_DIGITS = 28
"""Of a converted value that no decimal says exactly (pounds in tonnes)."""


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """The figures of one indicator, all in the unit of its recipe, and what is told of those that were converted."""

    facts: tuple[Fact, ...]
    flags: tuple[Flag, ...] = ()


def series_of(recipe: Recipe) -> set[tuple[str, str, str | None]]:
    """Subject, measure and place of every indicator of a recipe."""
    return {(i.series.subject, i.series.measure, i.series.place) for i in recipe.indicators}


def figures(recipe: Recipe, facts: Iterable[Fact], by: date | None) -> dict[str, Figures | Refusal]:
    """The figures of each indicator that has any, or why they cannot be used (INDEX-014), by key.

    Args:
        facts: of the ledger; those of other series are passed over.
        by: only what had been published by this day counts; a fact whose day is unknown always does.

    Figures marked synthetic are passed over where an indicator has others.
    """
    found: dict[tuple[str, str, str | None], list[Fact]] = {}
    wanted = series_of(recipe)
    for fact in facts:
        name = (fact.subject, fact.measure, fact.place)
        if name in wanted and fact.period and not (by and fact.published and fact.published > by):
            found.setdefault(name, []).append(fact)
    made: dict[str, Figures | Refusal] = {}
    for each in recipe.indicators:
        if own := found.get((each.series.subject, each.series.measure, each.series.place)):
            made[each.key] = _one(each, [fact for fact in own if fact.status != "synthetic"] or own)
    return made


def printed_in(own: Sequence[Fact]) -> dict[str, list[Fact]]:
    """Figures by the unit as printed, in the order in which units occur."""
    found: dict[str, list[Fact]] = {}
    for fact in own:
        found.setdefault(fact.unit, []).append(fact)
    return found


def _one(indicator: Indicator, own: Sequence[Fact]) -> Figures | Refusal:
    due = _unit(indicator.series.unit)
    fit: list[Fact] = []
    odd: dict[str, list[Fact]] = {}
    flags: list[Flag] = []
    for spelled, there in printed_in(own).items():
        given = _unit(spelled)
        if spelled == indicator.series.unit or (
            due and given and given.factor == due.factor and _alike(given, due)
        ):
            fit += [replace(fact, unit=indicator.series.unit) for fact in there]
        elif due and given and _alike(given, due):
            converted = [_converted(fact, given, due, indicator.series.unit) for fact in there]
            fit += _unsaid(converted, own, indicator.series.unit)
            flags.append(_flag(there, spelled, indicator.series.unit))
        else:
            odd[spelled] = there
    known = {fact.period for fact in fit}
    first = min((period[:7] for period in known if period), default="")
    lacking = {
        spelled: [f for f in there if f.period not in known and (f.period or "")[:7] >= first]
        for spelled, there in odd.items()
    }
    if any(lacking.values()):
        return other_units(indicator, {spelled: there for spelled, there in lacking.items() if there})
    return Figures(tuple(fit), tuple(flags))


def _unit(spelled: str) -> Unit | None:
    try:
        return unit(spelled)
    except UnknownUnit:
        return None


def _alike(one: Unit, other: Unit) -> bool:
    return one.dimension == other.dimension


def _converted(fact: Fact, given: Unit, due: Unit, spelled: str) -> Fact:
    return replace(
        fact, value=_in(fact.value, given, due), half_width=_in(fact.half_width, given, due), unit=spelled
    )


def _in(value: Decimal, given: Unit, due: Unit) -> Decimal:
    if (exact := resized(value, given, due)) is not None:
        return exact
    rate = Fraction(value) * given.factor / due.factor
    with localcontext() as context:
        context.prec = _DIGITS
        return Decimal(rate.numerator) / rate.denominator


def _unsaid(converted: Sequence[Fact], own: Sequence[Fact], spelled: str) -> list[Fact]:
    """Without those that the same publication also prints in the unit of the recipe: rounding makes two numbers of one."""
    said = {(f.period, f.source, f.published): f for f in own if f.unit == spelled}

    def again(fact: Fact) -> bool:
        known = said.get((fact.period, fact.source, fact.published))
        return known is not None and known.low <= fact.high and fact.low <= known.high

    return [fact for fact in converted if not again(fact)]


def _flag(there: Sequence[Fact], spelled: str, due: str) -> Flag:
    periods = sorted(fact.period or "" for fact in there)
    count, first, last = len(there), periods[0], periods[-1]
    return Flag(
        last, "converted",
        Text(f"{first}至{last}的{count}个数字以“{spelled}”印出，已精确换算为“{due}”",
             f"{count} figures from {first} to {last} are printed in {spelled} and were converted exactly into {due}"),
        tuple(fact.id for fact in there),
    )  # fmt: skip


def made_up(found: Mapping[str, Figures | Refusal]) -> bool:
    """Whether any figure that counts is made up."""
    return any(
        f.status == "synthetic" for each in found.values() if isinstance(each, Figures) for f in each.facts
    )
