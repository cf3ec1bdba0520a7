"""The card of a light itself: what the worst of the price rules, as it is shown, was worth as a warning.

Nothing is calibrated: an alarm is a light that is not green, of the way of the event. Source: "warning.card" in data/methods/warning.toml.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.calibration import too_little
from touchstone.calc.warning.card import Card, Judged, followed, judged
from touchstone.calc.warning.measures import MEASURES
from touchstone.calc.warning.reason import history
from touchstone.calc.warning.rule import Material
from touchstone.calc.warning.sample import missing, usable
from touchstone.calc.warning.score import auroc
from touchstone.calc.warning.spell import Scores, merged
from touchstone.calc.warning.trial import Event, Trial
from touchstone.calc.warning.watch import watch
from touchstone.errors import Refusal
from touchstone.facts.memory import Memory
from touchstone.facts.restored import restored
from touchstone.facts.text import Text

LIGHT = "light.price"
"""What the card of a light has for a rule."""
_NAME = Text("价格灯（如灯墙所示）", "the light of the price, as shown")
_EDITION = "warning.light_card/1"


def light_cards(
    material: Material, series: Mapping[str, TimeSeries], by: Trial, memory: Memory | None = None
) -> tuple[Card, ...]:
    """The cards of a material's price light at the frequency of a trial, one for each event; () where it has no price.

    Raises:
        UnusableSeries: the price cannot be used.
    """
    every = by.frequency
    rules = [rule for rule in material.rules if (rule.side, rule.frequency) == ("price", every)]
    rules = [rule for rule in rules if not missing(material, rule, series)]
    keys = [
        material.series_key(role, every)
        for role in dict.fromkeys(role for rule in rules for role in MEASURES[rule.measure].roles)
    ]
    if material.series_key("price", every) not in keys:
        return ()
    depends: list[object] = [material.key, material.wanted("price"), rules, by]
    for each in (series[key] for key in keys):
        depends += [each.key, each.unit, each.periods, each.values]

    def made() -> list[dict[str, Any]]:
        price, scores = usable(material, "price", every, series), _scores(material, every, series)
        return [asdict(_card(material, tuple(keys), price, scores, event, by)) for event in by.asked]

    plain = (memory or Memory()).answer(_EDITION, depends, made)
    return tuple(restored(Card, each) for each in plain)


def _scores(material: Material, every: str, series: Mapping[str, TimeSeries]) -> Scores:
    """The light of the price in each period; a rule that cannot be read is silent, as on the wall."""
    found: list[Scores] = []
    for rule in material.rules:
        if (rule.side, rule.frequency) == ("price", every) and not missing(material, rule, series):
            try:
                found.append(history(watch(material, rule, series)))
            except Refusal:
                continue
    return merged(found)


def _card(
    material: Material, keys: tuple[str, ...], price: TimeSeries, scores: Scores, event: Event, by: Trial
) -> Card:
    import numpy as np

    there = ~np.isnan(price.values) if price.frequency == "D" else np.ones(len(price), dtype=bool)
    periods = tuple(price.periods[row] for row in np.flatnonzero(there))
    shown = np.array([event.direction * scores.get(period, np.nan) for period in periods])
    both = np.where(np.isnan(shown), np.nan, followed(periods, price, event, by))
    split = max(len(periods) - by.evaluated, 0)
    why = too_little(both, split, event.horizon, by)
    how = Resampling(by.seed, by.resamples, by.block)

    def part(rows: slice) -> Judged | None:
        area = auroc(shown[rows], both[rows], how, by.level)
        return judged(periods[rows], shown[rows] > 0, both[rows], area, event.horizon, by)

    inside, outside = (
        (None, None) if why else (part(slice(0, split - event.horizon)), part(slice(split, None)))
    )
    return Card(
        material.key, LIGHT, _NAME, "price", by.frequency, keys, event.key, event.name, event.meaning, event.direction,
        event.horizon, by.mu, by.theta, "uncalibrated" if why else "calibrated", why, None, None, (), inside, outside, None,
        outside, None,
    )  # fmt: skip
