"""The page of a region: what its units emit, what their electricity and heat bring with them, its energy balance; every number opens to its records."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from urllib.parse import quote, urlencode

from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.regional import COAL, FIGURES, PARTS, Balance, Regional, regional
from touchstone.calc.carbon.inventory.yearly import without
from touchstone.errors import UnknownSeries, UnusableDeclaration
from touchstone.facts.unit import format_unit
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.format import name
from touchstone.publish.words import word
from touchstone.serve.carbon_shown import grouped, item_name, tonnes
from touchstone.serve.carbon_stock import Carbon
from touchstone.serve.inventory_asked import Asked, Pick, asked_of, picks, set_data
from touchstone.serve.inventory_checks import checks
from touchstone.serve.inventory_records import record_data, record_shown
from touchstone.serve.reply import Page
from touchstone.serve.shelf import Shelf

_LEAF = 40


@dataclass(frozen=True, slots=True)
class _Found:
    """A region as asked for: the question, its account, and what was worked out for it."""

    carbon: Carbon
    asked: Asked
    places: tuple[str, ...]
    account: Account
    region: Regional

    def address(self, row: str = "", leaf: int = 0) -> str:
        """The page, or what a number of it was added from."""
        path = "/inventory/region" + (f"/{quote(row, safe='/')}" if row else "")
        return f"{path}?{self.query(self.region.place)}" + (f"&leaf={leaf}" if leaf else "")

    def query(self, place: str) -> str:
        """The same question about a place."""
        return urlencode({"place": place, "year": self.asked.year, "set": self.asked.set})


def region_page(shelf: Shelf, query: Mapping[str, str], lang: str) -> Page:
    """A place in a year.

    Raises:
        UnknownSeries: there is no inventory, or no unit of it stands in such a place.
    """
    found = _found(shelf, query)
    carbon, region = found.carbon, found.region
    units = set(region.units)
    missing = [each for each in found.account.missing if each.unit in units]
    shown = {
        "question": found.asked, "place": region.place, "name": name(region.place, lang), "picks": _picks(found, lang), "nodes": carbon.organisation.nodes,
        "units": region.units, "figures": _figures(found),
        "by_unit": _by_unit(found), "balance": [_balance(found, each, lang) for each in region.balance],
        "coal": (tonnes(region.energy.total), found.address(COAL)) if region.energy.whole else None, "coal_lacks": without(region.energy.lacking),
        "missing": grouped(missing, carbon.methods), "gaps_count": len(missing), "synthetic": carbon.synthetic & units,
        "checks": checks(carbon, units, found.asked.year, {}),
    }  # fmt: skip
    return Page("inventory_region.html", shown, lambda: _data(found), lambda: _rows(found))


def region_records_page(shelf: Shelf, row: str, query: Mapping[str, str], leaf: int, lang: str) -> Page:
    """What one number of a region was added from: `production`, or `final/diesel`.

    Raises:
        UnknownSeries: as `region_page`, or a region has no such number.
    """
    found = _found(shelf, query)
    records = found.region.of(row)
    if records is None:
        raise UnknownSeries(f"a region has no {row!r}\n地区页没有“{row}”")
    leaves = max(1, -(-len(records) // _LEAF))
    leaf = min(leaf, leaves - 1)
    part, _, item = row.partition("/")
    shown = {
        "question": found.asked, "name": name(found.region.place, lang), "nodes": found.carbon.organisation.nodes, "back": found.address(),
        "title": word(f"region.{part}" if item or part == COAL else f"inventory_region.{part}", lang), "item": item_name(item) if item else None,
        "unit": format_unit(items()[item].unit, lang) if item and part != COAL else "", "coal": part == COAL,
        "value": tonnes(sum((each.counted for each in records), Fraction(0)), 2),
        "count": len(records), "records": [record_shown(found.carbon, each) for each in records[leaf * _LEAF : (leaf + 1) * _LEAF]],
        "leaf": leaf, "leaves": leaves, "address": lambda n: found.address(row, n), "synthetic": found.carbon.synthetic,
    }  # fmt: skip
    data = [record_data(each) for each in records]
    return Page("inventory_region_records.html", shown, data, data)


def _found(shelf: Shelf, query: Mapping[str, str]) -> _Found:
    carbon = shelf.stock.carbon()
    try:
        asked = asked_of(query, carbon)
        places = carbon.view("places", lambda: _places(carbon))
    except UnusableDeclaration as problem:
        raise UnknownSeries(str(problem)) from None
    asked.must_be_offered()
    place = query.get("place", "") or (places[0] if places else "")
    if not asked.year or place not in places:
        raise UnknownSeries(
            f"no unit with an inventory stands in {place or '-'}\n没有位于{place or '—'}的核算单元"
        )

    def make() -> tuple[Account, Regional]:
        account = Account(
            carbon.inventory, carbon.organisation, carbon.library, carbon.methods, year=asked.year, asked_set=asked.set
        )  # fmt: skip
        return account, regional(account, place)

    account, region = carbon.view(("region", place, asked.year, asked.set), make)
    return _Found(carbon, asked, places, account, region)


def _places(carbon: Carbon) -> tuple[str, ...]:
    """The places that units with data stand in, and those around them; the widest first."""
    above: dict[str, int] = {}
    for unit in carbon.inventory.entries:
        place = carbon.organisation.nodes[unit].place if unit in carbon.organisation.nodes else ""
        chain = list[str]()
        while place:
            chain.insert(0, place)
            place = vocabulary().parent(place) or ""
        above |= {each: depth for depth, each in enumerate(chain)}
    return tuple(sorted(above, key=lambda place: (above[place], place)))


def _picks(found: _Found, lang: str) -> list[Pick]:
    """Places, then years and sets; the place stays when another year is chosen."""
    places = Pick(
        word("carbon.region", lang),
        tuple((name(each, lang), found.query(each), each == found.region.place) for each in found.places),
    )
    others = picks(found.asked, found.carbon, lang, ("year", "set"))
    place = urlencode({"place": found.region.place})
    kept = [
        Pick(row.label, tuple((words, f"{place}&{query}", now) for words, query, now in row.choices))
        for row in others
    ]
    return [places, *kept] if len(found.places) > 1 else kept


def _figures(found: _Found) -> list[tuple[str, Decimal, str]]:
    """Each sum with the address of what it was added from; "" where that is nothing."""
    return [
        (key, tonnes(getattr(found.region, key)), found.address(key) if found.region.of(key) else "")
        for key in FIGURES
    ]  # fmt: skip


def _by_unit(found: _Found) -> list[tuple[str, list[Any]]]:
    """Each unit that has a part of a figure, with its parts, the largest by consumption first; also units elsewhere that take heat and power."""
    sums: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for key in FIGURES:
        for each in found.region.of(key) or ():
            sums[each.unit][key] = sums[each.unit].get(key, Fraction(0)) + each.counted
    order = sorted(sums, key=lambda unit: -sums[unit].get("consumption", Fraction(0)))
    return [
        (unit, [tonnes(sums[unit][key]) if key in sums[unit] else None for key in FIGURES]) for unit in order
    ]


def _balance(found: _Found, row: Balance, lang: str) -> dict[str, Any]:
    cells = [
        (part, tonnes(size), found.address(f"{part}/{row.item}"))
        for part in PARTS
        if (size := getattr(row, part))
    ]
    return {
        "item": item_name(row.item), "unit": format_unit(row.unit, lang), "cells": {part: (size, address) for part, size, address in cells},
        "coal": None if row.coal is None else (tonnes(row.coal), found.address(f"{COAL}/{row.item}")),
        "factors": found.region.energy.factors.get(row.item, ()),
    }  # fmt: skip


def _data(found: _Found) -> dict[str, Any]:
    region = found.region
    return {
        "place": region.place, "year": region.year, "set": found.asked.set, "unit": "tCO2e", "units": region.units, "gwp": set_data(found.carbon, found.asked),
        **{key: tonnes(getattr(region, key), 9) for key in FIGURES}, "balance": _rows(found),
        "tce": {"total": tonnes(region.energy.total, 9) if region.energy.whole else None, "lacking": sorted(region.energy.lacking)},
    }  # fmt: skip


def _rows(found: _Found) -> list[dict[str, Any]]:
    return [
        {"item": each.item, "measured_in": each.unit, **{part: tonnes(getattr(each, part), 9) for part in PARTS},
         "tce": None if each.coal is None else tonnes(each.coal, 9)}
        for each in found.region.balance
    ]  # fmt: skip
