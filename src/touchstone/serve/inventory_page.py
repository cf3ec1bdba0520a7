"""The page of a group: its totals by scope and gas, its enterprises by year, and why a year differs from the one before."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from touchstone.calc.carbon.factors.reference import sectors
from touchstone.calc.carbon.factors.refusal import NoFactor, refusal
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.change import Change
from touchstone.calc.carbon.inventory.compared import by_enterprise, joined
from touchstone.calc.carbon.line import Line
from touchstone.errors import Refusal, UnusableDeclaration
from touchstone.publish.carbon.said import gaps_said
from touchstone.publish.words import word
from touchstone.serve.carbon_shown import grouped, share, tonnes, treemaps, waterfalls
from touchstone.serve.carbon_stock import Carbon
from touchstone.serve.inventory_asked import Asked, asked_of, picks, set_data, units_in, years_of
from touchstone.serve.inventory_checks import checks, checks_data
from touchstone.serve.inventory_energy import energy_data, energy_shown
from touchstone.serve.inventory_ranges import Range, Ranges, range_data, ranges_shown, shown_range
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_PICKS = ("group", "year", "before", "boundary", "set", "before_set", "approach")


def inventory_page(shelf: Shelf, query: Mapping[str, str], lang: str, token: str) -> Page:
    """The inventory of a group; where there is no organisation or no data yet, what to do."""
    carbon = shelf.stock.carbon()
    try:
        asked = asked_of(query, carbon)
    except UnusableDeclaration as problem:
        return _nothing(problem)
    if not asked.year or not asked.group:
        return _outside(asked, carbon, lang)
    try:
        found = carbon.view(("group", asked), lambda: _view(carbon, asked))
    except NoFactor as problem:
        return _nothing(problem, picks(asked, carbon, lang, _PICKS))
    rows, changes = found["rows"], found["changes"]
    whole = joined(changes)
    sizes = _sizes(carbon, asked, rows, lang)
    missing = list(_account(carbon, asked, asked.year, asked.set).missing)
    units = units_in(carbon, asked)
    ranges = found["ranges"]
    shown = {
        "question": asked,
        "picks": picks(asked, carbon, lang, _PICKS),
        "nodes": carbon.organisation.nodes,
        "name": carbon.organisation.nodes[asked.group].name,
        **found,
        "change": whole if asked.before else None,
        "comparable": share(whole.comparable_after - whole.comparable_before, whole.comparable_before),
        "treemap": treemaps(word("carbon.treemap", lang, year=asked.year), sizes, lang),
        "waterfall": waterfalls(whole, _side(asked, "before"), _side(asked, "year"), lang)
        if asked.before
        else None,
        "uncompared": _uncompared(asked, carbon, whole, lang),
        "missing": grouped(missing, carbon.methods),
        "gaps_count": len(missing),
        "synthetic": carbon.synthetic,
        "checks": checks(carbon, units, asked.year, query),
        "token": token,
        "scope_ranges": ranges.by(lambda line: str(line.scope)),
        "gas_ranges": ranges.by(lambda line: line.gas),
        "energy": energy_shown(carbon, _account(carbon, asked, asked.year, asked.set)),
        "spread": ranges_shown(ranges, ("month", "province", "park"), query, lang),
    }

    def data() -> dict[str, Any]:
        asked.must_be_offered()
        more = {"findings": checks_data(carbon, units), "energy": energy_data(shown["energy"])}
        return {**_data(asked, found, whole, missing), "gwp": set_data(carbon, asked), **more}

    def table() -> list[dict[str, Any]]:
        asked.must_be_offered()
        return _rows(rows, found["years"])

    return Page("inventory.html", shown, data, table)


def _sizes(
    carbon: Carbon, asked: Asked, rows: list[dict[str, Any]], lang: str
) -> list[tuple[str, Fraction, str, str]]:
    """Name, tonnes, address and sector of each enterprise."""
    nodes = carbon.organisation.nodes
    return [
        (
            getattr(nodes[row["key"]].name, lang),
            row["exact"],
            f"/inventory/{quote(row['key'], safe='')}?{asked.query()}",
            _sector(nodes[row["key"]].sector, lang),
        )
        for row in rows
        if row["key"]
    ]


def _sector(key: str, lang: str) -> str:
    """The sector of an enterprise in words, "" where it has none of its own."""
    return str(getattr(sectors()[key].name, lang)) if key in sectors() else ""


def _uncompared(asked: Asked, carbon: Carbon, whole: Change, lang: str) -> list[str]:
    """What one of the two years lacks, in words."""
    nodes = carbon.organisation.nodes
    return list(
        gaps_said(whole, (asked.before, asked.year), lambda key: str(getattr(nodes[key].name, lang)), lang)
    )


def _outside(asked: Asked, carbon: Carbon, lang: str) -> Page:
    """No year to show: there is no inventory yet, or nothing of it is in the trading scheme; then the other boundaries are offered."""
    if not (asked.boundary == "trading" and asked.group and carbon.inventory.lines):
        asked.must_be_offered()
        return _nothing(None)
    problem = refusal(UnusableDeclaration, "INVENTORY-006", asked.group, found=asked.group)
    return _nothing(problem, picks(asked, carbon, lang, _PICKS))


def _nothing(problem: Refusal | None, links: list[Any] | None = None) -> Page:
    shown = {"question": None, "problem": problem, "picks": links or []}
    return Page("inventory.html", shown, {"enterprises": [], "problem": problem and problem.code}, [])


def _side(asked: Asked, name: str) -> str:
    """A year, with its set of potentials where the two differ."""
    year, set = (asked.before, asked.before_set) if name == "before" else (asked.year, asked.set)
    return year if asked.set == asked.before_set else f"{year} {set}"


def _view(carbon: Carbon, asked: Asked) -> dict[str, Any]:
    """Everything that takes long: totals as they are, and the differences."""

    years = years_of(carbon, asked.boundary)
    account, ever = (_account(carbon, asked, year, asked.set) for year in (asked.year, ""))

    def enterprise(line: Line) -> str:
        return inventory.where.get(line.unit, {}).get("enterprise", "")

    inventory = carbon.inventory
    changes = {}
    if asked.before:
        sides = ((asked.before, asked.before_set), (asked.year, asked.set))
        changes = by_enterprise(*(_account(carbon, asked, year, set) for year, set in sides))
    each = {total.key: total.total for total in ever.totals("enterprise", "year")}
    ranges = {year: Ranges(carbon, _account(carbon, asked, year, asked.set)) for year in years}
    whole = account.totals()
    gases = [
        {"gas": gas, "mass": tonnes(mass, 3), "weighed": tonnes(whole[0].weighed[gas])}
        for gas, mass in sorted(whole[0].masses.items() if whole else ())
    ]
    return {
        "total": tonnes(whole[0].total) if whole else tonnes(0),
        "scopes": [(total.key[0], tonnes(total.total)) for total in account.totals("scope")],
        "gases": gases,
        "years": years,
        "rows": _enterprises(
            each, years, asked, changes, {year: own.by(enterprise) for year, own in ranges.items()}
        ),
        "sum_ranges": [shown_range(ranges[year].whole) for year in years],
        "ranges": ranges[asked.year],
        "sums": [tonnes(sum((v for k, v in each.items() if k[1] == year), Fraction(0))) for year in years],
        "changes": changes,
    }


def _account(carbon: Carbon, asked: Asked, year: str, set: str) -> Account:
    return Account(
        carbon.inventory, carbon.organisation, carbon.library, carbon.methods, year=year, boundary=asked.boundary, group=asked.group,
        approach=asked.approach, asked_set=set,
    )  # fmt: skip


def _enterprises(
    each: Mapping[tuple[str, ...], Fraction],
    years: tuple[str, ...],
    asked: Asked,
    changes: Mapping[str, Change],
    ranges: Mapping[str, Mapping[str, Range]],
) -> list[dict[str, Any]]:
    """One row an enterprise, the largest of the year first; its change on comparable basis in percent."""
    rows = []
    for key in dict.fromkeys(key for key, _ in each):
        change = changes.get(key)
        rows.append({
            "key": key, "exact": each.get((key, asked.year), Fraction(0)),
            "values": [tonnes(each[key, year]) if (key, year) in each else None for year in years],
            "ranges": [ranges[year].get(key) for year in years],
            "comparable": share(change.comparable_after - change.comparable_before, change.comparable_before) if change else None,
            "perimeter": tonnes(change.effects["perimeter"]) if change else None,
        })  # fmt: skip
    return sorted(rows, key=lambda row: -row["exact"])


def _data(asked: Asked, found: Mapping[str, Any], whole: Change, missing: list[Any]) -> dict[str, Any]:
    return {
        "asked": asked.answers(), "unit": "tCO2e", "total": found["total"],
        "range": range_data(found["ranges"]),
        "scopes": dict(found["scopes"]), "gases": found["gases"], "enterprises": _rows(found["rows"], found["years"]),
        "effects": {name: tonnes(size, 3) for name, size in whole.effects.items()} if asked.before else None,
        "missing": [{"unit": m.unit, "month": m.month, "method": m.method, "term": m.term, "item": m.item, "why": m.why.en,
                     "why_zh": m.why.zh} for m in missing],
    }  # fmt: skip


def _rows(rows: list[dict[str, Any]], years: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {"enterprise": row["key"], **dict(zip(years, row["values"], strict=True)), "comparable_percent": row["comparable"],
         "perimeter": row["perimeter"]}
        for row in rows
    ]  # fmt: skip
