"""The page of reasons: why emissions change between two years of a scenario, and what tells two scenarios apart, without a rest."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from touchstone.calc.pathway.case import Floats
from touchstone.calc.pathway.lmdi import EFFECTS, Split, decomposed, of_plan
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.refusal import refusal
from touchstone.errors import Refusal
from touchstone.publish.pathway.pen import figure
from touchstone.publish.pathway.reasons import wedged
from touchstone.publish.pathway.rounded import rounded
from touchstone.publish.pathway.shown import product_name
from touchstone.publish.words import word
from touchstone.serve.pathway_asked import asked_of
from touchstone.serve.pathway_robust import must_be_of_its_years
from touchstone.serve.pathway_workbench import drawn, name_of, nothing
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_NOTHING = 1e-9
"""Share of the emissions below which an effect is the rounding of sums."""


def why_page(shelf: Shelf, chosen: list[str], query: Mapping[str, str], lang: str) -> Page:
    """Effects between two years of the first scenario, and wedges between it and a second one."""
    stock = shelf.stock.pathways()
    try:
        asked = asked_of(chosen[:2], {}, stock)
        found = stock.projected(asked.first)
        first, last = (
            _year(query, "from", found.years, found.years[0]),
            _year(query, "to", found.years, _near(found.years)),
        )
        second = next(iter(asked.keys[1:2]), "")
        against = stock.projected(second) if second else None
        if against is not None:
            must_be_of_its_years(found, (against,))
    except Refusal as problem:
        return nothing(stock, problem)
    made = decomposed(of_plan(found.given.case, found.plan, "product"), first, last)
    keys, cells = shown_effects(made)
    shown: dict[str, Any] = {
        "question": asked,
        "choices": [(key, name_of(stock, key)) for key in stock.usable],
        "second": second,
        "years": found.years,
        "first": first,
        "last": last,
        "before": figure(made.before, lang),
        "after": figure(made.after, lang),
        "effects": _effects(made, cells, lang),
        "groups": _groups(keys, cells, found, lang),
        "sum": figure(float(cells.sum()), lang, signed=True),
        "wedges": drawn(wedged(against, found), lang) if against is not None else None,
        "names": (name_of(stock, asked.first), name_of(stock, second) if second else ""),
        "synthetic": stock.synthetic,
    }
    return Page("pathway_why.html", shown, lambda: split_told(made, first, last), lambda: _rows(made))


def shown_effects(made: Split) -> tuple[list[str], Floats]:
    """The groups in which something changes, and what each effect is in them, (groups, effects), as it is shown: rounded so that it adds up."""
    least = _NOTHING * max(made.before, made.after)
    keys = [key for key, parts in made.groups.items() if any(abs(each) > least for each in parts.values())]
    cells = np.array([[made.groups[key][each] for each in EFFECTS] for key in keys]).reshape(-1, len(EFFECTS))
    return keys, rounded(cells, made.before, made.after)


def _effects(made: Split, cells: Floats, lang: str) -> list[dict[str, str]]:
    ratios = made.ratios if made.before > 0 and made.after > 0 else {}
    return [
        {
            "key": name,
            "value": figure(float(value), lang, signed=True),
            "ratio": figure(ratios[name], lang) if name in ratios else "",
        }
        for name, value in zip(EFFECTS, cells.sum(0), strict=True)
    ]


def _groups(keys: list[str], cells: Floats, found: Pathway, lang: str) -> list[dict[str, Any]]:
    products = set(found.given.case.products)
    rows = []
    for key, parts in zip(keys, cells, strict=True):
        said = getattr(product_name(key.removesuffix(" (recycled)")), lang)
        rows.append(
            {
                "name": said if key in products else word("why.recycled", lang, name=said),
                "parts": [figure(float(each), lang, signed=True) for each in parts],
                "sum": figure(float(parts.sum()), lang, signed=True),
            }
        )
    return rows


def split_told(made: Split, first: int | str, last: int | str) -> dict[str, Any]:
    """A split as JSON: its ends, its effects, and those of each product."""
    return {
        "from": first,
        "to": last,
        "before": made.before,
        "after": made.after,
        "effects": made.effects,
        "groups": made.groups,
    }


def _rows(made: Split) -> list[dict[str, Any]]:
    return [{"group": key, **parts} for key, parts in made.groups.items()]


def _near(years: tuple[int, ...]) -> int:
    return next((year for year in years if year >= 2030), years[-1])


def _year(query: Mapping[str, str], name: str, years: tuple[int, ...], preset: int) -> int:
    said = query.get(name, "") or str(preset)
    if not said.isdecimal() or int(said) not in years:
        raise refusal("PATHWAY-018", name, found=said, known=f"{years[0]} … {years[-1]}")
    return int(said)
