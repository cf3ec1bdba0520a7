"""A survey as it is kept: plain values that go into a file and come back the same, for pages and reports.

Pages show what was computed; they compute nothing. The panel behind it is kept beside it with the facts of every price,
so that a share of a table opens to its sample, and the sample to the words that were printed.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from math import exp
from pathlib import Path

from touchstone.calc.linkage.statement import Span, Statement
from touchstone.calc.linkage.survey import OF_RETURNS, Survey
from touchstone.errors import LedgerError, Refusal
from touchstone.facts.library import write_whole
from touchstone.facts.restored import restored
from touchstone.facts.text import Text


@dataclass(frozen=True, slots=True)
class Cause:
    """Whether one series helps to predict another: p, and q after control of false discoveries."""

    cause: str
    effect: str
    p: float
    q: float
    found: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """A question without an answer: which, about what, and why."""

    question: str
    names: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One period of the panel: the price of each series in the survey's basis, and the facts behind it."""

    period: str
    prices: tuple[float, ...]
    facts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class KeptSurvey:
    """What a survey found, in percent and points; the order of `names` is that of every row and column.

    Attributes:
        computed: when it was computed.
        table: row i says from whose shocks the forecast error variance of series i comes.
        total, given, received, net: with their intervals, and so is every share of `table`.
        thresholds: the quantile of the total's own past, aligned to the end of `totals`; empty where too young.
        drifting: total of the drifting VAR at each of `periods`; None where it has none.
        units: code of the unit of each series' prices.
        documents: names of the documents the prices were printed in.
        said: by question, what was found and on what it stands.
        beside: by question, the tests of causality and of leads that found nothing.
    """

    recipe: str
    name: Text
    source: Text
    clock: str
    window: int
    computed: datetime
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    table: tuple[tuple[Span, ...], ...]
    total: Span
    corrected: float
    given: tuple[Span, ...]
    received: tuple[Span, ...]
    net: tuple[Span, ...]
    periods: tuple[str, ...]
    totals: tuple[float, ...]
    drifting: tuple[float | None, ...]
    units: tuple[str, ...]
    documents: tuple[str, ...]
    thresholds: tuple[float, ...]
    raised: bool | None
    causes: tuple[Cause, ...]
    said: tuple[tuple[str, Statement], ...]
    beside: tuple[tuple[str, Statement], ...]
    missing: tuple[Missing, ...]
    left_out: tuple[Text, ...]
    notes: tuple[Text, ...]

    @property
    def pairwise(self) -> tuple[tuple[float, ...], ...]:
        """What series i gives to j less what j gives to i, in points."""
        size = range(len(self.names))
        return tuple(tuple(self.table[j][i].point - self.table[i][j].point for j in size) for i in size)

    def of(self, question: str) -> list[Statement]:
        """The statements of one question."""
        return [statement for asked, statement in self.said if asked == question]

    def one(self, question: str, names: Sequence[str]) -> Statement | None:
        """The statement of a question about these series in this order, or about all where none are named, found or not;
        None where there is none."""
        every = (*self.said, *self.beside)
        return next(
            (s for asked, s in every if asked == question and s.sample.names == (tuple(names) or self.names)),
            None,
        )

    def window_rows(self, end: str | None = None) -> tuple[Row, ...]:
        """The prices of a window's returns, in order: of the one that ends in `end`, or of the last, on which the table
        and whatever is read from it stands."""
        return self._until(end or self.periods[-1], self.window + 1)

    def rows_of(self, question: str, statement: Statement) -> tuple[Row, ...]:
        """The prices of a statement's sample, in order; one more than its periods where it is about returns."""
        return self._until(statement.sample.last, statement.sample.n + (question in OF_RETURNS))

    def _until(self, last: str, count: int) -> tuple[Row, ...]:
        end = next(place for place, row in enumerate(self.rows) if row.period == last) + 1
        return self.rows[max(0, end - count) : end]


def kept(found: Survey, computed: datetime, documents: Sequence[str]) -> KeptSurvey:
    """The plain form of a survey; `documents` are the names of those its prices stand in."""
    latest, prices = found.rolling.latest, found.aligned.prices
    read = latest.intervals
    assert read
    said = [("spillover", latest.statement)]
    said += [("drift", found.drifting.statement)] if found.drifting else []
    said += [("drift_change", found.drift_change.statement)] if found.drift_change else []
    said += [("change", found.change.statement)] if found.change else []
    said += [("alert", found.alert.statement)] if found.alert else []
    return KeptSurvey(
        found.recipe.key, found.recipe.name, found.recipe.source, found.recipe.clock, found.recipe.window, computed,
        prices.names, tuple(_rows(found)), read.cells, read.total, latest.corrected_total,
        read.given, read.received, read.net,
        found.rolling.periods, tuple(map(float, found.rolling.total)), _drifting(found), found.aligned.units,
        tuple(documents),
        tuple(map(float, found.alert.thresholds)) if found.alert else (),
        found.alert.now if found.alert else None,
        tuple(Cause(c.cause, c.effect, c.p, c.q, c.found) for c in found.causalities),
        (*said, *found.statements), found.beside, tuple(_missing(found)),
        tuple(_text(problem) for problem in found.aligned.left_out), found.aligned.notes,
    )  # fmt: skip


def write_survey(path: Path, survey: KeptSurvey) -> None:
    """Keep a survey in a file; a reader sees the old one or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(survey), ensure_ascii=False, default=datetime.isoformat)
    write_whole(path, zlib.compress(text.encode(), 1))


def read_survey(path: Path) -> KeptSurvey:
    """The survey kept in a file.

    Raises:
        LedgerError: the file is damaged or of another edition.
    """
    try:
        return restored(KeptSurvey, json.loads(zlib.decompress(path.read_bytes())))
    except (OSError, zlib.error, ValueError, TypeError, KeyError) as error:
        raise LedgerError(
            f"{path.name}: this survey cannot be read ({error}); compute it again: touchstone linkage\n"
            f"{path.name}：联动结果无法读取，请重新计算：touchstone linkage"
        ) from error


def _rows(found: Survey) -> Iterator[Row]:
    prices = found.aligned.prices
    for place, period in enumerate(prices.periods):
        facts = tuple(found.aligned.facts[name][place] for name in prices.names)
        yield Row(period, tuple(exp(value) for value in prices.values[place]), facts)


def _drifting(found: Survey) -> tuple[float | None, ...]:
    """The total of the drifting VAR at the periods of the windows."""
    if found.drifting is None:
        return (None,) * len(found.rolling.periods)
    totals = dict(zip(found.drifting.periods, map(float, found.drifting.total), strict=True))
    return tuple(totals.get(period) for period in found.rolling.periods)


def _missing(found: Survey) -> Iterator[Missing]:
    windows = (("spillover", window) for window in found.rolling.absent)
    for question, absent in (*found.absent, *windows):
        yield Missing(question, absent.what, _text(absent.why))


def _text(problem: Refusal) -> Text:
    return Text(problem.text("zh"), problem.text("en"))
