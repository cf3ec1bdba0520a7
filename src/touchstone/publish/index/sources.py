"""The sources of a note: every figure it stands on, numbered, with its value and the place it was printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from touchstone.calc.index.kept import KeptIndex
from touchstone.facts.fact import Fact
from touchstone.facts.text import Text
from touchstone.publish import dates
from touchstone.publish.format import amount, measure, name
from touchstone.publish.index.parts import parts
from touchstone.publish.report.report import Cell, Table
from touchstone.publish.words import LANGUAGES, word

_HEAD = (
    "index.source_number", "index.source_what", "index.source_period", "index.source_value", "index.source_where", "index.source_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sources:
    """The figures behind a note by id, and the names of documents by hash."""

    facts: Mapping[str, Fact] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def behind(kept: KeptIndex) -> tuple[str, ...]:
    """Ids of the figures that a note stands on, in the order of their numbers: levels, then what each indicator stands on."""
    return tuple(dict.fromkeys((*levels_behind(kept), *(id for part in parts(kept) for id in part.facts))))


def levels_behind(kept: KeptIndex) -> tuple[str, ...]:
    """The levels that the first sentence says."""
    told = kept.attribution
    of = dict(zip(kept.periods, kept.level_facts, strict=True))
    return tuple(id for id in (of.get(each, "") for each in (told.period, told.before, told.year_ago)) if id)


def numbered(kept: KeptIndex, of: Sources) -> dict[str, int]:
    """The number of each figure, from 1; one that the ledger does not have has none."""
    return {id: number for number, id in enumerate((id for id in behind(kept) if id in of.facts), 1)}


def cited(ids: Iterable[str], numbers: Mapping[str, int]) -> str:
    """The numbers of figures, runs of them joined: what stands behind a sentence or a cell.

    >>> cited("abdce", {"a": 1, "b": 2, "c": 3, "e": 7})
    '1–3, 7'
    """
    runs: list[list[int]] = []
    for number in sorted({numbers[id] for id in ids if id in numbers}):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def table(numbers: Mapping[str, int], of: Sources) -> Table:
    """The figures with their numbers: what, period, value, where it was printed, and the id by which a console opens it."""
    head = tuple(Cell(_both(key)) for key in _HEAD)
    rows = tuple(_row(number, of.facts[id], of) for id, number in numbers.items())
    return Table(_both("index.sources"), (head,), rows)


def _row(number: int, fact: Fact, of: Sources) -> tuple[Cell, ...]:
    own = (fact.id,)
    return (
        Cell(Text(str(number), str(number)), anchor=f"source-{number}"),
        Cell(Text(*(f"{name(fact.subject, lang)} {measure(fact.measure, lang)}" for lang in LANGUAGES))),
        Cell(Text(*(dates.period(fact.period, lang) for lang in LANGUAGES))),
        Cell(Text(*(amount(fact, lang) for lang in LANGUAGES)), own, number=True),
        Cell(Text(*(_where(fact, of, lang) for lang in LANGUAGES))),
        Cell(Text(fact.id, fact.id), own),
    )


def _where(fact: Fact, of: Sources, lang: str) -> str:
    """File and place; a computed figure says from how many."""
    if fact.parents:
        return word("index.source_made", lang, n=len(fact.parents))
    document = of.names.get(fact.source, fact.source[:12]).rpartition("/")[2]
    place = fact.locator
    if place is None:
        return document
    if place.row is not None:
        return word("index.source_row", lang, name=document, row=place.row + 1)
    return word("index.source_at", lang, name=document, start=place.start)


def _both(key: str) -> Text:
    return Text(word(key, "zh"), word(key, "en"))
