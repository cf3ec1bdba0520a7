"""Score sheets: a sheet filled with the values of the address, each line with its arithmetic; what is missing is named and makes the total a range."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from touchstone.calc.target.registered import exact
from touchstone.calc.target.score import Line, Score, scored
from touchstone.calc.target.sheet import Item, Sheet
from touchstone.serve.pathway_guarded import guarded, number_of, text_of, written
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LARGEST = 1e12


def score_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """The sheet of the workspace, or the example; values by the key of each item."""
    return guarded(shelf, lambda: _page(shelf, query, lang))


def _page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    demands = shelf.workspace.demands()
    sheet = demands.sheet()
    found = scored(sheet, values_of(sheet, query))
    shown = {
        "score": found, "sheet": sheet, "example": not demands.text("score.toml"), "lines": [_line(each, query, lang) for each in found.lines],
        "weight": _n(sheet.weight, lang), "low": _n(found.low, lang), "high": _n(found.high, lang),
        "grade": found.grade, "grades": found.grades,
    }  # fmt: skip
    return Page("pathway_score.html", shown, score_told(found), score_told(found)["lines"])


def values_of(sheet: Sheet, given: Mapping[str, str]) -> dict[str, Fraction]:
    """Values of items that are given. Raises UnusablePathway: PATHWAY-031, one is no number."""
    found = {each.key: number_of(given, each.key, -_LARGEST, _LARGEST) for each in sheet.items}
    return {key: exact(value) for key, value in found.items() if value is not None}


def _line(line: Line, query: Mapping[str, str], lang: str) -> dict[str, Any]:
    return {
        "own": line, "item": line.item, "given": query.get(line.item.key, ""), "points": _n(line.points, lang), "of": _n(line.item.weight, lang),
        "marks": _marks(line.item, lang), "veto": _veto(line.item, lang),
    }  # fmt: skip


def _marks(item: Item, lang: str) -> str:
    if item.bands:
        return "; ".join(f"≥ {_n(start, lang)}: {_n(points, lang)}" for start, points in item.bands)
    return f"{_n(item.zero, lang)} → 0, {_n(item.full, lang)} → {_n(item.weight, lang)}"


def _veto(item: Item, lang: str) -> str:
    low = f"< {_n(item.least, lang)}" if item.least is not None else ""
    high = f"> {_n(item.most, lang)}" if item.most is not None else ""
    return " / ".join(filter(None, (low, high)))


def score_told(found: Score) -> dict[str, Any]:
    """A filled sheet as JSON."""
    return {
        "sheet": found.sheet.key, "name": text_of(found.sheet.name), "points": float(found.points), "low": float(found.low), "high": float(found.high),
        "weight": float(found.sheet.weight), "missing": found.missing, "vetoed": found.vetoed, "grade": found.grade.key if found.grade else None,
        "grades": [each.key for each in found.grades] if found.grades else None,
        "lines": [
            {
                "item": each.item.key, "name_zh": each.item.name.zh, "name_en": each.item.name.en, "unit": each.item.unit, "value": _float(each.value),
                "points": _float(each.points), "of": float(each.item.weight), "vetoed": each.vetoed, "written": each.written,
            }
            for each in found.lines
        ],
    }  # fmt: skip


def _n(value: Fraction | None, lang: str) -> str:
    return written(None if value is None else float(value), lang)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
