"""An index as it is kept: plain values that go into a file and come back the same, for pages and papers.

Pages show what was computed; they compute nothing. Beside each level stand its parts, and beside each indicator what was
printed, what preparation made of it and what adjustment made of that.
"""

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from touchstone.calc.index.attribution import Attribution
from touchstone.calc.index.recipe import Band
from touchstone.calc.index.vintage import Vintages
from touchstone.calc.index.wording import Sentence
from touchstone.calc.preparation.prepared import Flag
from touchstone.calc.seasonal.diagnostics import Check
from touchstone.errors import LedgerError
from touchstone.facts.library import write_whole
from touchstone.facts.restored import restored
from touchstone.facts.text import Text

Numbers = tuple[float | None, ...]
Kind = TypeVar("Kind")
_UNSAID = Text("", "")


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it was printed; `period` may run from the start of the year."""

    period: str
    value: Decimal
    fact: str


@dataclass(frozen=True, slots=True)
class KeptIndicator:
    """One indicator of a kept index.

    Attributes:
        external, kind, sign, unit: as in its recipe; `weight` as calibrated, 0 where it had no series then.
        how: key of `seasonal.adjusted.HOW`; `method` that of the formula; `why` where something else than X-13 was done.
        model: the model of X-13 in words, "" for none.
        checks: of the adjustment; `notes` and `flags` what a reader must know of it and of single periods.
        printed: the figures, each period's latest.
        periods, prepared, adjusted: by month, before and after adjustment; None where there is no value.
        facts: ids of the printed figures behind each value.
        left_out: periods that could not be made.
    """

    key: str
    name: Text
    sector: str
    kind: str
    sign: int
    unit: str
    external: bool
    weight: float
    synthetic: bool
    how: str
    method: str
    why: Text | None
    model: str
    checks: tuple[Check, ...]
    notes: tuple[Text, ...]
    flags: tuple[Flag, ...]
    printed: tuple[Printed, ...]
    periods: tuple[str, ...]
    prepared: Numbers
    adjusted: Numbers
    facts: tuple[tuple[str, ...], ...]
    left_out: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An indicator that is not in the index, and why: as a refusal, and `said` in one sentence ("" in files of earlier versions)."""

    key: str
    name: Text
    why: Text
    said: Text = _UNSAID


@dataclass(frozen=True, slots=True)
class Ahead:
    """The forecast of one period, and how forecasts made the same way did; shares between 0 and 1."""

    period: str
    level: float
    low: float
    high: float
    share: float
    band: str
    chances: tuple[float, ...]
    published: tuple[str, ...]
    count: int
    covered: float
    error: float
    naive: float
    unmoved: float
    right: float


@dataclass(frozen=True, slots=True)
class Turned:
    """A turning point: `way` 1 is a peak, -1 a trough."""

    period: str
    way: int
    level: float


@dataclass(frozen=True, slots=True)
class Compared:
    """A level of the index that its issuer printed, and the fact it is kept as."""

    period: str
    value: Decimal
    fact: str


