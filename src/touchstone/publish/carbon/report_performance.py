"""How a year performed, in tables: emissions for a unit of each product and for 10,000 yuan, energy in standard coal, levels of limits."""

from collections.abc import Iterator

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.coverage import missing_for
from touchstone.calc.carbon.inventory.performance import Energy
from touchstone.calc.carbon.inventory.performed import Intensity, Level, Performance
from touchstone.calc.carbon.inventory.yearly import yearly
from touchstone.facts.text import Text
from touchstone.publish.carbon.blocks import BLANK, heading, in_words, number, paragraph, row, stopped
from touchstone.publish.carbon.labelled import both, ids_named, indicator, item, level
from touchstone.publish.carbon.said import left_out
from touchstone.publish.carbon.yearly import table_of
from touchstone.publish.report.report import Block, Cell, Sentence, Table
from touchstone.publish.words import LANGUAGES, word


class _Notes:
    """Notes below a table, each once, with its mark."""

    def __init__(self) -> None:
        self._marks: dict[Text, str] = {}

    def mark(self, said: Text | None) -> str:
        """The mark of a note; "" of none."""
        return self._marks.setdefault(said, str(len(self._marks) + 1)) if said else ""

    @property
    def below(self) -> tuple[tuple[str, Sentence], ...]:
        """As a table has them."""
        return tuple((mark, Sentence(stopped(said))) for said, mark in self._marks.items())


def performance(account: Account, found: Performance) -> Iterator[Block]:
    """Intensities, energy, limits, why units have none, and the table of the years."""
    yield heading("performance")
    if found.intensities:
        yield _intensities(account, found.intensities)
    yield _energy(account, found.energy)
    if found.levels:
        yield _levels(account, found.levels)
    yield from (paragraph([stopped(each)]) for each in found.notes)
    yield table_of(yearly(account))


def _intensities(account: Account, every: tuple[Intensity, ...]) -> Table:
    notes = _Notes()
    body = []
    for each in every:
        whole = number(each.full, places=4) if each.passed else Cell(BLANK)
        lacks = len(missing_for(account, each.item))
        told = both("inventory_report.intensity_lacks", n=lacks) if lacks else None
        note = ",".join(filter(None, (notes.mark(_without(account, each.without)), notes.mark(told))))
        body.append(
            (
                Cell(_item(each.item), note=note), number(each.emissions), number(each.amount), Cell(in_words(each.unit)),
                number(each.value, places=4), whole,
            )
        )  # fmt: skip
    head = row("product", "emissions", "output", "measured_in", "per_unit", "per_unit_full")
    return Table(both("inventory_report.intensities"), (head,), tuple(body), notes.below)


def _energy(account: Account, found: dict[str, Energy]) -> Table:
    """A row for each item, a column for each value of electricity; no sum where what was bought has no coefficient."""
    notes = _Notes()
    every = dict.fromkeys(key for each in found.values() for key in (*each.parts, *each.lacking))
    body = []
    for key in every:
        cells = [Cell(_item(key))]
        for each in found.values():
            lacking = each.lacking.get(key)
            note = notes.mark(
                Text(*(ids_named(account.library, getattr(lacking, lang), lang) for lang in LANGUAGES))
                if lacking
                else None
            )
            cells.append(number(each.parts[key]) if key in each.parts else Cell(BLANK, note=note))
        body.append(tuple(cells))
    total = [Cell(both("inventory.total"))]
    for each in found.values():
        lacks = both("inventory_report.energy_not_whole") if each.lacking else None
        note = notes.mark(lacks)
        total.append(
            Cell(number(each.total).text, number=True, note=note) if each.whole else Cell(BLANK, note=note)
        )
    head = (*row("item"), *(Cell(both(f"inventory_column.energy_{name}")) for name in found))
    return Table(both("inventory_report.energy"), (head,), (*body, tuple(total)), notes.below)


def _levels(account: Account, every: tuple[Level, ...]) -> Table:
    notes = _Notes()
    body = []
    for each in every:
        standing = each.standing
        document = account.library.documents[standing.levels[0].document].title if standing.levels else BLANK
        name = Text(*(indicator(standing.indicator, lang) for lang in LANGUAGES))
        note = notes.mark(_without(account, each.without))
        body.append(
            (
                Cell(account.title(each.unit), note=note), Cell(name), number(standing.value, places=1), Cell(in_words(standing.unit)),
                Cell(_reached(each)), Cell(document),
            )
        )  # fmt: skip
    head = row("unit", "indicator", "value", "measured_in", "level", "document")
    return Table(both("inventory_report.levels"), (head,), tuple(body), notes.below)


def _reached(found: Level) -> Text:
    if found.lacking:
        return both("inventory_report.level_lacking")
    if not found.standing.levels:
        return both("inventory_report.level_none")
    reached = found.standing.reached
    if reached is None:
        return both("inventory_report.level_above")
    return Text(*(level(reached.level, lang) for lang in LANGUAGES))


def _without(account: Account, keys: tuple[str, ...]) -> Text | None:
    if not keys:
        return None
    return Text(
        *(word("inventory_report.left_out", lang, what=left_out(account, keys, lang)) for lang in LANGUAGES)
    )


def _item(key: str) -> Text:
    return Text(*(item(key, lang) for lang in LANGUAGES))
