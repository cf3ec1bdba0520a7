"""The performance of an account year by year: emissions, intensities, energy, pollutants, water, waste, land and money, row by row.

Rows: `data/carbon/performance.toml`. Every number has the records it was added from; an empty one says why it is empty.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.reference import items
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.matched import (
    MONEY,
    Matched,
    by_money,
    by_product,
    by_unit,
    in_runs,
    makers,
    of_part,
    of_whole,
)
from touchstone.calc.carbon.inventory.performed import once, standard_coal
from touchstone.calc.carbon.line import Line
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

CO2E = "tCO2e"


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that was added: a value of the ledger, or a line of the inventory.

    Attributes:
        value, measured_in: as stated, None and "" of a line; counted: what it adds, in the unit of its row.
        fact: id of the value, "" of a line; factor: id of the coefficient it was multiplied by, "" for none.
    """

    unit: str
    month: str
    item: str
    value: Decimal | None
    measured_in: str
    counted: Fraction
    fact: str = ""
    factor: str = ""
    line: Line | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the table.

    Attributes:
        value: None where it is empty, and `why` says why.
        records: it was added from; of a ratio they are in `over` and `under`.
        lacking: what it is without; of a ratio also who states only one of its sides, and when.
        silent: whether it is empty because nothing of it, or of a side of it, was stated in the year.
    """

    value: Fraction | None
    records: tuple[Record, ...] = ()
    why: Text | None = None
    lacking: Text | None = None
    over: "Cell | None" = None
    under: "Cell | None" = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it is, its unit, and its cells by year."""

    key: str
    section: str
    name: Text
    unit: str
    cells: Mapping[str, Cell]

    @property
    def silent(self) -> bool:
        """Whether nothing of it was stated in any year."""
        return all(each.silent for each in self.cells.values())


@dataclass(frozen=True, slots=True)
class Yearly:
    """The table. Attributes: set: of potentials, one for all years."""

    years: tuple[str, ...]
    rows: tuple[Row, ...]
    set: str

    def row(self, key: str) -> Row | None:
        """The row of a key."""
        return next((each for each in self.rows if each.key == key), None)


def yearly(account: Account) -> Yearly:
    """The table of an account: up to its year where it has one, else of every year there are lines of.

    Raises:
        UnusableDeclaration: INVENTORY-002, no one set of potentials holds for what is asked.
    """
    years = sorted({line.month[:4] for line in account.inventory.lines if line.unit in account.units})
    years = [year for year in years if not account.year or year <= account.year]
    of_year = {year: _Year(replace(account, year=year, asked_set=account.set)) for year in years}
    rows: list[Row] = []
    for given in _declared():
        rows += _each_product(given, of_year) if "each" in given else [_row(given, of_year)]
    return Yearly(tuple(years), tuple(rows), account.set)


