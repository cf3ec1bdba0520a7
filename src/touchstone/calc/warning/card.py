"""The card of a rule: how far its alarms were worth having, on the part it was calibrated on and on the part it never saw.

What is calibrated is one threshold, by Sarlin's relative usefulness on the calibration part alone. A rule without enough
history is uncalibrated, and its card says how much there is. Source: "warning.card" in data/methods/warning.toml.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from touchstone.calc.linkage.resampling import Resampling
from touchstone.calc.linkage.statement import Span
from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.calibration import Calibrated, Candidates, calibrated, candidates
from touchstone.calc.warning.measures import MEASURES
from touchstone.calc.warning.realtime import RealTime, Vintages, real_time
from touchstone.calc.warning.rule import Material, Rule
from touchstone.calc.warning.sample import usable
from touchstone.calc.warning.score import Counts, Episodes, Usefulness, auroc, counted, episodes
from touchstone.calc.warning.trial import Event, Trial, outcomes
from touchstone.calc.warning.watch import Watch, watch
from touchstone.facts.memory import Memory
from touchstone.facts.restored import restored
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EDITION = "warning.card/2"


@dataclass(frozen=True, slots=True)
class Judged:
    """What alarms were worth over some periods.

    Attributes:
        first, last: first and last period whose outcome is known.
        alessi_detken: usefulness at the theta of the trial.
        sarlin: usefulness at the mu of the trial.
        auroc: of the readings, not of the alarms; None where it cannot be computed.
    """

    first: str
    last: str
    counts: Counts
    type_1: float | None
    type_2: float | None
    noise_to_signal: float | None
    persistence: float | None
    event_share: float | None
    event_given_alarm: float | None
    alessi_detken: Usefulness | None
    sarlin: Usefulness | None
    auroc: Span | None
    episodes: Episodes
    missed: int

    @property
    def worth(self) -> float | None:
        """Sarlin's relative usefulness; None without events or without quiet periods."""
        return self.sarlin.relative if self.sarlin else None


