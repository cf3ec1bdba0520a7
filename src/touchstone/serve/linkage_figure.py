"""A number of a survey, opened: what it is in words, method, sample and interval, and every price behind it.

The page shows what was computed and kept; it computes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from touchstone.calc.linkage.kept import KeptSurvey, Row
from touchstone.calc.linkage.methods import Formula, formula, parameter
from touchstone.calc.linkage.statement import Span, Statement
from touchstone.errors import UnknownSeries
from touchstone.facts.period import span as days_of
from touchstone.facts.text import Text
from touchstone.publish.dates import period
from touchstone.publish.format import number
from touchstone.publish.heatmap import decimal
from touchstone.publish.linkage.naming import in_names, series_names
from touchstone.publish.price import unit_of_trade
from touchstone.publish.spark import spark
from touchstone.publish.words import LANGUAGES, word
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LEAF = 60
"""Periods on a leaf; the CSV twin has all."""
READ = ("cell", "total", "given", "received", "net")
"""Numbers read from the table of the last window; `total` also of earlier windows."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What opens from a number.

    Attributes:
        value: the number with its interval, where there is one; a sentence holds its own numbers.
        unit: of the number: percent, or points; "" where there is none.
        words: what it is.
        statement: method, choices and sample.
        more: keys of further formulas it rests on.
        names: the series behind it.
        rows: the prices behind it, in order.
        returns: how many changes of price were taken of these; 0 where levels are looked at.
    """

    value: Span | None
    unit: str
    words: Text
    statement: Statement
    more: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    returns: int

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """What was computed, and after whom: first the statement's own, then what reads or bounds it."""
        drawn = dict(self.statement.parameters).get("interval")
        keys = (self.statement.method, *self.more, *((drawn,) if drawn else ()))
        return tuple(formula(key) for key in dict.fromkeys(keys))


def opening(survey: KeptSurvey, kind: str, **asked: str | Sequence[str]) -> str:
    """The address of the page of a number: `cell` of `to` and `from`, `net` of `series`, ..."""
    query = urlencode({name: value for name, value in asked.items() if value}, doseq=True)
    return f"/linkage/{survey.recipe}/{kind}" + (f"?{query}" if query else "")


def opened(survey: KeptSurvey, kind: str, asked: Mapping[str, str], names: Sequence[str]) -> Opened:
    """The number an address asks for.

    Args:
        kind: one of `READ`, or `statement`.
        asked: `to` and `from` of a cell, `series` of a sum, `period` of a total, `question` of a statement.
        names: series of a statement, in its order.

    Raises:
        UnknownSeries: the survey has no such number.
    """
    if kind == "statement":
        return _stated(survey, asked.get("question", ""), names)
    if kind not in READ:
        raise UnknownSeries(f"{survey.recipe} has no number {kind!r}")
    [said] = survey.of("spillover")
    value, words, chosen = _read(survey, kind, asked, dict(said.parameters)["horizon"])
    rows = survey.window_rows(asked.get("period") if kind == "total" else None)
    unit = "points" if kind == "net" else "percent"
    more = ("spillover.measures",) if kind != "cell" else ()
    return Opened(value, unit, words, said, more, chosen, rows, len(rows) - 1)


def _read(
    survey: KeptSurvey, kind: str, asked: Mapping[str, str], horizon: str
) -> tuple[Span, Text, tuple[str, ...]]:
    """A number of the table: value, words, and the series behind it."""
    every = survey.names
    if kind == "total":
        at = asked.get("period") or survey.periods[-1]
        return _total(survey, at), _said("total", survey, n=len(every), horizon=horizon, period=at), every
    if kind == "cell":
        to, giver = _place(survey, asked.get("to")), _place(survey, asked.get("from"))
        key = "own" if to == giver else "cell"
        words = _said(key, survey, to=every[to], giver=every[giver], horizon=horizon)
        return survey.table[to][giver], words, tuple(dict.fromkeys((every[to], every[giver])))
    place = _place(survey, asked.get("series"))
    value = {"given": survey.given, "received": survey.received, "net": survey.net}[kind][place]
    words = _said(kind, survey, name=every[place], n=len(every) - 1, horizon=horizon)
    return value, words, (every[place], *(name for name in every if name != every[place]))


def _total(survey: KeptSurvey, at: str) -> Span:
    """The total of a window; only that of the last has an interval, which elsewhere is empty."""
    if at == survey.periods[-1]:
        return survey.total
    if at not in survey.periods:
        raise UnknownSeries(f"{survey.recipe} has no window that ends in {at!r}")
    point = survey.totals[survey.periods.index(at)]
    return Span(point, point, point, 0.0)


