"""A wall as it is kept: the lights of a day, the course of every measure against its thresholds, and what was refused.

Pages and papers show it and compute nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.colour import colour
from touchstone.calc.warning.light import Light
from touchstone.calc.warning.rule import Material, Rule
from touchstone.calc.warning.sample import missing
from touchstone.calc.warning.sentence import read_in
from touchstone.calc.warning.watch import Watch, watch
from touchstone.errors import Refusal
from touchstone.facts.period import containing
from touchstone.facts.text import Text

_SHOWN = 60
"""Periods of a course, as of a history strip."""
NONE = "none"
"""What a light without data shows, as the dispatch register says it."""


@dataclass(frozen=True, slots=True)
class Course:
    """A measure over its last periods, and the thresholds it was held against in each.

    Attributes:
        values: of the measure, None where it has none.
        low, high: by level, a cut a period, in the unit of the measure; None before own history gives one.
    """

    material: str
    rule: str
    name: Text
    side: str
    frequency: str
    measure: str
    periods: tuple[str, ...]
    values: tuple[float | None, ...]
    low: tuple[tuple[float | None, ...], ...]
    high: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A light that is not what it was.

    Attributes:
        since, period: the period of the light before, and of the light now.
        before, after: by severity: none (no data), green, blue, yellow, red.
        reversed: the colour is the same and the way is the other: too tight before, too loose now, or the reverse.
        reasons: in words, those that set the light now; facts: behind them.
        matter: id of the matter it opened; "" where it opened none.
    """

    material: str
    name: Text
    frequency: str
    side: str
    since: str
    period: str
    before: str
    after: str
    reasons: tuple[Text, ...]
    facts: tuple[str, ...]
    matter: str = ""
    reversed: bool = False


@dataclass(frozen=True, slots=True)
class KeptWall:
    """The wall of a day.

    Attributes:
        day: up to which publications count.
        computed: when it was worked out.
        lights, courses: of all materials, in order.
        turns: against the wall kept before, the first of which has none.
        refused: what could not be used, in words.
    """

    day: date
    computed: datetime
    lights: tuple[Light, ...]
    courses: tuple[Course, ...]
    refused: tuple[Text, ...]
    turns: tuple[Turn, ...] = ()

    def of(self, material: str) -> tuple[Light, ...]:
        """The lights of a material, in order of frequency and side."""
        return tuple(light for light in self.lights if light.material == material)

    def read_in(self, mode: str) -> "KeptWall":
        """The same lights with their colours read by severity or by direction."""
        return replace(self, lights=tuple(read_in(light, mode) for light in self.lights))

    def materials(self) -> dict[str, Text]:
        """The materials of the wall with their names, in order."""
        return {light.material: light.name for light in self.lights}


def courses(materials: Sequence[Material], series: Mapping[str, TimeSeries]) -> Iterator[Course]:
    """The course of every rule that can be read."""
    for material in materials:
        for rule in material.rules:
            if missing(material, rule, series):
                continue
            try:
                yield _course(material, rule, watch(material, rule, series))
            except Refusal:  # the light says of this rule why it is silent
                continue


def _course(material: Material, rule: Rule, read: Watch) -> Course:
    last = read.last + 1
    rows = range(max(0, last - _SHOWN), last)
    cuts = [read.cut_values(row) if read.readings[row] == read.readings[row] else None for row in rows]
    levels = len(rule.cuts.low), len(rule.cuts.high)
    low, high = (
        tuple(tuple(getattr(each, side)[level] if each else None for each in cuts) for level in range(n))
        for side, n in zip(("low", "high"), levels, strict=True)
    )
    return Course(
        material.key, rule.key, rule.name, rule.side, rule.frequency, rule.measure,
        tuple(read.periods[row] for row in rows), tuple(_known(float(read.values[row])) for row in rows), low, high,
    )  # fmt: skip


def _known(value: float) -> float | None:
    return None if value != value else value


def turns(before: Iterable[Light], after: Iterable[Light]) -> tuple[Turn, ...]:
    """The lights that show another severity or the other way, came on or went out; the light of all sides adds none of its own.

    A light rolled up turns with the one it is rolled up from. One whose data have ended (`aged`) shows none.
    """
    then = {(x.material, x.frequency, x.side): x for x in before}
    found: list[Turn] = []
    for light in after:
        was = then.get((light.material, light.frequency, light.side))
        if was is None or light.side == "all" or light.rolled_from:
            continue
        old, new = _shown(was), _shown(light)
        if (old != new and {old, new} != {NONE, "green"}) or _reversed(was, light):
            found.append(_turn(was, light, old, new))
    return tuple(found)


def _shown(light: Light) -> str:
    dark = light.score is None or (light.outdated and not light.override)
    return NONE if dark or light.score is None else colour(light.score, "severity")


def _reversed(was: Light, light: Light) -> bool:
    both = NONE not in (_shown(was), _shown(light))
    return both and _shown(was) == _shown(light) and (was.score or 0) * (light.score or 0) < 0


def _turn(was: Light, light: Light, old: str, new: str) -> Turn:
    said = [each for each in light.reasons if each.score] or list(light.reasons[:1])
    facts = tuple(dict.fromkeys(id for each in said for id in each.facts))
    words, period = tuple(each.words for each in said), light.period
    if hand := light.override:
        words = (
            Text(f"人工调整（{hand.author}）：{hand.reason}", f"set by hand ({hand.author}): {hand.reason}"),
            *words,
        )
        period = containing(hand.since, light.frequency)
    turned = _reversed(was, light)
    if turned:
        way = (
            Text("由偏松转为偏紧", "from loose to tight")
            if (light.score or 0) > 0
            else Text("由偏紧转为偏松", "from tight to loose")
        )
        words = (way, *words)
    return Turn(
        light.material, light.name, light.frequency, light.side, was.period, period, old, new, words, facts, reversed=turned
    )  # fmt: skip
