"""Scores: a sheet filled with values, each line with its arithmetic, and the total between what is certain and what is still possible.

A value that is missing earns nothing and loses nothing: it is named, and the total is given as a range.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.target.sheet import Grade, Item, Sheet, Values
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """An item with its value; points: None where the value is not known, `why` says why; vetoed: whether it fails the whole sheet."""

    item: Item
    value: Fraction | None
    points: Fraction | None
    vetoed: bool
    written: str
    why: Text | None


@dataclass(frozen=True, slots=True)
class Score:
    """A filled sheet.

    Attributes:
        points: earned by what is known; weight: that could be earned by it; low, high: of all points, with what is missing at none and at all.
        share: points of 100 of what is known; None where nothing is.
        missing: keys without a value; vetoed: keys that fail the sheet; open: keys that may still fail it.
        grade: of the sheet; None where low and high earn different ones, a veto is still open, or the sheet has none.
        grades: the worst and the best that are possible.
    """

    sheet: Sheet
    lines: tuple[Line, ...]
    points: Fraction
    weight: Fraction
    low: Fraction
    high: Fraction
    share: Fraction | None
    missing: tuple[str, ...]
    vetoed: tuple[str, ...]
    open: tuple[str, ...]
    grade: Grade | None
    grades: tuple[Grade, Grade] | None


def scored(sheet: Sheet, values: Values, reasons: Mapping[str, Text] | None = None) -> Score:
    """Fill a sheet.

    Args:
        values: by key of the item, in its unit; reasons: why others are missing.

    Raises:
        UnusablePathway: TARGET-051, there is a value for an item that the sheet does not have.
    """
    keys = [each.key for each in sheet.items]
    if strange := sorted(values.keys() - set(keys)):
        known = ", ".join(keys)
        expected = Text(f"以下之一：{known}", f"one of {known}")
        raise refusal(
            "TARGET-051",
            sheet.key,
            what=Text("评分项", "item"),
            key=strange[0],
            found=Text("评分表没有", "not of the sheet"),
            expected=expected,
        )
    lines = tuple(_line(each, values.get(each.key), (reasons or {}).get(each.key)) for each in sheet.items)
    known = [each for each in lines if each.points is not None]
    points = sum((each.points or Fraction(0) for each in known), Fraction(0))
    weight = sum((each.item.weight for each in known), Fraction(0))
    high = points + sheet.weight - weight
    vetoed = tuple(each.item.key for each in lines if each.vetoed)
    open_ = tuple(each.item.key for each in lines if each.points is None and each.item.veto)
    grades = _grades(sheet, points, high, vetoed, open_)
    return Score(
        sheet, lines, points, weight, points, high, 100 * points / weight if weight else None,
        tuple(each.item.key for each in lines if each.points is None), vetoed, open_,
        grades[0] if grades and grades[0] == grades[1] else None, grades,
    )  # fmt: skip


def _grades(
    sheet: Sheet, low: Fraction, high: Fraction, vetoed: tuple[str, ...], open_: tuple[str, ...]
) -> tuple[Grade, Grade] | None:
    """The worst and the best grade that are possible."""
    if not sheet.grades:
        return None
    worst, best = (
        next(each for each in sheet.grades if 100 * points / sheet.weight >= each.start)
        for points in (low, high)
    )
    lowest = sheet.grades[-1]
    return (lowest if vetoed or open_ else worst), (lowest if vetoed else best)


def _line(item: Item, value: Fraction | None, why: Text | None) -> Line:
    if value is None:
        return Line(item, None, None, False, "", why or Text("没有数值", "no value"))
    vetoed = item.breached(value)
    if item.bands:
        reached = [each for each in item.bands if value >= each[0]]
        points = reached[-1][1] if reached else Fraction(0)
        start = f"≥ {_n(reached[-1][0])}" if reached else f"< {_n(item.bands[0][0])}"
        return Line(item, value, points, vetoed, f"{_n(value)} {start} → {_n(points)}", None)
    assert item.full is not None and item.zero is not None
    part = (value - item.zero) / (item.full - item.zero)
    held = min(max(part, Fraction(0)), Fraction(1))
    bounds = "" if part == held else f" → {_n(held)}"
    written = f"{_n(item.weight)} × ({_n(value)} - {_n(item.zero)}) / ({_n(item.full)} - {_n(item.zero)}){bounds} = {_n(item.weight * held)}"
    return Line(item, value, item.weight * held, vetoed, written.replace("- -", "+ "), None)


def _n(value: Fraction) -> str:
    return f"{float(value):.6g}"
