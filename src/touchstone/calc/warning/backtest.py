"""The back-test of a rule book: every rule's cards on the history there is, and what they come to.

Every number in it is of alarms nobody could have made with knowledge of what came later. Source: "warning.card" in
data/methods/warning.toml.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from statistics import median

from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.breaks import Break, breaks
from touchstone.calc.warning.card import Card, Judged, cards
from touchstone.calc.warning.light_card import LIGHT, light_cards
from touchstone.calc.warning.measures import YEAR
from touchstone.calc.warning.realtime import Vintages
from touchstone.calc.warning.reason import Silent, no_data
from touchstone.calc.warning.rule import Material, Rule
from touchstone.calc.warning.sample import missing, usable
from touchstone.calc.warning.trial import Trial, trial
from touchstone.errors import Refusal
from touchstone.facts.memory import Memory
from touchstone.facts.text import Text

_FILE = Path(__file__).parents[2] / "data" / "warning" / "shared" / "trial.toml"


@dataclass(frozen=True, slots=True)
class Without:
    """A rule of a material without a card, and why."""

    material: str
    silent: Silent


@dataclass(frozen=True, slots=True)
class Summary:
    """Medians over materials of the relative usefulness (Sarlin) of one rule for one event.

    Attributes:
        rule, event: "" where several stand together.
        materials: with a calibrated card.
        calibration: in sample; evaluation, rolling and declared: out of sample, as in `Card`.
        alessi_detken: relative, out of sample at the calibrated threshold.
        auroc: out of sample.
        below: materials whose out-of-sample usefulness at the calibrated threshold is below zero.
    """

    rule: str
    event: str
    materials: int
    cards: int
    calibration: float | None
    evaluation: float | None
    rolling: float | None
    declared: float | None
    alessi_detken: float | None
    auroc: float | None
    below: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a back-test found.

    Attributes:
        frequency: of the headline and the other summaries; cards may be of others too.
        cards: of every rule that could be read and of the light of the price itself, material by material.
        without: rules that could not.
        breaks: where a price began to move more or less, before the evaluation part.
        headline: the rule and events declared to stand for a material.
        light: the lights of the price as shown, for the same events.
        every: all cards together.
        by_rule: each rule and event.
    """

    frequency: str
    trial: Trial
    cards: tuple[Card, ...]
    without: tuple[Without, ...]
    breaks: tuple[Break, ...]
    headline: Summary
    light: Summary
    every: Summary
    by_rule: tuple[Summary, ...]


def backtest(
    materials: Sequence[Material],
    series: Mapping[str, TimeSeries],
    frequency: str = "M",
    memory: Memory | None = None,
    by: Trial | None = None,
    vintages: Vintages | None = None,
) -> Backtest:
    """Try every rule of these materials at one frequency.

    Args:
        series: by `Material.series_key`.
        memory: remembers cards by rule, trial and series, so that only what changed is tried again.
        by: the trial; None takes the one declared.
        vintages: of the series that were revised (`realtime.vintages`).

    Raises:
        ValueError: no trial is declared at this frequency.
    """
    tried = by or trial(frequency)
    if tried is None:
        raise ValueError(f"no trial is declared at frequency {frequency!r}: data/warning/shared/trial.toml")
    found: list[Card] = []
    without: list[Without] = []
    for material in materials:
        with suppress(Refusal):  # its rules say why
            found += light_cards(material, series, tried, memory)
        for rule in (rule for rule in material.rules if rule.frequency == frequency):
            try:
                found += _tried(material, rule, series, tried, memory, vintages)
            except Refusal as error:
                why = Text(error.text("zh"), error.text("en"))
                without.append(Without(material.key, Silent(rule.key, rule.name, error.code, why)))
            except _NoData as nothing:
                without.append(Without(material.key, nothing.silent))
    return Backtest(
        frequency, tried, tuple(found), tuple(without),
        tuple(_breaks(materials, series, tried, memory or Memory())), _stands_for(_declared()[0], found), _stands_for(LIGHT, found),
        summary("", "", [card for card in found if card.rule != LIGHT]), tuple(_by_rule(found)),
    )  # fmt: skip


def _breaks(
    materials: Sequence[Material], series: Mapping[str, TimeSeries], by: Trial, memory: Memory
) -> Iterator[Break]:
    """Of the materials with a price that can be used; the cards say of the others why not."""
    for material in materials:
        if material.series_key("price", by.frequency) not in series:
            continue
        try:
            price = usable(material, "price", by.frequency, series)
            found = memory.answer(
                "warning.breaks/1", [material.key, price.periods, price.values, by.evaluated],
                lambda price=price, key=material.key: [
                    asdict(each) for each in breaks(key, price, YEAR[by.frequency], by.evaluated)
                ],
            )  # fmt: skip
        except Refusal:
            continue
        yield from (Break(**each) for each in found)


class _NoData(Exception):
    """A rule has no series to be tried on."""

    def __init__(self, silent: Silent) -> None:
        self.silent = silent
        super().__init__(silent.why.en)


def _tried(
    material: Material, rule: Rule, series: Mapping[str, TimeSeries], by: Trial, memory: Memory | None,
    vintages: Vintages | None,
) -> tuple[Card, ...]:  # fmt: skip
    absent = missing(material, rule, series)
    price = material.series_key("price", rule.frequency)
    if not absent and price not in series:
        absent = (price,)
    if absent:
        raise _NoData(no_data(material, rule, absent))
    return cards(material, rule, series, by, memory, vintages)


def summary(rule: str, event: str, given: Sequence[Card]) -> Summary:
    """The medians of some cards; None where no card has the number."""
    sound = [card for card in given if card.standing == "calibrated"]
    judged = [card.evaluation for card in sound]
    return Summary(
        rule, event, len({card.material for card in sound}), len(sound),
        calibration=_median(_worth(card.calibration) for card in sound), evaluation=_median(map(_worth, judged)),
        rolling=_median(_worth(card.rolling) for card in sound), declared=_median(_worth(card.declared) for card in sound),
        alessi_detken=_median(part.alessi_detken.relative if part and part.alessi_detken else None for part in judged),
        auroc=_median(part.auroc.point if part and part.auroc else None for part in judged),
        below=tuple(dict.fromkeys(card.material for card in sound if (card.worth or 0.0) < 0)),
    )  # fmt: skip


def _worth(part: Judged | None) -> float | None:
    return part.worth if part else None


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None


def joined(first: Backtest, others: Iterable[Backtest]) -> Backtest:
    """One back-test with the cards of others behind its own; what is summed up stays that of the first."""
    rest = list(others)
    return replace(
        first, cards=tuple(card for each in (first, *rest) for card in each.cards),
        without=tuple(one for each in (first, *rest) for one in each.without),
    )  # fmt: skip


def _stands_for(rule: str, found: Sequence[Card]) -> Summary:
    events = _declared()[1]
    return summary(rule, "", [card for card in found if card.rule == rule and card.event in events])


@cache
def _declared() -> tuple[str, tuple[str, ...]]:
    given = tomllib.loads(_FILE.read_text(encoding="utf-8"))["headline"]
    return given["rule"], tuple(given["events"])


def _by_rule(found: Sequence[Card]) -> Iterator[Summary]:
    for rule, event in dict.fromkeys((card.rule, card.event) for card in found):
        yield summary(rule, event, [card for card in found if (card.rule, card.event) == (rule, event)])
