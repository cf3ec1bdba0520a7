"""Recipes: what an index is made of and how. Data, not code.

The rows are data/index/*.toml and `index/*.toml` of a workspace, which go before them. What a recipe may say is checked
in `recipe_file.py`; here is what it means.
"""

from dataclasses import MISSING, dataclass, fields
from hashlib import blake2b
from typing import Literal

from touchstone.facts.text import Text

Form = Literal["association", "level", "composite", "growth_cycle"]
Kind = Literal["level", "rate", "spread", "diffusion"]
Objective = Literal["none", "entropy", "cv", "critic", "inverse_volatility"]
Role = Literal["leading", "coincident", "lagging"]
Split = Literal["none", "pmi", "working-days", "last-year", "state-space"]
Adjusting = Literal["x13", "stl", "none"]
Trading = Literal["auto", "china", "weekdays", "none"]
Decomposition = Literal["x11", "seats"]
Transform = Literal["auto", "log", "none"]


@dataclass(frozen=True, slots=True)
class SeriesName:
    """The series of the ledger an indicator is read from; figures in other units of the same kind are converted into `unit`."""

    subject: str
    measure: str
    place: str | None
    unit: str


@dataclass(frozen=True, slots=True, repr=False)
class Preparation:
    """What is done to the published figures before the index sees them, by the rooms that prepare and adjust.

    Attributes:
        cumulative: published from the start of the year; the month is a difference.
        split: how the combined release of January and February is shared out.
        seasonal: x13; stl for the fallback, wanted for itself; none for what is published adjusted.
        festival: days before the Spring Festival, and behind it, whose effect is taken out: the very windows, none is searched;
            () for none.
        dragon_boat, mid_autumn: the same of Dragon Boat and Mid-Autumn.
        search: feasts whose windows are searched by AICc instead of declared: spring, dragon, autumn; () declares all.
        trading, decomposition, transform, arima, outliers: as in `seasonal.choice.Choice`.
    """

    cumulative: bool
    split: Split
    seasonal: Adjusting
    festival: tuple[int, ...]
    dragon_boat: tuple[int, ...] = ()
    mid_autumn: tuple[int, ...] = ()
    search: tuple[str, ...] = ()
    trading: Trading = "auto"
    decomposition: Decomposition = "x11"
    transform: Transform = "auto"
    arima: str = "auto"
    outliers: tuple[str, ...] = ("ao", "ls", "tc")

    def __repr__(self) -> str:
        """Without what stands at its default: an edition keeps its name when a later version knows more fields."""
        told = [
            f"{each.name}={getattr(self, each.name)!r}"
            for each in fields(self)
            if each.default is MISSING or getattr(self, each.name) != each.default
        ]
        return f"Preparation({', '.join(told)})"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    Attributes:
        key: what its series is known by.
        name: what it is called.
        sector: key of its sector.
        series: where its figures are.
        kind: level (moves by symmetric rates), rate, spread or diffusion (move by differences).
        sign: 1, or -1 where a rise is bad for what the index is about.
        weight: subjective, before it is brought to a sum of one.
        role: leading, coincident or lagging; "" where the form does not ask.
        external: whether it comes from outside what the index is about, for the grouping of causes.
        positive: whether its values must be above zero.
        preparation: see there.
    """

    key: str
    name: Text
    sector: str
    series: SeriesName
    kind: Kind
    sign: int
    weight: float
    role: Role | Literal[""]
    external: bool
    positive: bool
    preparation: Preparation


@dataclass(frozen=True, slots=True)
class Sector:
    """A group of indicators."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True)
class Weights:
    """How indicators are weighed.

    Attributes:
        objective: what the data say: entropy, cv, critic, inverse_volatility; none for subjective weights alone.
        share: part of the subjective weights, 0 to 1; the rest is the objective ones'.
        judgements: (S, S) pairwise judgements of the sectors after AHP, which replace the subjective weights; () for none.
        source: who chose the weights.
    """

    objective: Objective
    share: float
    judgements: tuple[tuple[float, ...], ...]
    source: Text


@dataclass(frozen=True, slots=True)
class Scaling:
    """What the calibration of an index stands on.

    Attributes:
        deviation: points that the standard deviation of the index shall have over the sample.
        since, until: the sample, period codes, both included.
        robust: robust standard deviations at which a change is cut off; 0 cuts nothing.
    """

    deviation: float
    since: str
    until: str
    robust: float


@dataclass(frozen=True, slots=True)
class Chain:
    """Choices of the forms that chain rates.

    Attributes:
        trend: mean growth in percent a period that the index shall have over the sample; None adjusts nothing.
        base: the period whose mean level is 100, such as 2015; "" for the period before the first.
    """

    trend: float | None
    base: str


@dataclass(frozen=True, slots=True)
class Cycle:
    """Choices of the growth-cycle form, in periods: cycles longer than `longest` are trend, shorter than `shortest` noise.

    `reference` is the key of the series whose amplitude the index takes, "" for one point of mean deviation.
    """

    longest: float
    shortest: float
    reference: str


@dataclass(frozen=True, slots=True)
class Band:
    """A band of levels; `colour` names its light, "" for none."""

    key: str
    name: Text
    colour: str


@dataclass(frozen=True, slots=True)
class Bands:
    """An odd number of bands from low to high, and the limits between them."""

    limits: tuple[float, ...]
    bands: tuple[Band, ...]
    source: Text


@dataclass(frozen=True, slots=True)
class Recipe:
    """What an index is made of.

    Attributes:
        key: name of its file.
        name: what the index is called.
        subject: code of the vocabulary under which its values are kept.
        source: who chose all this.
        form: association, level, composite or growth_cycle.
        frequency: M or Q.
        indicators, sectors: in the order in which they are shown.
        weights, scaling, chain, cycle, bands: see there.
        coverage: least share of the weight whose indicators must have a value for a period to have an index.
        decimals: places a level is published with; its band is that of the published level.
        languages: of its texts.
    """

    key: str
    name: Text
    subject: str
    source: Text
    form: Form
    frequency: str
    indicators: tuple[Indicator, ...]
    sectors: tuple[Sector, ...]
    weights: Weights
    scaling: Scaling
    chain: Chain
    cycle: Cycle
    bands: Bands
    coverage: float
    decimals: int
    languages: tuple[str, ...]

    @property
    def edition(self) -> str:
        """What levels depend on, as a short hash: names, texts and bands may change without changing a level."""
        told = [
            (i.key, i.series, i.kind, i.sign, i.weight, i.role, i.preparation, i.sector)
            for i in self.indicators
        ]
        rules = (
            self.form,
            self.frequency,
            self.weights.objective,
            self.weights.share,
            self.weights.judgements,
        )
        every = (told, rules, self.scaling, self.chain, self.cycle, self.coverage)
        return blake2b(repr(every).encode(), digest_size=8).hexdigest()

    @property
    def digest(self) -> str:
        """All that it says as a short hash, names, texts and bands included: the name of an edition."""
        return blake2b(repr(self).encode(), digest_size=8).hexdigest()

    def indicator(self, key: str) -> Indicator:
        """The indicator of a key. Raises KeyError: there is none."""
        return {each.key: each for each in self.indicators}[key]

    def sector(self, key: str) -> Sector:
        """The sector of a key. Raises KeyError: there is none."""
        return {each.key: each for each in self.sectors}[key]
