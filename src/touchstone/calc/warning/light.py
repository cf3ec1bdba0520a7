"""The lights: for each material, frequency and side the worst of its rules, with the reasons in words and the facts behind them.

A side whose rules say nothing of a period at a frequency takes the light of the next finer frequency that has one, rolled up: its
last state inside the longer period and the days in each. The light of a material is the worst of its sides. What is published later counts with its last state
for a while (`spell.KEPT`), and says of which period it is. What a period shows follows from what ended by its end: later figures change it never.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.card import Card
from touchstone.calc.warning.colour import colour, legend, named
from touchstone.calc.warning.override import Override, answered_for
from touchstone.calc.warning.reason import Reason, Silent, history, no_data, reason, refused, too_old
from touchstone.calc.warning.rule import FREQUENCIES, SIDES, Material, Rule
from touchstone.calc.warning.sample import missing
from touchstone.calc.warning.sentence import worded
from touchstone.calc.warning.spell import Scores, Spell, Spent, blended, merged, near, rolled, spell, worst
from touchstone.calc.warning.unfit import no_light
from touchstone.calc.warning.watch import watch
from touchstone.errors import Refusal
from touchstone.facts.period import frequency, span
from touchstone.facts.text import Text

_UNSAID = Text("", "")
Cards = Mapping[tuple[str, str, str], Sequence[Card]]
"""By material, rule and frequency."""
_SHOWN = 60
"""Periods of the history strip."""


@dataclass(frozen=True, slots=True)
class Point:
    """A period of the history strip."""

    period: str
    score: float
    colour: str


@dataclass(frozen=True, slots=True)
class Light:
    """One light.

    Attributes:
        side: supply, demand, price, or all for the worst of them.
        period: the last it is about; "" where there is no data.
        score: -2 to 2, above zero tight or hot; None where there is no data.
        colour, colour_name, legend: in the mode of the material; the legend belongs beside every light.
        spell: since when, up to the last reading, in periods of the frequency it is rolled up from; None where there is no data.
        rolled_from: the finer frequency whose last state this is; "" where rules of its own set it.
        spent: days at each score inside the period, where rolled up.
        reasons: worst first, of every rule with a reading.
        silent: rules without one, each with why.
        facts: ids behind all reasons.
        strip: the last 60 periods.
        override: who set it by hand; `computed`, `computed_score` are what the rules say.
        outdated: its data have ended (`aged`): it shows what was, not what is.
        words: the light in one sentence.
    """

    material: str
    name: Text
    frequency: str
    side: str
    mode: str
    period: str
    score: float | None
    colour: str
    colour_name: Text
    legend: Text
    spell: Spell | None
    rolled_from: str
    spent: tuple[Spent, ...]
    reasons: tuple[Reason, ...]
    silent: tuple[Silent, ...]
    facts: tuple[str, ...]
    strip: tuple[Point, ...]
    override: Override | None
    computed: str
    computed_score: float | None
    outdated: bool = False
    words: Text = _UNSAID


@dataclass(frozen=True, slots=True)
class _Side:
    """What the rules of one side say at one frequency, before it is a light.

    Attributes:
        scores: by period of the frequency.
        line: these, and the finer ones where there are none (`blended`): what a coarser frequency is rolled up from.
        held: by period of the frequency it is rolled up from: what its spell is counted in; None where that is its own.
    """

    scores: Scores
    line: Scores
    reasons: tuple[Reason, ...]
    silent: tuple[Silent, ...]
    held: Scores | None = None
    rolled_from: str = ""
    spent: tuple[Spent, ...] = ()


@dataclass(frozen=True, slots=True)
class Wall:
    """All lights, by material, frequency and side in order, and the overrides that were refused."""

    lights: tuple[Light, ...]
    refused: tuple[Refusal, ...]

    def light(self, material: str, frequency: str, side: str = "all") -> Light:
        """One light. Raises KeyError: there is none."""
        return {(x.material, x.frequency, x.side): x for x in self.lights}[material, frequency, side]


def wall(
    materials: Sequence[Material], series: Mapping[str, TimeSeries], *, cards: Iterable[Card] = (),
    overrides: Iterable[Override] = (), day: date | None = None, mode: str | None = None,
) -> Wall:  # fmt: skip
    """The lights of these materials.

    Args:
        series: by `Material.series_key`, as known on the day; a series that cannot be used silences its rules, with the reason.
        cards: of the rules; one without a calibrated card is marked uncalibrated, one that was of no use out of sample says so.
        overrides: those in force on `day` are applied.
        day: needed where there are overrides: time is not read from the machine.
        mode: severity or direction for all; None takes each material's own.

    Raises:
        ValueError: overrides without a day.
    """
    known: dict[tuple[str, str, str], list[Card]] = {}
    for card in cards:
        known.setdefault((card.material, card.rule, card.frequency), []).append(card)
    found = {
        (light.material, light.frequency, light.side): light
        for material in materials
        for light in _lights(material, series, known, mode or material.mode)
    }
    refused: list[Refusal] = []
    for each in overrides:
        if day is None:
            raise ValueError("overrides hold from a day to a day: give the day of the lights")
        try:
            _apply(found, each, day)
        except Refusal as error:
            refused.append(error)
    return Wall(tuple(found.values()), tuple(refused))


def _lights(
    material: Material,
    series: Mapping[str, TimeSeries],
    cards: Cards,
    mode: str,
) -> Iterable[Light]:
    finer: dict[str, _Side] = {}
    for every in FREQUENCIES:
        sides: dict[str, _Side] = {}
        for side in SIDES:
            rules = [rule for rule in material.rules if rule.frequency == every and rule.side == side]
            own = _said(material, every, rules, series, cards)
            sides[side] = finer[side] = _over(own, finer[side], every) if side in finer else own
        yield from (_light(material, every, side, sides[side], mode) for side in SIDES)
        yield _light(material, every, "all", _together(sides), mode)


def _said(
    material: Material,
    every: str,
    rules: Sequence[Rule],
    series: Mapping[str, TimeSeries],
    cards: Cards,
) -> _Side:
    read: list[tuple[Reason, Scores]] = []
    silent: list[Silent] = []
    for rule in rules:
        if absent := missing(material, rule, series):
            silent.append(no_data(material, rule, absent))
            continue
        try:
            found = watch(material, rule, series)
        except Refusal as error:
            silent.append(refused(rule, error))
            continue
        if found.halted:
            silent.append(refused(rule, found.halted))
        known = cards.get((material.key, rule.key, every), ())
        read.append((reason(found, known), history(found)))
    scores = merged(each for _, each in read)
    last = next(reversed(scores), "")
    told = {each.rule for each in silent}
    silent += [too_old(x, last) for x, _ in read if not near(x.period, last) and x.rule not in told]
    reasons = [each for each, _ in read if near(each.period, last)]
    return _Side(scores, scores, _sorted(reasons), tuple(silent))


def _sorted(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda each: (-abs(each.score), -each.score)))


def _over(own: _Side, finer: _Side, every: str) -> _Side:
    """What rules of a frequency say and, in the periods they say nothing of, the last state of the next finer one."""
    line = blended(own.scores, finer.line)
    if not line:
        return own
    scores, spent = rolled(line, every)
    source = frequency(next(reversed(line)))
    if source == every:
        return _Side(scores, line, own.reasons, own.silent)
    held = rolled(line, source)[0]
    return _Side(scores, line, finer.reasons, own.silent, held, source, spent[next(reversed(scores))])


def _together(sides: Mapping[str, _Side]) -> _Side:
    """The worst of the sides, and the reasons of those that count in its last period."""
    there = [side for side in sides.values() if side.scores]
    scores = merged(side.scores for side in there)
    last = next(reversed(scores), "")
    counting = [side for side in there if near(next(reversed(side.scores)), last)]
    reasons = _sorted(each for side in counting for each in side.reasons)
    return _Side(scores, scores, reasons, tuple(each for side in sides.values() for each in side.silent))


def _light(material: Material, every: str, side: str, said: _Side, mode: str) -> Light:
    last = list(said.scores)[-1] if said.scores else ""
    score = said.scores[last] if last else None
    shown = colour(score, mode)
    held = spell(said.held or said.scores) if last else None
    strip = tuple(Point(p, s, colour(s, mode)) for p, s in list(said.scores.items())[-_SHOWN:])
    facts = tuple(dict.fromkeys(id for each in said.reasons for id in each.facts))
    return worded(Light(
        material.key, material.name, every, side, mode, last, score, shown, named("colours", shown), legend(mode), held,
        said.rolled_from, said.spent, said.reasons, said.silent, facts, strip, None, shown, score,
    ))  # fmt: skip


_OLD = {"D": 14, "W": 35, "M": 122, "Q": 183, "A": 548}
"""Days after the end of its period from which a light says nothing of today: what `KEPT` allows it, and the holidays of a market."""


def aged(light: Light, day: date) -> Light:
    """The light as it is to be read on a day: one whose data ended long before says so, also where a hand has set it."""
    old = bool(light.period) and (day - span(light.period)[1]).days > _OLD[light.frequency]
    return worded(replace(light, outdated=True)) if old else light


def _apply(found: dict[tuple[str, str, str], Light], given: Override, day: date) -> None:
    """Raises Refusal: nobody answers for the override, or there is no such light."""
    answered_for(given)
    if not given.holds(day):
        return
    key = (given.material, given.frequency, given.side)
    if key not in found:
        raise no_light(f"override {given.material} {given.frequency} {given.side}", day)
    light = found[key]
    shown = colour(given.score, light.mode)
    found[key] = worded(
        replace(light, score=given.score, colour=shown, colour_name=named("colours", shown), override=given)
    )
    if given.side != "all":
        _follow(found, found[key])


def _follow(found: dict[tuple[str, str, str], Light], changed: Light) -> None:
    """The light of the material is the worst of its sides also where one was set by hand, unless it was itself."""
    key = (changed.material, changed.frequency, "all")
    sides = [found[changed.material, changed.frequency, side] for side in SIDES]
    score = worst(each.score for each in sides if each.score is not None)
    if found[key].override or found[key].score == score:
        return
    first = next(each for each in sides if each.score == score)
    whole = found[key]
    found[key] = worded(
        replace(first, side="all", computed=whole.computed, computed_score=whole.computed_score)
    )
