"""The plant register: its lines, where each stands to benchmark and baseline, what was replaced, and where every number is stated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import quote, urlencode

from touchstone.calc.carbon.factors.limit import INDICATORS
from touchstone.calc.pathway.compiled import Compiled, power_energy
from touchstone.calc.pathway.register import Line, Register
from touchstone.calc.target.league import League, Place, league, marks
from touchstone.calc.target.registered import entries, exact
from touchstone.errors import Refusal, UnusableDeclaration
from touchstone.publish.pathway.shown import place_name, plant_map, product_name
from touchstone.serve.pathway_guarded import cited, guarded, one_of, sourced, text_of, written
from touchstone.serve.pathway_replaced import built, replaced_rows
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.pathway_stock import PathwayStock
from touchstone.serve.pathway_workbench import drawn
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

FILTERS = ("product", "place", "enterprise")
UNITS = {"ac-electricity": "kWh/t", "comprehensive-energy": "kgce/t"}
"""Indicators that lines of a register are ranked by, and the unit they are compared in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a line stands among the levels of the lists by one indicator, and what the levels are."""

    table: League
    place: Place


def register_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """The lines that fit the product, place and enterprise of the address; all of them where it names none."""
    return guarded(shelf, lambda: _page(shelf, query, lang))


def _page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    stock = shelf.stock.pathways()
    register = stock.register
    wanted = _wanted(register, query)
    lines = [line for line in register.lines if _fits(line, wanted)]
    found = standings(register, date.today())
    given = next((each for each in stock.usable.values() if not isinstance(each, Refusal)), None)
    rows = [register_row(register, line, found.get(line.key, []), given) for line in lines]
    shown = {
        "rows": [{**shown_line(each, lang), "unplaced": _unplaced(each)} for each in rows],
        "technologies": {key: each.name for key, each in stock.catalogue.items()},
        "count": len(lines),
        "whole": len(register.lines),
        "wanted": wanted,
        "choices": _choices(register),
        "synthetic": stock.synthetic,
        "units": units_of(shelf),
        "map": _map(stock, given, lang),
        "built": replaced_rows(built(register, shelf.workspace.demands().ratios()), lang),
        "scenario": given.scenario if given else None,
        "query": urlencode({name: value for name, value in wanted.items() if value}),
    }
    return Page(
        "pathway_register.html", shown, [_told(each) for each in rows], [_flat(each) for each in rows]
    )


def standings(register: Register, day: date) -> dict[str, list[Standing]]:
    """By line, where it stands by each indicator of `UNITS` that its product has levels of."""
    power = exact(power_energy())
    found: dict[str, list[Standing]] = {}
    for product in dict.fromkeys(line.product for line in register.lines):
        for indicator, unit in UNITS.items():
            table = league(entries(register.lines, product, indicator, power), product, indicator, unit, day)
            if table.benchmark or table.baseline:
                for place in table.places:
                    found.setdefault(place.entry.key, []).append(Standing(table, place))
    return found


def _wanted(register: Register, query: Mapping[str, str]) -> dict[str, str]:
    """The filters of the address. Raises UnusablePathway: PATHWAY-030, no line has such a product, place or enterprise."""
    wanted = {name: query.get(name, "") for name in FILTERS}
    for name, said in wanted.items():
        if said:
            one_of({key: key for key, _, _ in _choices(register)[name]}, said, name)
    return wanted


def _fits(line: Line, wanted: Mapping[str, str]) -> bool:
    return (
        wanted["product"] in ("", line.product)
        and line.place.startswith(wanted["place"])
        and wanted["enterprise"] in ("", line.enterprise)
    )


def _choices(register: Register) -> dict[str, list[tuple[str, Any, int]]]:
    """What can be chosen of each filter: key, name, and how many lines it has; a province stands before its cities."""
    places = sorted({part for line in register.lines for part in (line.place[:5], line.place)})
    lines = register.lines
    return {
        "product": [
            (key, product_name(key), sum(line.product == key for line in lines))
            for key in dict.fromkeys(line.product for line in lines)
        ],
        "place": [
            (code, place_name(code), sum(line.place.startswith(code) for line in lines)) for code in places
        ],
        "enterprise": [
            (key, register.owner(key), sum(line.enterprise == key for line in lines))
            for key in dict.fromkeys(line.enterprise for line in lines if line.enterprise)
        ],
    }


def register_row(
    register: Register, line: Line, standing: list[Standing], given: Compiled | None
) -> dict[str, Any]:
    """A line with its levels; of a scenario that is given, the benchmark level it takes and whether the line is at it."""
    level = given.levels.get(line.product) if given else None
    use = None
    if level and line.electricity is not None:
        use = line.electricity if level.of == "electricity" else None
        if level.of == "energy" and line.energy is not None:
            use = line.energy + line.electricity * power_energy()
    return {
        "line": line, "where": register.where(line), "standing": standing, "level": level, "use": use,
        "at": None if level is None or use is None else use <= level.limit * (1 + 1e-12),
    }  # fmt: skip


def shown_line(row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """A line of the register for a page, its numbers written out."""
    line: Line = row["line"]
    return {
        **row,
        "address": f"/pathway/line/{quote(line.key)}",
        "stated": stated_address(row["where"]),
        "product": product_name(line.product),
        "place": place_name(line.place),
        "capacity": written(line.capacity, lang),
        "output": written(line.output, lang),
        "electricity": written(None if line.electricity is None else line.electricity * 1000, lang),
        "direct": written(line.direct, lang),
        "energy": written(None if line.energy is None else line.energy * 1000, lang),
        "source": sourced(line.source),
        "levels": [_shown_standing(each, lang) for each in row["standing"]],
        "limit": _limit(row, lang),
    }


def _limit(row: Mapping[str, Any], lang: str) -> dict[str, Any] | None:
    """The benchmark level that the scenario takes, against what the line uses."""
    level = row["level"]
    if level is None or row["use"] is None:
        return None
    unit = "kWh/t" if level.of == "electricity" else "kgce/t"
    return {
        "use": written(row["use"] * 1000, lang), "limit": written(level.limit * 1000, lang), "unit": unit, "at": row["at"],
        "stated": stated_address(level.where), "source": cited(level.document, ""),
    }  # fmt: skip


def _shown_standing(each: Standing, lang: str) -> dict[str, Any]:
    place, table = each.place, each.table
    return {
        "indicator": INDICATORS[table.indicator], "unit": table.unit, "value": written_exact(place.value, lang), "state": place.state,
        "why": place.why, "rank": place.rank, "to_benchmark": written_exact(place.to_benchmark, lang),
        "to_baseline": written_exact(place.to_baseline, lang),
        "address": f"/pathway/league?{urlencode({'product': table.product, 'indicator': table.indicator})}",
    }  # fmt: skip


def written_exact(value: Fraction | None, lang: str) -> str:
    """An exact number, "" where there is none."""
    return "" if value is None else written(float(value), lang)


def _unplaced(row: Mapping[str, Any]) -> str:
    """The word for why a line stands at no level: nobody states one of its product, the line does not state what is compared, or it does not operate yet."""
    line: Line = row["line"]
    if row["level"] is None and not any(any(marks(line.product, each, date.today())) for each in UNITS):
        return "no_level"
    return "level_planned" if line.status == "planned" and line.electricity is not None else "level_unstated"


def _map(stock: PathwayStock, given: Compiled | None, lang: str) -> tuple[str, str] | None:
    """The lines that stand in the first year of the first scenario that can be used; None where none can."""
    if given is None:
        return None
    found = stock.projected(given.scenario.key)
    return drawn(plant_map(found, found.years[0], lambda line: f"/pathway/line/{quote(line.key)}"), lang)


def units_of(shelf: Shelf) -> frozenset[str]:
    """Units of the inventory of this workspace; none where it has no organisation."""
    try:
        return frozenset(shelf.stock.carbon().organisation.nodes)
    except UnusableDeclaration:
        return frozenset()


def line_told(line: Line, where: str) -> dict[str, Any]:
    """A line as JSON, in the units of `register.NUMBERS`."""
    return {
        "line": line.key, "name": text_of(line.name), "plant": line.plant, "enterprise": line.enterprise, "enterprise_en": line.owner.en,
        "place": line.place, "park": line.park, "park_en": line.grounds.en,
        "product": line.product, "technology": line.technology, "status": line.status, "capacity_t_per_a": line.capacity, "output_t": line.output,
        "electricity_MWh_per_t": line.electricity, "direct_tCO2e_per_t": line.direct, "energy_tce_per_t": line.energy, "since": line.since,
        "until": line.until, "quota": dict(line.quota), "inventory": line.inventory, "source": line.source, "stated_at": where,
    }  # fmt: skip


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    levels = [
        {
            "indicator": each.table.indicator, "unit": each.table.unit, "value": _float(each.place.value), "rank": each.place.rank,
            "state": each.place.state, "to_benchmark": _float(each.place.to_benchmark), "to_baseline": _float(each.place.to_baseline),
            "why": text_of(each.place.why),
        }
        for each in row["standing"]
    ]  # fmt: skip
    return {**line_told(row["line"], row["where"]), "at_level_of_scenario": row["at"], "levels": levels}


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    told = line_told(row["line"], row["where"])
    name = told.pop("name")
    quota = ";".join(f"{line}:{size:g}" for line, size in told.pop("quota").items())
    return {"name_zh": name["zh"], "name_en": name["en"], **told, "quota": quota}


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def known_line(register: Register, key: str) -> Line:
    """The line of a key. Raises UnusablePathway: PATHWAY-030, there is none."""
    return one_of({line.key: line for line in register.lines}, key, "line")
