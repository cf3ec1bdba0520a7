"""The sources of a bulletin: its documents, numbered, so that sentences and charts refer to a number."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from touchstone.facts.fact import Fact
from touchstone.facts.text import Text
from touchstone.publish.bulletin.charts import drawn_quotes
from touchstone.publish.bulletin.week import Week
from touchstone.publish.dates import day as dated
from touchstone.publish.report.report import Sentence

RULE = "bulletin.sources"


def numbered(week: Week, told: Iterable[Fact]) -> dict[str, int]:
    """The documents a bulletin stands on, by hash, numbered from 1.

    Args:
        week: the documents of its quotes, of what they are compared with and of the charts.
        told: the figures of the digest.
    """
    return {hash: number for number, hash in enumerate(dict.fromkeys(_hashes(week, told)), 1)}


def sources(week: Week, numbers: Mapping[str, int], as_of: date | None) -> Iterator[Sentence]:
    """The documents with their numbers, and as of when the ledger was read."""
    for hash, number in numbers.items():
        said = f"[{number}] {week.names.get(hash, hash[:12])}"
        yield Sentence(Text(said, said), "quoted", rule=RULE)
    if as_of:
        zh, en = f"账本截至{dated(as_of, 'zh')}。", f"The ledger was read as of {dated(as_of, 'en')}."
        yield Sentence(Text(zh, en), "quoted", rule=RULE)


def _hashes(week: Week, told: Iterable[Fact]) -> Iterator[str]:
    yield from week.sources()
    for each in week.told.values():
        if each.changes and each.move.base:
            yield each.move.base.source
        elif each.stated:
            ends = (each.stated.low, each.stated.high, each.stated.mean)
            yield from (end.source for end in ends if end and end.source)
    for metal in week.layout.metals:
        yield from (quote.source for quote in drawn_quotes(metal, week))
    yield from (fact.source for fact in told)
