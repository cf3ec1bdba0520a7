"""Score sheets: filled with what is known and what was typed, each line with its arithmetic and source; what is missing makes the total a range."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.target.filled import Filled, Sources, filled
from touchstone.calc.target.registered import exact
from touchstone.calc.target.score import Line, Score, scored
from touchstone.calc.target.sheet import Item, Sheet
from touchstone.flow import Workspace
from touchstone.publish.pathway.shown import place_name
from touchstone.serve.pathway_budgeted import budgets_of
from touchstone.serve.pathway_guarded import guarded, number_of, one_of, text_of, written
from touchstone.serve.pathway_measured import account_of
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

if TYPE_CHECKING:
    from touchstone.flow.demands import Demands

_LARGEST = 1e12


@dataclass(frozen=True, slots=True)
class Sheeted:
    """A sheet filled with what is known and what was typed; typed goes before filled.

    Attributes:
        year, speaks: it is filled for; scenario: key, "" for none; filled: by key of the item; typed: keys.
    """

    score: Score
    year: int
    speaks: str
    scenario: str
    filled: Mapping[str, Filled]
    typed: tuple[str, ...]

    def source(self, key: str) -> str:
        """ "typed", "measured", "scenario" or "" of nothing."""
        return "typed" if key in self.typed else self.filled[key].kind if key in self.filled else ""


def score_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """The sheet of the workspace, or the example; values by the key of each item, the others filled from what is known."""
    return guarded(shelf, lambda: _page(shelf, query, lang))


def _page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    demands, stock = shelf.workspace.demands(), shelf.stock.pathways()
    found = sheeted(shelf.workspace, stock, account_of(shelf.stock.carbon(), query), query)
    score, sheet = found.score, found.score.sheet
    shown = {
        "score": score, "sheet": sheet, "example": not demands.text("score.toml"), "lines": [_line(each, found, query, lang) for each in score.lines],
        "names": {each.key: each.name for each in sheet.items},
        "weight": _n(sheet.weight, lang), "low": _n(score.low, lang), "high": _n(score.high, lang), "grade": score.grade, "grades": score.grades,
        "year": found.year, "speaks": found.speaks, "scenario": found.scenario, "scenarios": list(stock.named.items()),
        "places": [(code, place_name(code)) for code in places(demands)], "synthetic": found.scenario and stock.synthetic,
    }  # fmt: skip
    return Page("pathway_score.html", shown, score_told(found), score_told(found)["lines"])


def sheeted(
    workspace: Workspace, stock: PathwayStock, account: Account | None, query: Mapping[str, str]
) -> Sheeted:
    """The sheet filled for a year, place and scenario of an address.

    Raises:
        UnusablePathway: PATHWAY-012 no such scenario, PATHWAY-030 no such place, PATHWAY-031 a value or the year is no number.
    """
    demands = workspace.demands()
    sheet, speaks, scenario = demands.sheet(), query.get("speaks", ""), query.get("s", "")
    if speaks:
        one_of(dict.fromkeys(places(demands), speaks), speaks, "place")
    year = int(number_of(query, "year", 1950, 2200) or workspace.today().year)
    budgets, _ = budgets_of(demands, account, speaks)
    series, _ = demands.measured()
    sources = Sources(
        speaks, series, account, {each.path.key: each for each in budgets}, {each.key: each for each in demands.targets().targets},
        stock.projected(scenario) if scenario else None,
    )  # fmt: skip
    known, typed = filled(sheet, year, sources), values_of(sheet, query)
    values = {key: each.value for key, each in known.items() if each.value is not None} | typed
    reasons = {key: each.why for key, each in known.items() if each.why}
    return Sheeted(scored(sheet, values, reasons), year, speaks, scenario, known, tuple(typed))


def places(demands: "Demands") -> list[str]:
    """Places that targets, budgets and stated values are of."""
    every = (*demands.targets().targets, *demands.budgets()[0], *demands.measured()[0])
    return list(dict.fromkeys(each.place for each in every if each.place))


def values_of(sheet: Sheet, given: Mapping[str, str]) -> dict[str, Fraction]:
    """Values of items that are given. Raises UnusablePathway: PATHWAY-031, one is no number."""
    found = {each.key: number_of(given, each.key, -_LARGEST, _LARGEST) for each in sheet.items}
    return {key: exact(value) for key, value in found.items() if value is not None}


def _line(line: Line, found: Sheeted, query: Mapping[str, str], lang: str) -> dict[str, Any]:
    key = line.item.key
    own = found.filled.get(key)
    return {
        "own": line, "item": line.item, "given": query.get(key, ""), "points": _n(line.points, lang), "of": _n(line.item.weight, lang),
        "marks": _marks(line.item, lang), "veto": _veto(line.item, lang), "source": found.source(key),
        "filled": _filled(own, found, lang) if own and own.value is not None else None,
        "where": line.item.where, "stated": stated_address(line.item.where),
    }  # fmt: skip


def _filled(own: Filled, found: Sheeted, lang: str) -> dict[str, Any]:
    """The value an item was filled with, and what it opens to."""
    query = urlencode({"s": found.scenario, "year": found.year})
    return {
        "value": _n(own.value, lang), "how": own.how, "kind": own.kind, "written": own.written, "where": own.where, "stated": stated_address(own.where),
        "limit": own.limit, "limit_stated": stated_address(own.limit), "lines": [(key, f"/pathway/line/{quote(key)}?{query}") for key in own.lines],
    }  # fmt: skip


def _marks(item: Item, lang: str) -> str:
    if item.bands:
        return "; ".join(f"≥ {_n(start, lang)}: {_n(points, lang)}" for start, points in item.bands)
    return f"{_n(item.zero, lang)} → 0, {_n(item.full, lang)} → {_n(item.weight, lang)}"


def _veto(item: Item, lang: str) -> str:
    low = f"< {_n(item.least, lang)}" if item.least is not None else ""
    high = f"> {_n(item.most, lang)}" if item.most is not None else ""
    return " / ".join(filter(None, (low, high)))


def score_told(found: Sheeted) -> dict[str, Any]:
    """A filled sheet as JSON."""
    score = found.score
    return {
        "sheet": score.sheet.key, "name": text_of(score.sheet.name), "year": found.year, "place": found.speaks, "scenario": found.scenario,
        "points": float(score.points), "low": float(score.low), "high": float(score.high),
        "weight": float(score.sheet.weight), "missing": score.missing, "vetoed": score.vetoed, "grade": score.grade.key if score.grade else None,
        "grades": [each.key for each in score.grades] if score.grades else None,
        "lines": [
            {
                "item": each.item.key, "name_zh": each.item.name.zh, "name_en": each.item.name.en, "unit": each.item.unit, "value": _float(each.value),
                "points": _float(each.points), "of": float(each.item.weight), "vetoed": each.vetoed, "written": each.written,
                "source": found.source(each.item.key), **_filled_told(found.filled.get(each.item.key)),
            }
            for each in score.lines
        ],
    }  # fmt: skip


def _filled_told(own: Filled | None) -> dict[str, Any]:
    """What an item was filled with, whether or not something else was typed."""
    return {
        "filled": _float(own.value) if own else None, "filled_from": own.how.en if own and own.how else "", "stated_at": own.where if own else "",
        "filled_lines": " ".join(own.lines) if own else "", "why": own.why.en if own and own.why else "",
    }  # fmt: skip


def _n(value: Fraction | None, lang: str) -> str:
    return written(None if value is None else float(value), lang)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