@cache
def _declared() -> tuple[Mapping[str, Any], ...]:
    text = files("touchstone").joinpath("data/carbon/performance.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)["row"])


class _Year:
    """The cells of one year, each made once."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self._cells: dict[str, Cell] = {}
        self._entries: dict[str, list[Entry]] = {}
        for entry in of_whole(account):
            self._entries.setdefault(entry.item, []).append(entry)
        self._parts = of_part(account)

    def cell(self, given: Mapping[str, Any]) -> Cell:
        """The cell of a declared row."""
        if given["key"] not in self._cells:
            self._cells[given["key"]] = self._made(given)
        return self._cells[given["key"]]

    def product(self, item: str) -> Cell:
        """The emissions of those that make a product, for a unit of it."""
        units = makers(self.account).get(item, frozenset())
        lines = [each for each in self.account.lines if each.unit in units]
        matched = by_product(self.account, item)
        over = self._lines(lines) if lines else Cell(Fraction(0))
        return self._ratio(over, self._items((item,), units), 1, matched)

    def _made(self, given: Mapping[str, Any]) -> Cell:
        if "scopes" in given:
            return self._lines([each for each in self.account.lines if each.scope in given["scopes"]])
        if "energy" in given:
            return self._energy(given["energy"])
        if "items" in given:
            return self._items(given["items"])
        over, under = (self.cell(_of(given[side])) for side in ("over", "under"))
        times = 100 if given["unit"] == "%" else 1
        return self._ratio(over, under, times, self._matched(given["under"], over, under))

    def _matched(self, key: str, over: Cell, under: Cell) -> Matched:
        item, *more = _of(key).get("items", [""])
        if not more and item in items() and items()[item].kind == MONEY:
            return by_money(self.account, item, _at(over))
        return by_unit(_at(over), _at(under))

    def _lines(self, lines: list[Line]) -> Cell:
        records = [
            Record(each.unit, each.month, each.item, None, "", self.account.weighed(each), line=each) for each in lines
        ]  # fmt: skip
        why = Text("这一年没有算出这类排放", "no such emission was worked out for this year")
        return _added(records, why)

    def _items(self, keys: "tuple[str, ...] | list[str]", units: frozenset[str] | None = None) -> Cell:
        records: list[Record] = []
        strange = 0
        for key in keys:
            for entry in self._entries.get(key, ()):
                if units is None or entry.unit in units:
                    record = self._record(entry)
                    strange += record is None
                    records += [record] if record else []
        names = [items()[key].name for key in keys]
        zh, en = "、".join(each.zh for each in names), ", ".join(each.en for each in names)
        why = Text(f"账本中这一年没有{zh}的记录", f"the ledger has no record of {en} in this year")
        said = []
        if strange:
            said.append(
                Text(f"{strange}个以别类单位填报的数值", f"{strange} values stated in another kind of unit")
            )
        if parts := sorted({each.unit for each in self._parts if each.item in keys}):
            titles = [self.account.title(each) for each in parts]
            zh, en = "、".join(each.zh for each in titles), ", ".join(each.en for each in titles)
            said.append(
                Text(
                    f"{zh}的全年数值（当年持股有变，全年数值中应计多少未写明）",
                    f"{en}: stated once for a year in which its share changed, so how much of it counts is not known",
                )
            )
        found = _added(records, why, _together(said))
        return replace(found, silent=not (records or said))

    def _ratio(self, over: Cell, under: Cell, times: int, matched: Matched) -> Cell:
        empty = next((each for each in (over, under) if each.value is None), None)
        if empty:
            return Cell(None, why=empty.why, over=over, under=under, silent=empty.silent)
        above, below = (_counting(each, matched) for each in (over, under))
        if not below.value or above.value is None:
            why = Text(
                "没有哪个单元两项都填报，或分母为零",
                "nobody states both, or what it is divided by is zero",
            )
            told = _together([each for each in (why, self._alone(matched)) if each])
            return Cell(None, why=told, over=above, under=below)
        lacking = _together([each for each in (over.lacking, under.lacking, self._alone(matched)) if each])
        return Cell(above.value / below.value * times, lacking=lacking, over=above, under=below)

    def _alone(self, matched: Matched) -> Text | None:
        """Who states only one of the two, and when."""
        of: dict[str, list[int]] = {}
        for key, month in sorted(matched.alone):
            of.setdefault(key, []).append(int(month[5:]))
        said = [
            Text(*(f"{name} · {in_runs(months)}" for name in (title.zh, title.en)))
            for key, months in of.items()
            if (title := self.account.title(key))
        ]
        found = _together(said)
        return found and Text(f"{found.zh}（只填报其中一项）", f"{found.en} (only one of the two is stated)")

    def _record(self, entry: Entry, rate: Fraction = Fraction(1), factor: str = "") -> Record | None:
        try:
            value = convert(entry.value, entry.unit_of, items()[entry.item].unit)
        except (UnitMismatch, UnknownUnit):
            return None
        counted = value * rate * self.account.share(entry.unit, entry.month)
        return Record(
            entry.unit, entry.month, entry.item, entry.value, entry.unit_of, counted, entry.fact, factor
        )

    def _energy(self, electricity: str) -> Cell:
        every = [entry for own in self._entries.values() for entry in own]
        found = standard_coal(self.account, once(self.account, every), electricity)
        made = (
            self._record(each.entry, each.coal / amount, each.factor)
            for each in found.counted
            if (amount := _amount(each.entry))
        )
        why = Text("没有可用折标系数的能源消费", "there is no energy with a coefficient that may be used")
        lacking = without(found.lacking)
        if lacking and not found.whole:
            return Cell(
                None,
                why=Text(
                    f"外购能源无折标系数，不成合计：{lacking.zh}",
                    f"no sum without energy that was bought: {lacking.en}",
                ),
            )
        return _added([each for each in made if each], why, lacking)


def _amount(entry: Entry) -> Fraction:
    return convert(entry.value, entry.unit_of, items()[entry.item].unit)


def _row(given: Mapping[str, Any], of_year: Mapping[str, _Year]) -> Row:
    cells = {year: made.cell(given) for year, made in of_year.items()}
    return Row(given["key"], given["section"], Text(**given["name"]), _unit(given), cells)


def _each_product(given: Mapping[str, Any], of_year: Mapping[str, _Year]) -> Iterator[Row]:
    every = [makers(year.account) for year in of_year.values()]
    for item in dict.fromkeys(item for made in every for item in made):
        of = items()[item]
        name = Text(*(given["name"][lang].format(item=getattr(of.name, lang)) for lang in ("zh", "en")))
        cells = {year: made.product(item) for year, made in of_year.items()}
        yield Row(f"{given['key']}.{item}", given["section"], name, f"{CO2E}/{of.unit}", cells)


def _unit(given: Mapping[str, Any]) -> str:
    if "scopes" in given:
        return CO2E
    if "energy" in given:
        return "tce"
    return str(given["unit"]) if "unit" in given else items()[given["items"][0]].unit


def _of(key: str) -> Mapping[str, Any]:
    return next(each for each in _declared() if each["key"] == key)


def _added(records: list[Record], why: Text, lacking: Text | None = None) -> Cell:
    if not records:
        return Cell(None, why=why, lacking=lacking)
    return Cell(sum((each.counted for each in records), Fraction(0)), tuple(records), lacking=lacking)


def without(lacking: Mapping[str, Text]) -> Text | None:
    """Items and why they are left out, each reason once."""
    of: dict[Text, list[Text]] = {}
    for key, why in lacking.items():
        of.setdefault(why, []).append(items()[key].name)
    zh = "；".join(
        f"{'、'.join(name.zh for name in names)}（{why.zh.rstrip('。')}）" for why, names in of.items()
    )
    en = "; ".join(
        f"{', '.join(name.en for name in names)} ({why.en.rstrip('.')})" for why, names in of.items()
    )
    return Text(zh, en) if of else None


def _together(said: list[Text]) -> Text | None:
    return Text("；".join(each.zh for each in said), "; ".join(each.en for each in said)) if said else None


def _at(cell: Cell) -> list[tuple[str, str]]:
    return [(each.unit, each.month) for each in cell.records]


def _counting(cell: Cell, matched: Matched) -> Cell:
    records = tuple(each for each in cell.records if matched.counts(each.unit, each.month))
    return replace(cell, value=sum((each.counted for each in records), Fraction(0)), records=records)