def _stated(survey: KeptSurvey, question: str, names: Sequence[str]) -> Opened:
    """A sentence; what is said of all series together names a series of its own, and rests on all."""
    said = survey.one(question, names)
    if said is None:
        raise UnknownSeries(f"{survey.recipe} says nothing of {question!r} about {', '.join(names)}")
    rows = survey.rows_of(question, said)
    behind = said.sample.names if set(said.sample.names) <= set(survey.names) else survey.names
    more = {"alert": ("spillover.measures",), "causality": ("linkage.false_discovery",)}.get(question, ())
    returns = said.sample.n if len(rows) > said.sample.n else 0
    return Opened(None, "", in_names(said.sentence, survey.names), said, more, tuple(behind), rows, returns)


def _place(survey: KeptSurvey, name: str | None) -> int:
    if name not in survey.names:
        raise UnknownSeries(f"{survey.recipe} has no series {name!r}")
    return survey.names.index(name)


def _said(key: str, survey: KeptSurvey, **values: object) -> Text:
    return in_names(
        Text(*(word(f"linkage_figure.{key}", lang, **values) for lang in LANGUAGES)), survey.names
    )


def linkage_figure(
    shelf: Shelf, recipe: str, kind: str, asked: Mapping[str, str], names: Sequence[str], leaf: int, lang: str
) -> Page:
    """The page of a number. Raises UnknownSeries: there is no such survey or number; LedgerError: damaged."""
    survey = shelf.workspace.kept_survey(recipe)
    found = opened(survey, kind, asked, names)
    places = [survey.names.index(name) for name in found.names]
    last = max(0, (len(found.rows) - 1) // _LEAF)
    leaf = min(leaf, last)
    newest = found.rows[::-1]
    query = {name: value for name, value in asked.items() if name not in ("lang", "leaf")}
    query |= {"series": list(names)} if names else {}
    shown = {
        "survey": survey, "found": found, "places": places, "names": series_names(survey.names, lang),
        "rows": newest[leaf * _LEAF : (leaf + 1) * _LEAF], "leaf": leaf, "leaves": last + 1,
        "address": lambda to: opening(survey, kind, **(query | {"leaf": str(to)})),
        "drawn": {place: _drawn(survey, found.rows, place, lang) for place in places},
        "price": price, "parameter": parameter, "named": lambda text: in_names(text, survey.names),
        "verdicts": shelf.verdict,
    }  # fmt: skip
    return Page("linkage_figure.html", shown, _data(survey, found), lambda: list(prices(survey, found)))


def price(value: float) -> Any:
    """A price as it is written: whole where it is, else with two decimals, four where it is small. A price comes back from its
    logarithm, which costs it its last digits."""
    whole = abs(value - round(value)) <= 1e-9 * abs(value)
    return decimal(value, 0 if whole else 2 if value >= 10 else 4)


def prices(survey: KeptSurvey, found: Opened | None = None) -> Iterator[dict[str, object]]:
    """Every price used, in order, or every one behind a number, with the figures it stands on."""
    wanted = found.names if found else survey.names
    for row in found.rows if found else survey.rows:
        for name in wanted:
            place = survey.names.index(name)
            yield {
                "period": row.period,
                "series": name,
                "price": f"{row.prices[place]:.10g}",
                "unit": survey.units[place],
                "facts": " ".join(row.facts[place]),
            }


def _data(survey: KeptSurvey, found: Opened) -> dict[str, Any]:
    value = asdict(found.value) if found.value else None
    return {
        "recipe": survey.recipe, "value": value, "unit": found.unit, "words": asdict(found.words),
        "statement": asdict(found.statement), "formulas": [asdict(each) for each in found.formulas],
        "series": found.names, "returns": found.returns, "prices": list(prices(survey, found)),
    }  # fmt: skip


def _drawn(survey: KeptSurvey, rows: Sequence[Row], place: int, lang: str) -> str:
    """The line of a series over the sample."""
    values = [price(row.prices[place]) for row in rows]
    said = word(
        "linkage_figure.drawn", lang, name=series_names(survey.names, lang)[survey.names[place]],
        first=period(rows[0].period, lang), last=period(rows[-1].period, lang), low=number(min(values), lang),
        high=number(max(values), lang), unit=unit_of_trade(survey.units[place], lang),
    )  # fmt: skip
    return spark([days_of(row.period)[0] for row in rows], values, said, 280, 64)