@dataclass(frozen=True, slots=True)
class Told:
    """One period of an index, what made it, and the sentences that say so."""

    attribution: Attribution
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """An index, its reasons, and what it stands on. (T,) and (T, N) as in `Index`; None for nan.

    Attributes:
        computed: when; `published_by` and `as_of` what it was asked for, "" for now.
        calibrated: day of the calibration; `since` and `until` its sample.
        synthetic: whether any figure behind it is made up.
        level_facts: id of the derived fact of each level, "" where there is none.
        turns: turning points, or why there are none.
        ahead: one period ahead, or why there is none.
        compared: levels that the issuer of the real index printed, as facts of the workspace.
        rules: name of the edition of the recipe, texts and bands included (`Recipe.digest`); `ruled` the moment since which it has
            been in force. "" and None in files of earlier versions.
        notes: what a reader must know of the rules, where they are not the present ones.
        past: the periods before the newest, newest first, as many as pages list; () in files of earlier versions.
    """

    recipe: str
    name: Text
    source: Text
    weighing: Text
    subject: str
    form: str
    frequency: str
    decimals: int
    edition: str
    computed: datetime
    published_by: str
    as_of: str
    calibrated: date
    since: str
    until: str
    synthetic: bool
    limits: tuple[float, ...]
    limits_source: Text
    bands: tuple[Band, ...]
    sectors: tuple[tuple[str, Text], ...]
    periods: tuple[str, ...]
    levels: Numbers
    band_of: tuple[str, ...]
    level_facts: tuple[str, ...]
    coverage: Numbers
    rising: Numbers
    one: Numbers
    six: Numbers
    by_sector: tuple[Numbers, ...]
    contributions: tuple[Numbers, ...]
    moved: tuple[Numbers, ...]
    cut: tuple[tuple[bool, ...], ...]
    weights: tuple[Numbers, ...]
    keys: tuple[str, ...]
    indicators: tuple[KeptIndicator, ...]
    left_out: tuple[LeftOut, ...]
    attribution: Attribution
    sentences: tuple[Sentence, ...]
    turns: tuple[Turned, ...]
    turns_why: Text | None
    ahead: Ahead | None
    ahead_why: Text | None
    compared: tuple[Compared, ...]
    rules: str = ""
    ruled: datetime | None = None
    notes: tuple[Text, ...] = ()
    past: tuple[Told, ...] = ()

    @property
    def last(self) -> str:
        """The newest period that has a level; that of `at`, where it was asked for another."""
        return self.attribution.period

    @property
    def row(self) -> int:
        """The row of that period."""
        return self.periods.index(self.last)

    @property
    def mixed(self) -> bool:
        """Whether any indicator of the period counts against the index, so that a fall of it is favourable."""
        return any(each.sign < 0 and each.key not in self.attribution.absent for each in self.indicators)

    def at(self, period: str) -> "KeptIndex":
        """The same index as it tells an earlier period. Raises KeyError: nothing is kept of that period."""
        if period == self.last:
            return self
        told = {each.attribution.period: each for each in self.past}[period]
        return replace(self, attribution=told.attribution, sentences=told.sentences)

    def indicator(self, key: str) -> KeptIndicator:
        """One indicator. Raises KeyError: there is none of this key, or it is left out."""
        return {each.key: each for each in self.indicators}[key]

    def sector(self, key: str) -> Text:
        """The name of a sector. Raises KeyError: there is none of this key."""
        return dict(self.sectors)[key]

    def band(self, key: str) -> Band:
        """A band. Raises KeyError: there is none of this key."""
        return {each.key: each for each in self.bands}[key]


def write_kept(path: Path, kept: object) -> None:
    """Keep a result in a file; a reader sees the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(kept if isinstance(kept, list) else asdict(kept), ensure_ascii=False, default=_told)  # type: ignore[call-overload]
    write_whole(path, zlib.compress(text.encode(), 1))


def read_index(path: Path) -> KeptIndex:
    """The index kept in a file. Raises LedgerError: the file is damaged or of another edition."""
    return _read(path, partial(restored, KeptIndex))


def read_vintages(path: Path) -> Vintages:
    """The vintages kept in a file. Raises LedgerError: the file is damaged or of another edition."""
    return read_kept(path, Vintages)


def read_kept(path: Path, kind: type[Kind]) -> Kind:
    """A result of this type kept in a file. Raises LedgerError: the file is damaged or of another edition."""
    return _read(path, partial(restored, kind))


def read_rows(path: Path, of: Callable[[Any], Kind]) -> list[Kind]:
    """What a file keeps as a list, each built from its plain values; [] where there is no file. Raises LedgerError: it is damaged."""
    return _read(path, lambda rows: [of(row) for row in rows]) if path.exists() else []


def _read(path: Path, of: Callable[[Any], Kind]) -> Kind:
    try:
        return of(json.loads(zlib.decompress(path.read_bytes())))
    except (OSError, zlib.error, ValueError, TypeError, KeyError, ArithmeticError) as error:
        raise LedgerError(
            f"{path.name}: this index cannot be read ({error}); compute it again: touchstone index\n"
            f"{path.name}：指数结果无法读取，请重新计算：touchstone index"
        ) from error


def _told(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
