"""The values of one line of a balance, out of the facts of the ledger, in the unit of the line and exact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from touchstone.calc.monitor.balance_table import ITEMS, Line
from touchstone.calc.monitor.rollup import Point, part
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency
from touchstone.facts.series import by_vintage
from touchstone.facts.text import Text
from touchstone.facts.unit import convert
from touchstone.facts.vocabulary import vocabulary

_COUNTED = ("reported", "estimated", "carried-over", "synthetic")
_PRICES = ("price", "price.mean")
_ENDS = ("price.low", "price.high")


@dataclass(frozen=True, slots=True)
class Observed:
    """Values by period, why some periods have none, and why the line as a whole has none."""

    points: Mapping[str, Point]
    reasons: Mapping[str, Text]
    why: Text | None = None


def observed(line: Line, facts: Iterable[Fact], published_by: date | None = None) -> Observed:
    """The values of a line: of the first of its subjects that has any, each period by what was published last.

    Two values of a period in one publication, and a unit that measures something else, are reasons and no values.
    """
    fit = [fact for fact in facts if _fits(line, fact, published_by)]
    for subject in line.subjects:
        points, reasons = _of_subject(line, [fact for fact in fit if fact.subject == subject])
        if points or reasons:
            return Observed(points, reasons)
    return Observed({}, {}, _absent(line))


def _absent(line: Line) -> Text:
    """What was looked for, with its place and frequency: the ledger may well have it of another."""
    words, what = vocabulary(), ITEMS[line.item]
    every = {
        "D": ("日度", "daily"),
        "W": ("周度", "weekly"),
        "M": ("月度", "monthly"),
        "Q": ("季度", "quarterly"),
        "A": ("年度", "annual"),
    }
    often = every[line.frequency]
    zh, en = (
        "、".join(words.name(each, "zh") for each in line.subjects),
        ", ".join(words.name(each, "en") for each in line.subjects),
    )
    at_zh, at_en = ([words.name(each, lang) for each in line.places if each] for lang in ("zh", "en"))
    where_zh, where_en = (f"（{'、'.join(at_zh)}）", f" ({', '.join(at_en)})") if at_zh else ("", "")
    return Text(
        f"台账中没有{zh}的{often[0]}{what.zh}{where_zh}",
        f"the ledger has no {often[1]} {what.en} of {en}{where_en}",
    )


def _fits(line: Line, fact: Fact, published_by: date | None) -> bool:
    measures = (*_PRICES, *_ENDS) if line.measure == "price" else (line.measure,)
    return (
        fact.measure in measures and fact.subject in line.subjects and (fact.place or "") in line.places
        and bool(fact.period) and fact.status in _COUNTED
        and not (published_by and fact.published and fact.published > published_by)
    )  # fmt: skip


def _of_subject(line: Line, facts: Sequence[Fact]) -> tuple[dict[str, Point], dict[str, Text]]:
    points: dict[str, Point] = {}
    reasons: dict[str, Text] = {}
    by_period: dict[str, list[Fact]] = {}
    for fact in by_vintage(facts):
        by_period.setdefault(fact.period or "", []).append(fact)
    for period, several in by_period.items():
        if frequency(period) == line.frequency:
            made = _point(line, several)
            if isinstance(made, Point):
                points[period] = made
            else:
                reasons[period] = made
        elif period[4:] == f"-01/{period[:4]}-02" and line.frequency == "M":
            said = Text("1、2月只合并公布", "January and February were published together only")
            reasons |= {month: said for month in (period[:7], period[8:]) if month not in points}
    return points, {period: why for period, why in reasons.items() if period not in points}


def _point(line: Line, several: Sequence[Fact]) -> Point | Text:
    """The value of a period, or why there is none; places count in the order in which the line names them."""
    place = min((fact.place or "" for fact in several), key=line.places.index)
    stated = [fact for fact in several if (fact.place or "") == place]
    for measures in ((line.measure,), *(((each,) for each in _PRICES) if line.measure == "price" else ())):
        if chosen := [fact for fact in stated if fact.measure in measures]:
            return _in_unit(line, (chosen[-1],)) if _one(chosen) else _two(chosen)
    ends = [[fact for fact in stated if fact.measure == each] for each in _ENDS]
    if not all(ends):
        return Text("只有报价的一端", "only one end of the quote")
    wrong = next((each for each in ends if not _one(each)), None)
    return _two(wrong) if wrong else _in_unit(line, (ends[0][-1], ends[1][-1]))


def _one(facts: Sequence[Fact]) -> bool:
    """Whether the last publication gives one value."""
    last = facts[-1]
    same = [fact for fact in facts if (fact.source, fact.published) == (last.source, last.published)]
    return all(fact.value == last.value or last.replaces == fact.id or fact.replaces for fact in same)


def _two(facts: Sequence[Fact]) -> Text:
    values = sorted({fact.value for fact in facts if fact.source == facts[-1].source})
    said = ", ".join(map(str, values))
    return Text(f"同一份资料有几个数值：{said}", f"several values in one publication: {said}")


def _in_unit(line: Line, facts: Sequence[Fact]) -> Point | Text:
    """One value (the middle of two ends) in the unit of the line; capacity by the year is that of a year."""
    total = half = Fraction(0)
    for fact in facts:
        for unit in (line.unit, f"{line.unit}/年") if line.item == "capacity" else (line.unit,):
            try:
                total += convert(fact.value, fact.unit, unit) / len(facts)
                half += convert(fact.half_width, fact.unit, unit) / len(facts)
                break
            except (UnitMismatch, UnknownUnit):
                continue
        else:
            return Text(
                f"单位“{fact.unit}”不能换算成{line.unit}",
                f"the unit {fact.unit!r} cannot be converted to {line.unit}",
            )
    return part(facts[0].period or "", total, half, tuple(fact.id for fact in facts))
