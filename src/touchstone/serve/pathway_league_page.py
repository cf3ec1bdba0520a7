"""League tables: the lines of a product by what a tonne takes, with rank, levels of the lists and where each number is stated."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from touchstone.calc.carbon.factors.limit import INDICATORS, Limit, limits_of
from touchstone.calc.pathway.compiled import power_energy
from touchstone.calc.pathway.register import Line, Register
from touchstone.calc.target.league import League, Place, league
from touchstone.calc.target.registered import entries, exact
from touchstone.facts.text import Text
from touchstone.publish.pathway.shown import product_name
from touchstone.publish.pathway.target import both
from touchstone.publish.words import LANGUAGES, word
from touchstone.serve.pathway_guarded import cited, guarded, one_of, text_of, written
from touchstone.serve.pathway_register_page import UNITS
from touchstone.serve.pathway_replaced import day_of
from touchstone.serve.pathway_stated_page import stated_address
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

STATES = ("benchmark", "between", "beyond")


def league_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """The table of a product and indicator on a day; the first product's, by electricity or energy, where the address names none."""
    return guarded(shelf, lambda: _page(shelf, query, lang))


def _page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    stock = shelf.stock.pathways()
    table = table_of(
        stock.register, query.get("product", ""), query.get("indicator", ""), query.get("day", "")
    )
    products = {line.product: product_name(line.product) for line in stock.register.lines}
    shown = {
        "table": table, "rows": [_row(stock.register, each, lang) for each in table.places], "products": products,
        "indicators": {key: INDICATORS[key] for key in UNITS}, "day": table.day, "unit": table.unit,
        "ended": not query.get("day") and table.day < date.today(),
        "absent": [(line, why, stated_address(stock.register.where(line))) for line, why in absent(stock.register, table)],
        "levels": [_level(each, lang) for each in (table.benchmark, table.baseline) if each],
        "shares": [(state, f"{float(share):.1%}") for state in STATES if (share := table.share(state)) is not None],
        "classified": _n(table.classified, lang), "unknown": _n(table.unknown, lang), "mean": _n(table.mean, lang), "synthetic": stock.synthetic,
    }  # fmt: skip
    return Page(
        "pathway_league.html",
        shown,
        league_told(table, stock.register),
        [_flat(table, each) for each in table.places],
    )


def table_of(register: Register, product: str = "", indicator: str = "", day: str = "") -> League:
    """The table of the lines of a register that stand on the day.

    Args:
        product: item key, "" for the first of the register; indicator: of `UNITS`, "" for the first one that the lists have a level of.
        day: "" for today, or the last day on which a level of the product was in force.

    Raises:
        UnusablePathway: PATHWAY-030, no line makes the product or the indicator is none; PATHWAY-031, no day.
    """
    products = {line.product: line.product for line in register.lines}
    own = one_of(products, product or next(iter(products)), "product")
    power, on = exact(power_energy()), day_of(day) if day else last_level(own, date.today())
    if indicator:
        one_of(UNITS, indicator, "indicator")
    standing = [line for line in register.lines if (line.since or 0) <= on.year <= (line.until or 9999)]
    tables = [
        league(entries(standing, own, key, power), own, key, unit, on)
        for key, unit in UNITS.items() if indicator in ("", key)
    ]  # fmt: skip
    return max(
        tables,
        key=lambda each: (
            each.benchmark is not None or each.baseline is not None,
            -list(UNITS).index(each.indicator),
        ),
    )


def absent(register: Register, table: League) -> list[tuple[Line, Text]]:
    """Lines of the product that the table does not rank, and why: planned ones measured nothing, others do not stand on its day."""
    placed = {each.entry.key for each in table.places}
    return [(line, _why(line, table.day.year))
            for line in register.lines if line.product == table.product and line.key not in placed]  # fmt: skip


def _why(line: Line, year: int) -> Text:
    if line.status == "planned":
        return both("pathway_page.league_planned")
    if line.until is not None and line.until < year:
        return Text(*(word("pathway_page.league_retired", lang, year=line.until) for lang in LANGUAGES))
    return Text(*(word("pathway_page.league_later", lang, year=line.since) for lang in LANGUAGES))


def last_level(product: str, today: date) -> date:
    """The last day until `today` on which the lists have a usable benchmark level of a product; `today` where they never had one."""
    ends = [
        min(limit.valid_to or today, today)
        for limit in limits_of(product)
        if limit.level == "benchmark" and limit.usable and (limit.valid_from or date.min) <= today
    ]
    return max(ends, default=today)


def _row(register: Register, each: Place, lang: str) -> dict[str, Any]:
    line = register.of(each.entry.key)
    assert line is not None
    where = register.where(line)
    return {
        "own": each, "enterprise": line.owner, "address": f"/pathway/line/{quote(line.key)}", "where": where, "stated": stated_address(where),
        "value": _n(each.value, lang), "capacity": _n(each.entry.capacity, lang), "to_benchmark": _signed(each.to_benchmark, lang),
        "to_baseline": _signed(each.to_baseline, lang), "saving": _n(each.saving, lang), "state": each.state, "why": each.why or each.entry.why,
    }  # fmt: skip


def _level(limit: Limit, lang: str) -> dict[str, Any]:
    return {
        "own": limit, "value": written(None if limit.value is None else float(limit.value), lang), "source": cited(limit.document, limit.clause),
    }  # fmt: skip


def league_told(table: League, register: Register) -> dict[str, Any]:
    """A table as JSON, with the lines that are not in it and why."""
    return {
        "product": table.product, "indicator": table.indicator, "day": table.day.isoformat(), "unit": table.unit,
        "levels": {
            each.level: {"value": None if each.value is None else float(each.value), "unit": each.unit, "document": each.document, "clause": each.clause,
                         "tag": each.tag, "usable": each.usable}
            for each in (table.benchmark, table.baseline) if each
        },
        "shares": {state: _float(table.share(state)) for state in STATES}, "classified_t_per_a": float(table.classified),
        "unknown_t_per_a": float(table.unknown), "without_capacity": table.uncounted, "mean": _float(table.mean), "why": text_of(table.why),
        "places": [_flat(table, each) for each in table.places],
        "absent": [{"line": line.key, "why": text_of(why)} for line, why in absent(register, table)],
    }  # fmt: skip


def _flat(table: League, each: Place) -> dict[str, Any]:
    return {
        "rank": each.rank, "line": each.entry.key, "name_zh": each.entry.name.zh, "name_en": each.entry.name.en, "value": _float(each.value),
        "unit": table.unit, "capacity_t_per_a": _float(each.entry.capacity), "to_benchmark": _float(each.to_benchmark),
        "to_baseline": _float(each.to_baseline), "saving": _float(each.saving), "state": each.state, "source": " ".join(each.entry.made),
    }  # fmt: skip


def _n(value: Fraction | None, lang: str) -> str:
    return written(None if value is None else float(value), lang)


def _signed(value: Fraction | None, lang: str) -> str:
    said = _n(value, lang)
    return f"+{said}" if value is not None and value > 0 else said


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
