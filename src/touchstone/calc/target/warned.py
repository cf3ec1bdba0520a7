"""Early warning within a year: the year from its months so far, by the seasonal shape of the year before, with an interval and a light.

The months of this year are taken to be those of the year before times one ratio, apart from scatter whose variance grows with the size
of the month; the ratio of the sums is then the best estimate, and its scatter so far gives the interval (Student's t).
Source: Royall (1970), On finite population sampling theory under certain linear regression models, Biometrika 57: the ratio estimator.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.target.light import Rule, Rules, lit, shipped
from touchstone.facts.text import Text

MONTHS = range(1, 13)
RECENT = 3
"""Months that are projected from where the ratio to the year before moves one way; a choice of Touchstone."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A year as its months so far let it be expected.

    Attributes:
        known: sum of the months there are, of an intensity as a part of that of the year; months: which; before: the same months of the year before, summed.
        ratio: known by before, or of the last months where it moves; rest: what the other months of the year before were.
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
    rest = sum((last[month] for month in MONTHS if month not in months), Fraction(0))
    ratio, (low, middle, high), why = _projected(months, last, rest, told.coverage)
    due = limit * before / (before + rest)
    return _lit(
        Outlook(year, limit, known, there, before, ratio, rest, middle, low, high, None, due, None, why), told
    )


def _projected(
    months: Mapping[int, Fraction], last: Mapping[int, Fraction], rest: Fraction, coverage: Fraction
) -> tuple[Fraction, tuple[Fraction | None, Fraction, Fraction | None], Text | None]:  # fmt: skip
    """The ratio, the projection with the ends of its interval, and what is to be said of it.

    Where the ratios of the months go up or down by more than their scatter, one ratio for all does not hold: then the last months count,
    and the interval reaches over both projections.
    """
    there, known = sorted(months), sum(months.values(), Fraction(0))
    ratio = _ratio(months, last, there)
    middle, half = known + ratio * rest, _half(months, last, ratio, rest, coverage)
    if half is None:
        return ratio, (None, middle, None), Text("月份太少，给不出区间", "too few months for an interval")
    if not _drifts(months, last):
        return ratio, (max(known, middle - half), middle, middle + half), None
    recent = _ratio(months, last, there[-RECENT:])
    newer = known + recent * rest
    low, high = max(known, min(middle, newer) - half), max(middle, newer) + half
    why = Text(
        f"与上年同月之比逐月单向变化（上年年内有投产、停产等），改按最近{RECENT}个月推算，区间含两种算法",
        f"the ratio to the year before moves one way (something began or stopped in that year): projected by the last {RECENT} months, "
        "the interval reaches over both ways",
    )
    return recent, (low, newer, high), why


def _ratio(months: Mapping[int, Fraction], last: Mapping[int, Fraction], of: list[int]) -> Fraction:
    before = sum((last[month] for month in of), Fraction(0))
    return sum((months[month] for month in of), Fraction(0)) / before


def _drifts(months: Mapping[int, Fraction], last: Mapping[int, Fraction]) -> bool:
    """Whether the ratios have a slope that is told from zero at 5 %; of less than four months nothing is told."""
    if len(months) < 4:
        return False
    from scipy.stats import linregress

    there = sorted(months)
    ratios = [float(months[month] / last[month]) for month in there]
    return len(set(ratios)) > 1 and bool(linregress(there, ratios).pvalue < 0.05)  # type: ignore[attr-defined]


def outlook_of_ratio(
    year: int, limit: Fraction, over: Mapping[int, Fraction], under: Mapping[int, Fraction], last_over: Mapping[int, Fraction],
    last_under: Mapping[int, Fraction], rules: Rules | None = None,
) -> Outlook:  # fmt: skip
    """The outlook of an intensity: emissions (over) by output (under), against a limit for a unit of output.

    Output goes on as it stands to that of the year before; emissions are held against what the intensity of the same month a year before
    would give for it. The interval is that of the emissions: output is taken as it comes.

    Returns:
        Values in units of over by under; of months that state both.
    """
    both = sorted(over.keys() & under.keys())
    before = {
        month: last_over[month] / last_under[month]
        for month in MONTHS
        if last_over.get(month) is not None and last_under.get(month)
    }
    made, as_last = (
        sum((each[month] for month in both if month in each), Fraction(0)) for each in (under, last_under)
    )
    if not made or not as_last:
        return _unknown(
            year, limit, Fraction(0), tuple(both), Text("尚无可比的月份", "no month to compare with yet")
        )
    expected = {
        month: under[month] if month in both else last_under.get(month, Fraction(0)) * made / as_last
        for month in MONTHS
    }
    whole_year = sum(expected.values(), Fraction(0))
    alike = {month: expected[month] * intensity for month, intensity in before.items()}
    found = outlook(year, limit * whole_year, {month: over[month] for month in both}, alike, rules)
    known, *ends = (
        None if each is None else each / whole_year
        for each in (found.known, found.low, found.middle, found.high)
    )
    low, middle, high = ends
    return replace(
        found, limit=limit, known=known or Fraction(0), low=low, middle=middle, high=high, due=None
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
    light = lit(rules, found.limit, found.middle, found.low, found.high)
    share = found.middle / found.limit if found.middle is not None and found.limit else None
    return replace(found, light=light, share=share)


def _sound(year: int, months: Mapping[int, Fraction]) -> None:
    for month, value in months.items():
        if month not in MONTHS or value < 0:
            raise refusal("TARGET-022", f"{year}", found=f"{month}: {float(value):g}", year=year)
