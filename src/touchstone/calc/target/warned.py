"""Early warning within a year: the year from its months so far, by the seasonal shape of the year before, with an interval and a light.

The months of this year are taken to be those of the year before times one ratio, apart from scatter whose variance grows with the size
of the month; the ratio of the sums is then the best estimate, and its scatter so far gives the interval (Student's t).
Source: Royall (1970), On finite population sampling theory under certain linear regression models, Biometrika 57: the ratio estimator.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from importlib.resources import files

from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.target.rows import Row, rows, whole
from touchstone.facts.text import Text

ENDS = ("low", "middle", "high")
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Rule:
    """A light: shown where an end of the projection is above a share of the budget."""

    key: str
    name: Text
    of: str
    above: Fraction
    why: Text


@dataclass(frozen=True, slots=True)
class Rules:
    """The lights in the order in which they are tried, and the coverage of the interval, from 0 to 1."""

    coverage: Fraction
    lights: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """A year as its months so far let it be expected.

    Attributes:
        known: sum of the months there are; months: which; before: the same months of the year before, summed.
        ratio: known by before; rest: what the other months of the year before were.
        middle: the projection, known + ratio x rest; low, high: of the interval, None where months are too few to tell.
        limit: of the year; share: middle by limit; due: what the months so far might have used, by the shape of the year before.
        light: the rule that applies, None where nothing could be projected.
        why: what is not known, None for nothing.
    """

    year: int
    limit: Fraction
    known: Fraction
    months: tuple[int, ...]
    before: Fraction | None
    ratio: Fraction | None
    rest: Fraction | None
    middle: Fraction | None
    low: Fraction | None
    high: Fraction | None
    share: Fraction | None
    due: Fraction | None
    light: Rule | None
    why: Text | None


def outlook(
    year: int, limit: Fraction, months: Mapping[int, Fraction], last: Mapping[int, Fraction], rules: Rules | None = None
) -> Outlook:  # fmt: skip
    """The outlook of a year.

    Args:
        months: values of the months so far, by number; a month that is not there is still to come or unknown, never zero.
        last: values of the twelve months of the year before.

    Raises:
        UnusablePathway: TARGET-022, a month that is none, or a value below zero.
    """
    _sound(year, months)
    _sound(year - 1, last)
    told = rules or shipped()
    known = sum(months.values(), Fraction(0))
    there = tuple(sorted(months))
    if len(there) == 12:
        return _lit(
            Outlook(
                year,
                limit,
                known,
                there,
                None,
                None,
                Fraction(0),
                known,
                known,
                known,
                None,
                limit,
                None,
                None,
            ),
            told,
        )
    if lacking := [month for month in MONTHS if month not in last]:
        said = ", ".join(map(str, lacking))
        return _unknown(
            year,
            limit,
            known,
            there,
            Text(
                f"{year - 1}年缺{said}月，没有季节形状", f"{year - 1} lacks months {said}: no seasonal shape"
            ),
        )
    before = sum((last[month] for month in there), Fraction(0))
    if not there or not before:
        return _unknown(year, limit, known, there, Text("尚无可比的月份", "no month to compare with yet"))
    ratio, rest = known / before, sum((last[month] for month in MONTHS if month not in months), Fraction(0))
    middle = known + ratio * rest
    half = _half(months, last, ratio, rest, told.coverage)
    why = None if half is not None else Text("月份太少，给不出区间", "too few months for an interval")
    low, high = (None, None) if half is None else (max(known, middle - half), middle + half)
    due = limit * before / (before + rest)
    return _lit(
        Outlook(year, limit, known, there, before, ratio, rest, middle, low, high, None, due, None, why), told
    )


def _half(
    months: Mapping[int, Fraction], last: Mapping[int, Fraction], ratio: Fraction, rest: Fraction, coverage: Fraction
) -> Fraction | None:  # fmt: skip
    """Half the width of the interval; None with fewer than two months, or where a month of the year before was zero."""
    if len(months) < 2 or any(not last[month] for month in months):
        return None
    from scipy.stats import t

    before = sum((last[month] for month in months), Fraction(0))
    scatter = sum(
        ((value - ratio * last[month]) ** 2 / last[month] for month, value in months.items()), Fraction(0)
    )
    variance = scatter / (len(months) - 1) * (rest + rest**2 / before)
    return Fraction(float(t.ppf(float(1 + coverage) / 2, len(months) - 1)) * float(variance) ** 0.5)


def _unknown(year: int, limit: Fraction, known: Fraction, months: tuple[int, ...], why: Text) -> Outlook:
    return Outlook(year, limit, known, months, None, None, None, None, None, None, None, None, None, why)


def _lit(found: Outlook, rules: Rules) -> Outlook:
    ends = {"low": found.low, "middle": found.middle, "high": found.high}
    light = next(
        (
            rule
            for rule in rules.lights
            if (end := ends[rule.of]) is not None and end > found.limit * rule.above
        ),
        None,
    )
    share = found.middle / found.limit if found.middle is not None and found.limit else None
    return replace(found, light=light, share=share)


def _sound(year: int, months: Mapping[int, Fraction]) -> None:
    for month, value in months.items():
        if month not in MONTHS or value < 0:
            raise refusal("TARGET-022", f"{year}", found=f"{month}: {float(value):g}", year=year)


def read_rules(text: str, file: str = "warning.toml") -> Rules:
    """The lights of a file. Raises UnusablePathway: TARGET-001 to TARGET-010, with file and line; one wrong light leaves none."""
    top = whole(text, file)
    return Rules(top.quantity("coverage", "%") / 100, tuple(_rule(row) for row in rows(text, file, "light")))


def _rule(row: Row) -> Rule:
    row.only("key", "name", "of", "above", "why")
    return Rule(
        row.words("key"),
        row.text("name"),
        row.choice("of", ENDS),
        row.quantity("above", "%") / 100,
        row.text("why"),
    )


@cache
def shipped() -> Rules:
    """The rules of Touchstone, `data/targets/warning.toml`: its own proposal."""
    return read_rules(files("touchstone").joinpath("data/targets/warning.toml").read_text("utf-8"))
