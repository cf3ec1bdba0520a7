"""Months out of cumulative figures: what is published is January to June, and January to May.

Source: "preparation.month" in data/methods/seasonal.toml. Every month names the two figures it is the difference of. A
cumulative figure that falls makes a month below zero: it is flagged and left as it is, for it says that a figure was revised.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from touchstone.calc.preparation.counted import counting, same, vintages
from touchstone.calc.preparation.prepared import Flag, Prepared, derived, what
from touchstone.calc.preparation.refused import no_month_before, units_differ
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact
from touchstone.facts.period import period_before, span
from touchstone.facts.text import Text

RULE = "preparation.month"
_SUFFIX = ".cumulative"


def monthly_of(cumulative: Iterable[Fact], published_by: date | None = None) -> Prepared:
    """The months of cumulative figures of one series.

    Args:
        cumulative: facts of one subject, measure and place, from January to some month (2022-01/2022-06, or 2022-01);
            others are passed over. Of several vintages the last counts.
        published_by: only what had been published by this day counts; a fact whose day is unknown always does.

    Returns:
        One fact a month; a figure of January and February together stays one fact of both, to be taken apart by
        `split_first_months`. A month without the figure before it is left out with its reason (PREP-001,
        PREP-002); two values to one month in one publication, and the months that stand on them, are left out (SERIES-001).
    """
    fit = vintages(f for f in cumulative if _is_cumulative(f) and _known(f, published_by))
    known = {period[-7:]: each for period, each in fit.items()}
    last = {month: counting(each) for month, each in known.items()}
    facts: list[Fact] = []
    flags: list[Flag] = []
    left_out: list[Refusal] = []
    for month in sorted(known):
        made = _month(month, last)
        if isinstance(made, Refusal):
            left_out.append(made)
        else:
            facts.append(made)
            flags += _flags(made, known, last)
    return Prepared(RULE, tuple(facts), tuple(flags), tuple(left_out))


def _known(fact: Fact, by: date | None) -> bool:
    return not (by and fact.published and fact.published > by)


def _is_cumulative(fact: Fact) -> bool:
    if not fact.period:
        return False
    start, end = span(fact.period)
    months = end.month - start.month + 1
    return (
        start.year == end.year
        and start.month == 1
        and start.day == 1
        and len(fact.period) == (7 if months == 1 else 15)
    )


def _month(month: str, last: Mapping[str, Fact | Refusal]) -> Fact | Refusal:
    now = last[month]
    if isinstance(now, Refusal):
        return now
    measure = now.measure.removesuffix(_SUFFIX)
    before = period_before(month)
    if month.endswith("-01"):
        return derived(RULE, now, measure, month, now.value, now.half_width, [now])
    then = last.get(before)
    if isinstance(then, Refusal):
        return no_month_before(what(now), month, before)
    if then is None:
        if month.endswith("-02"):
            return derived(RULE, now, measure, f"{before}/{month}", now.value, now.half_width, [now])
        return no_month_before(what(now), month, before)
    if then.unit != now.unit:
        return units_differ(what(now), month, (then.unit, now.unit))
    return derived(
        RULE, now, measure, month, now.value - then.value, now.half_width + then.half_width, [now, then]
    )


def _flags(
    made: Fact, known: Mapping[str, Sequence[Fact]], last: Mapping[str, Fact | Refusal]
) -> Iterator[Flag]:
    assert made.period
    month = made.period[-7:]
    if made.value < 0:
        yield Flag(
            made.period, "falls",
            Text(f"截至{month}的累计数小于上月累计数，当月数为{made.value}：此前累计数应已修订，未作截断",
                 f"the cumulative figure to {month} is below that of the month before, which makes the month {made.value}: "
                 "an earlier figure must have been revised; it was not cut off"),
            made.parents,
        )  # fmt: skip
    months = [month] if len(made.parents) == 1 else [period_before(month), month]
    for each in months:
        if revised := _revised(known[each], last[each]):
            values = " → ".join(revised)
            yield Flag(
                made.period, "revised",
                Text(f"截至{each}的累计数曾修订：{values}；采用最后公布的数值", f"the cumulative figure to {each} was revised: {values}; the last one was taken"),
                tuple(fact.id for fact in known[each]),
            )  # fmt: skip


def _revised(known: Sequence[Fact], last: Fact | Refusal) -> tuple[str, ...]:
    """The values one period was given, one after the other and the one that counts last; () where there was but one."""
    ordered = [fact for fact in known if fact is not last] + [fact for fact in known if fact is last]
    changed = [fact for n, fact in enumerate(ordered) if not n or not same(fact, ordered[n - 1])]
    units = len({fact.unit for fact in changed}) > 1
    values = tuple(f"{fact.value} {fact.unit}" if units else str(fact.value) for fact in changed)
    return values if len(values) > 1 else ()
