"""What a scenario makes of a target: the value of its indicator in the year of the target, for the lines of the register that it is about.

A register is rarely the whole of a place: whatever is said here holds for its lines alone, and `of` names where they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.pathway.accounts import fraction
from touchstone.calc.pathway.case import INDICATORS, Bools, Floats, Rule
from touchstone.calc.pathway.metal import of_metal
from touchstone.calc.pathway.pathway import Pathway, peak
from touchstone.calc.target.target import Target
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A target in a scenario.

    Attributes:
        value: of the indicator in the target's year and unit, of a peak its year; None where it cannot be said, `why` says why.
        goal: that it is held against, None where it has none; holds: whether it is reached, None where nothing can be said.
        places: codes of the places of the lines that count.
    """

    target: Target
    scenario: str
    value: Fraction | None
    goal: Fraction | None
    holds: bool | None
    places: tuple[str, ...]
    why: Text | None = None


def foreseen(target: Target, found: Pathway) -> Foreseen:
    """The target in a pathway."""
    lines = lines_of(found, target.place, target.products)
    register = found.given.register.lines
    places = tuple(dict.fromkeys(line.place[:5] for line, own in zip(register, lines, strict=True) if own))
    years = [year for year in (target.year, target.base) if year is not None and target.indicator != "peak"]
    why = unsaid(found, target.indicator, lines, years)
    if why is None:
        if target.indicator == "peak":
            return _peak(target, found, by_year(found, "emissions", lines), places)
        return _valued(target, found, by_year(found, target.indicator, lines), places)
    return Foreseen(target, found.key, None, None, None, places, why)


def lines_of(found: Pathway, place: str, products: tuple[str, ...]) -> Bools:
    """(P,): the lines of a place ("" for any) that make one of the products (() for any)."""
    register = found.given.register.lines
    return np.array(
        [line.place.startswith(place) and line.product in (products or (line.product,)) for line in register],
        dtype=bool,
    )


def by_year(found: Pathway, indicator: str, lines: Bools) -> Floats:
    """(Y,): an indicator of some lines, in its unit in `INDICATORS`; metal from scrap counts where all lines of a product do."""
    case, whole = found.given.case, whole_products(found, lines)
    if indicator == "recycled.share":
        lines, whole = of_metal(lines, whole, case.product, case.products)
    rule = Rule("", indicator, "most", np.zeros(len(found.years)), lines, whole, 0.0)
    top, under = fraction(case, found.plan, found.accounts, rule)
    return top if under is None else np.divide(top, under, out=np.full_like(top, np.nan), where=under > 0)


def whole_products(found: Pathway, lines: Bools) -> Bools:
    """(K,): the products all of whose lines are among these."""
    case = found.given.case
    return np.array([bool(lines[case.product == k].all()) for k in range(len(case.products))], dtype=bool)


def unsaid(found: Pathway, indicator: str, lines: Bools, years: Iterable[int]) -> Text | None:
    """Why a pathway says nothing of an indicator of some lines in these years; None where it does."""
    if indicator != "peak" and (indicator not in INDICATORS or indicator in ("technology.share", "decline")):
        return Text("情景不含这一指标", "scenarios do not have this indicator")
    if not lines.any():
        return Text("登记表没有这样的产线", "the register has no such line")
    if lacking := [year for year in years if year not in found.years]:
        said = ", ".join(map(str, lacking))
        return Text(f"情景的年份不含{said}", f"the years of the scenario do not have {said}")
    if indicator == "benchmark.share":
        register = found.given.register.lines
        products = dict.fromkeys(line.product for line, own in zip(register, lines, strict=True) if own)
        if without := [
            items()[each].name for each in products if each not in found.given.levels and each in items()
        ]:
            zh, en = "、".join(each.zh for each in without), ", ".join(each.en for each in without)
            return Text(f"没有可用的标杆水平：{zh}", f"no usable benchmark level of {en}")
    return None


def _peak(target: Target, found: Pathway, series: Floats, places: tuple[str, ...]) -> Foreseen:
    top = peak(found.years, series)
    holds = top.year < target.year and top.state != "last"
    return Foreseen(target, found.key, Fraction(top.year), Fraction(target.year), holds, places)


def _valued(target: Target, found: Pathway, series: Floats, places: tuple[str, ...]) -> Foreseen:
    value = _at(target.indicator, found, series, target.year)
    goal = target.goal(None if target.base is None else _at(target.indicator, found, series, target.base))
    if value is None or goal is None:
        why = Text("该年没有可比的数值", "there is nothing to divide by in that year")
        return Foreseen(target, found.key, None, goal, None, places, why)
    return Foreseen(target, found.key, value, goal, target.holds(value, goal), places)


def value_in(found: Pathway, indicator: str, lines: Bools, year: int) -> Fraction | None:
    """An indicator of some lines in a year, in the unit targets have; None where there is nothing to divide by."""
    return _at(indicator, found, by_year(found, indicator, lines), year)


def _at(indicator: str, found: Pathway, series: Floats, year: int) -> Fraction | None:
    value = float(series[found.years.index(year)])
    if np.isnan(value):
        return None
    return Fraction(repr(value)) * (100 if INDICATORS[indicator] == "1" else 1)