@dataclass(frozen=True, slots=True)
class Tried:
    """A threshold that was tried in calibration, and its relative usefulness there."""

    share: float
    threshold: float
    usefulness: float


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a rule for one event.

    Attributes:
        series: keys of the series behind it.
        meaning: of the event; direction: 1 where it is a rise.
        standing: "calibrated" or "uncalibrated".
        why: why it is uncalibrated, with the counts; None where it is calibrated.
        share, threshold: what calibration chose: the share of the readings, and the reading.
        tried: every threshold of the grid with what it was worth in calibration.
        calibration: in sample, at the chosen threshold.
        evaluation: out of sample, at the chosen threshold.
        rolling: out of sample, calibrated anew at every origin with what was known then.
        declared: out of sample, with the cuts the rule declares: what the light on the wall did.
        real_time: what vintages said at the time against the series as it is now; None without vintages.
    """

    material: str
    rule: str
    name: Text
    side: str
    frequency: str
    series: tuple[str, ...]
    event: str
    event_name: Text
    meaning: Text
    direction: int
    horizon: int
    mu: float
    theta: float
    standing: str
    why: Text | None
    share: float | None
    threshold: float | None
    tried: tuple[Tried, ...]
    calibration: Judged | None
    evaluation: Judged | None
    rolling: Judged | None
    declared: Judged | None
    real_time: RealTime | None

    @property
    def worth(self) -> float | None:
        """What the alarms were worth out of sample: 0 is no better than always or never warning."""
        return self.evaluation.worth if self.evaluation else None

    @property
    def worthless(self) -> bool:
        """Whether there was history enough to tell that it is no better than never warning."""
        return self.standing == "calibrated" and self.worth is not None and self.worth <= 0


def cards(
    material: Material, rule: Rule, series: Mapping[str, TimeSeries], by: Trial, memory: Memory | None = None,
    vintages: Vintages | None = None,
) -> tuple[Card, ...]:  # fmt: skip
    """The cards of a rule, one for each event of the trial.

    Args:
        vintages: for real time against revised; a rule none of whose series was revised has no such comparison.
        memory: remembers cards by the rule, the trial and the series: a changed series asks for its own cards anew.

    Raises:
        UnusableSeries: the series of the rule, or the price, cannot be used.
    """
    keys = _keys(material, rule)
    roles = {material.series_key(role, rule.frequency) for role in MEASURES[rule.measure].roles}
    revised = {period: known for period, known in (vintages or {}).items() if not roles.isdisjoint(known)}
    wanted = [material.wanted(key.split(".")[-2]) for key in keys]
    depends: list[object] = [material.key, wanted, rule, by]
    for period, known in (("", series), *revised.items()):
        for each in (known[key] for key in keys if key in known):
            depends += [period, each.key, each.unit, each.periods, each.values]
    plain = (memory or Memory()).answer(_EDITION, depends, lambda: _made(material, rule, series, by, revised))
    return tuple(restored(Card, each) for each in plain)


def _keys(material: Material, rule: Rule) -> tuple[str, ...]:
    roles = dict.fromkeys((*MEASURES[rule.measure].roles, "price"))
    return tuple(material.series_key(role, rule.frequency) for role in roles)


def _made(
    material: Material, rule: Rule, series: Mapping[str, TimeSeries], by: Trial, vintages: Vintages | None
) -> list[dict[str, Any]]:
    then = real_time(material, rule, vintages, series) if vintages else None
    read = watch(material, rule, series)
    price = usable(material, "price", rule.frequency, series)
    choices = {way: candidates(way * read.readings, rule.holding, by, rule.cuts.inclusive) for way in (1, -1)}
    return [
        asdict(_card(material, read, price, event, choices[rule.direction * event.direction], then, by))
        for event in by.asked
    ]


def _card(
    material: Material,
    read: Watch,
    price: TimeSeries,
    event: Event,
    choices: Candidates | None,
    then: RealTime | None,
    by: Trial,
) -> Card:
    rule, way = read.rule, read.rule.direction * event.direction
    events = followed(read.periods, price, event, by)
    found = calibrated(choices, way * read.readings, events, event.horizon, by)
    share = threshold = why = None
    tried: tuple[Tried, ...] = ()
    inside = after = rolling = declared = None
    if isinstance(found, Text):
        why = found
    else:
        share, threshold = found.share, way * found.threshold
        tried = tuple(Tried(of, way * cut, worth) for of, cut, worth in found.tried)
        inside, after, rolling, declared = _parts(read, way, events, found, event.horizon, by)
    return Card(
        material.key, rule.key, rule.name, rule.side, rule.frequency, _keys(material, rule), event.key, event.name,
        event.meaning, event.direction, event.horizon, by.mu, by.theta, "uncalibrated" if why else "calibrated", why, share, threshold, tried,
        inside, after, rolling, declared, then,
    )  # fmt: skip


def followed(periods: tuple[str, ...], price: TimeSeries, event: Event, by: Trial) -> "NDArray[np.float64]":
    """Whether the event followed each of these periods: (T,) 1, 0 or nan. Daily prices count on the days there are."""
    import numpy as np

    there = ~np.isnan(price.values) if price.frequency == "D" else np.ones(len(price), dtype=bool)
    rows = np.flatnonzero(there)
    known = outcomes(price.values[rows], event, by)
    at = dict(zip((price.periods[row] for row in rows), known.tolist(), strict=True))
    return np.array([at.get(period, np.nan) for period in periods])


def _parts(
    read: Watch, way: int, events: "NDArray[np.float64]", found: Calibrated, horizon: int, by: Trial
) -> tuple[Judged | None, Judged | None, Judged | None, Judged | None]:
    """In sample; out of sample as calibrated once, as calibrated at every origin, and as the rule declares its cuts."""
    import numpy as np

    both = np.where(np.isnan(read.readings), np.nan, events)
    how = Resampling(by.seed, by.resamples, by.block)
    before, after = slice(0, found.split - horizon), slice(found.split, None)
    inside, outside = (
        auroc(way * read.readings[part], both[part], how, by.level) for part in (before, after)
    )
    late, known = read.periods[after], both[after]
    return (
        judged(read.periods[before], found.alarms[before], both[before], inside, horizon, by),
        judged(late, found.alarms[after], known, outside, horizon, by),
        judged(late, found.rolling[after], known, outside, horizon, by),
        judged(late, (way * read.states > 0)[after], known, outside, horizon, by),
    )


def judged(
    periods: tuple[str, ...],
    alarms: "NDArray[np.bool_]",
    events: "NDArray[np.float64]",
    area: Span | None,
    horizon: int,
    by: Trial,
) -> Judged | None:
    """What alarms were worth over some periods; None where no outcome is known.

    Args:
        events: (T,) 1, 0 or nan where the reading or the outcome is not known.
        area: AUROC of the readings behind the alarms.
    """
    import numpy as np

    rows = np.flatnonzero(~np.isnan(events))
    if not len(rows):
        return None
    counts, runs = counted(alarms, events), episodes(alarms, events, horizon)
    return Judged(
        periods[rows[0]], periods[rows[-1]], counts, counts.type_1, counts.type_2, counts.noise_to_signal,
        counts.persistence, counts.event_share, counts.event_given_alarm, counts.alessi_detken(by.theta),
        counts.sarlin(by.mu), area, runs, runs.missed,
    )  # fmt: skip
