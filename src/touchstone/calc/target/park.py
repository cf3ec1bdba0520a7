"""Accounts of parks: indicators from the figures of their lines, each sum with the lines it was made of, against a system of indicators.

A line that states only one side of an indicator counts on neither, is named, and leaves the indicator without a verdict.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.target.system import Mark, Ratio, System
from touchstone.facts.text import Text

VERDICTS = {
    "met": Text("达到", "met"),
    "missed": Text("未达到", "missed"),
    "unknown": Text("无法判定", "not known"),
    "shown": Text("只列示", "shown only"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What a line of a park states; figures by key of the system's file, in their units; made: ids of the facts they are from."""

    key: str
    park: str
    figures: Mapping[str, Fraction]
    made: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator of a park.

    Attributes:
        value: in the unit of the ratio, None where there is none; over, under: the sums; lines: keys that are in them.
        without: keys of lines that state only one side; silent: of those that state neither.
        mark: that applies to the park, None where none does; verdict: of `VERDICTS`; why: where it is not met or missed.
        gap: value less the mark, in the unit of the ratio; None where either is not known.
    """

    ratio: Ratio
    value: Fraction | None
    over: Fraction
    under: Fraction
    lines: tuple[str, ...]
    without: tuple[str, ...]
    silent: tuple[str, ...]
    mark: Mark | None
    verdict: str
    why: Text | None
    gap: Fraction | None


@dataclass(frozen=True, slots=True)
class Park:
    """The account of a park: passed is False with a core indicator missed, None with one not known, else True; None without core marks."""

    key: str
    system: System
    size: Fraction | None
    items: tuple[Item, ...]
    passed: bool | None

    def item(self, ratio: str) -> Item | None:
        """The item of an indicator."""
        return next((each for each in self.items if each.ratio.key == ratio), None)


def parks(lines: Iterable[Line], system: System, year: int | None = None) -> tuple[Park, ...]:
    """The accounts of all parks, by key.

    Args:
        year: whose marks hold; needed where the system has different ones, else any.

    Raises:
        UnusablePathway: TARGET-051, a line stands twice, or a figure is below zero; TARGET-004, the system has no marks for the year.
    """
    if system.years and year not in system.years:
        known = ", ".join(map(str, system.years))
        raise refusal(
            "TARGET-004", system.key, found=year, expected=Text(f"以下之一：{known}", f"one of {known}")
        )
    of_park: dict[str, list[Line]] = {}
    seen: set[tuple[str, str]] = set()
    for line in lines:
        _sound(line, seen)
        of_park.setdefault(line.park, []).append(line)
    return tuple(_park(key, own, system, year) for key, own in sorted(of_park.items()))


def _sound(line: Line, seen: set[tuple[str, str]]) -> None:
    what = Text("生产线", "line")
    if (line.park, line.key) in seen:
        found, expected = Text("出现两次", "twice"), Text("一次", "once")
        raise refusal("TARGET-051", line.park, what=what, key=line.key, found=found, expected=expected)
    seen.add((line.park, line.key))
    for figure, value in line.figures.items():
        if value < 0:
            expected = Text("不小于0", "0 or more")
            raise refusal(
                "TARGET-051",
                line.park,
                what=what,
                key=line.key,
                found=f"{figure} {float(value):g}",
                expected=expected,
            )


def _park(key: str, lines: list[Line], system: System, year: int | None) -> Park:
    size = _size(lines, system.size)
    items = tuple(_item(ratio, lines, system, size, year) for ratio in system.ratios)
    core = [
        each.verdict for each in items if each.mark and each.mark.role == "core" and each.verdict != "shown"
    ]
    unplaced = any(
        each.verdict == "unknown"
        and any(mark.role == "core" and mark.ratio == each.ratio for mark in system.marks)
        for each in items
    )
    passed = False if "missed" in core else None if unplaced or not core else True
    return Park(key, system, size, items, passed)


def _size(lines: list[Line], figure: str) -> Fraction | None:
    """The sum of a figure; None where a line does not state it, since the park may then be larger."""
    if not figure or any(figure not in line.figures for line in lines):
        return None
    return sum((line.figures[figure] for line in lines), Fraction(0))


def _item(ratio: Ratio, lines: list[Line], system: System, size: Fraction | None, year: int | None) -> Item:
    both = [each for each in lines if ratio.over in each.figures and ratio.under in each.figures]
    silent = tuple(
        each.key for each in lines if ratio.over not in each.figures and ratio.under not in each.figures
    )
    without = tuple(each.key for each in lines if each not in both and each.key not in silent)
    over, under = (
        sum((each.figures[side] for each in both), Fraction(0)) for side in (ratio.over, ratio.under)
    )
    value = over / under * ratio.times if under else None
    mark, why = _mark(ratio, system, size, year)
    reason = why or _lacking(value, without, silent)
    if mark and mark.value is None:
        verdict, reason = "shown", system.note
    elif reason or mark is None or value is None:
        verdict = "unknown"
    else:
        verdict = "met" if mark.holds(value) else "missed"
    gap = value - mark.value if value is not None and mark and mark.value is not None else None
    keys = tuple(each.key for each in both)
    return Item(ratio, value, over, under, keys, without, silent, mark, verdict, reason, gap)


def _mark(
    ratio: Ratio, system: System, size: Fraction | None, year: int | None
) -> tuple[Mark | None, Text | None]:
    own = [each for each in system.marks if each.ratio == ratio and each.year in (None, year)]
    sized = any(each.start is not None or each.end is not None for each in own)
    if sized and size is None:
        return None, Text(
            "园区规模未知，不知适用哪个数值", "the size of the park is not known, nor so which mark holds"
        )
    for each in own:
        if not sized or ((each.start or 0) <= (size or 0) and (each.end is None or (size or 0) < each.end)):
            return each, None
    return None, Text("该体系没有适用于这一规模园区的数值", "the system has no mark for a park of this size")


def _lacking(value: Fraction | None, without: tuple[str, ...], silent: tuple[str, ...]) -> Text | None:
    if value is None:
        return Text("没有数据，或分母为零", "nothing is stated, or what it is divided by is zero")
    rest = ", ".join((*without, *silent))
    return Text(f"部分生产线没有数据：{rest}", f"some lines state nothing: {rest}") if rest else None
