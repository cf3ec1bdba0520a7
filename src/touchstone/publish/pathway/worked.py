"""Works of a plan as a report lists them: what is done to a line over the years is one row, each thing with its years and its part of the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np

from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.works import Work, works
from touchstone.facts.text import Text
from touchstone.publish.pathway.pen import share
from touchstone.publish.pathway.target import amount_cell, both, heads
from touchstone.publish.report.report import Cell, Sentence, Table
from touchstone.publish.words import LANGUAGES, word

_NAMED = 3
"""Works that a summary names."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is done to one line from `since` to `until`: each thing in words, with its part of the line, and its bare name; t/a of the
    line; yuan in all, NaN where nobody stated it."""

    key: str
    line: Text
    since: int
    until: int
    what: tuple[Text, ...]
    names: tuple[Text, ...]
    capacity: float
    money: float


def done(found: Pathway) -> tuple[Done, ...]:
    """The works of a plan, line by line, by the year in which they begin, then by size."""
    parts: dict[str, list[Work]] = {}
    for work in works(found):
        parts.setdefault(work.line.key, []).append(work)
    rows = [_done(found.given, every) for every in parts.values()]
    return tuple(sorted(rows, key=lambda each: (each.since, -each.capacity)))


def _done(given: Compiled, every: Sequence[Work]) -> Done:
    line, years, whats = every[0].line, [each.year for each in every], _whats(given, every)
    money = sum(each.investment for each in every)
    said, names = tuple(said for said, _ in whats), tuple(name for _, name in whats)
    return Done(line.key, line.name, min(years), max(years), said, names, line.capacity, money)


def works_table(rows: Sequence[Done], caption: str, cited: str = "") -> Table:
    """Works as a table; `cited`: numbers of the assumptions behind it."""
    body = tuple(
        (
            Cell(_years(each.since, each.until)), Cell(each.line, leads=f"/pathway/line/{quote(each.key)}"), Cell(_listed(each.what, "list.semicolon")),
            amount_cell(None if np.isnan(each.money) else each.money / 1e8, 3),
        )
        for each in rows
    )  # fmt: skip
    head = heads("pathway_worked", "years", "line", "what", "money")
    return Table(
        both(f"pathway_worked.{caption}"),
        head,
        body,
        (("", Sentence(both("pathway_worked.order"), refs=cited)),),
    )


def largest(rows: Sequence[Done]) -> Text:
    """The largest works in a sentence, by year."""
    chosen = sorted(rows, key=lambda each: (-np.nan_to_num(each.money), -each.capacity))[:_NAMED]
    said = [
        both(
            "pathway_worked.of",
            line=each.line,
            what=_listed(each.names, "list.comma"),
            years=_years(each.since, each.until),
        )
        for each in sorted(chosen, key=lambda each: each.since)
    ]
    return _listed(said, "list.semicolon")


def _whats(given: Compiled, every: Sequence[Work]) -> list[tuple[Text, Text]]:
    """Each thing that is done to a line, whatever it is done together with: in words with its years and its part of the line, and its name."""
    sums: dict[tuple[str, Text], list[tuple[int, float]]] = {}
    for work in every:
        for thing in _things(given, work):
            sums.setdefault(thing, []).append((work.year, work.share))
    return [
        (
            both(
                f"pathway_worked.{key}", name=name, years=_years(min(y for y, _ in each), max(y for y, _ in each)),
                share=_percent(min(sum(part for _, part in each), 1.0)),
            ),
            name,
        )
        for (key, name), each in sums.items()
    ]  # fmt: skip


def _things(given: Compiled, work: Work) -> list[tuple[str, Text]]:
    """What is new in a state: the process, if it changes, and each measure; what is given up where nothing is new."""
    states = {each.key: each for each in given.states}
    after, before = states[work.after], states.get(work.before)
    had = before.measures if before else ()
    new = [("taken", each.name) for each in after.measures if each not in had]
    if before is None:
        return [("new", after.process.name), *new]
    if after.process != before.process:
        return [("changed", after.process.name), *new]
    return new or [("left", each.name) for each in had if each not in after.measures]


def _listed(said: Sequence[Text], mark: str) -> Text:
    return Text(*(word(mark, lang).join(getattr(each, lang) for each in said) for lang in LANGUAGES))


def _years(since: int, until: int) -> Text:
    if since == until:
        return Text(str(since), str(since))
    return both("pathway_worked.span", since=since, until=until)


def _percent(value: float) -> Text:
    return Text(*(share(value, lang) for lang in LANGUAGES))
