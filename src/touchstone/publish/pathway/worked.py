"""Works of a plan as a report lists them: what is done to a line over the years is one row, each thing with its years and its part of the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np

from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.works import Taken, Work, works
from touchstone.facts.text import Text
from touchstone.publish.pathway.pen import share
from touchstone.publish.pathway.target import amount_cell, both, heads
from touchstone.publish.report.report import Cell, Sentence, Table
from touchstone.publish.words import LANGUAGES, word

_NAMED = 3
"""Works that a summary names."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is done to one line from `since` to `until`: each thing in words, with its years and its part of the line, and its name with
    its years alone; t/a of the line; yuan in all, NaN where nobody stated it."""

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
    line, parts = every[0].line, [(work, taken) for work in every for taken in work.taken]
    return Done(
        line.key, line.name, min(each.year for each in every), max(each.until for each in every),
        tuple(_said(given, *each) for each in parts), tuple(_named(given, taken) for _, taken in parts),
        line.capacity, sum(each.investment for each in every),
    )  # fmt: skip


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
        flows=True,
    )


def largest(rows: Sequence[Done]) -> Text:
    """The largest works in a sentence, by year."""
    chosen = sorted(rows, key=lambda each: (-np.nan_to_num(each.money), -each.capacity))[:_NAMED]
    said = [
        both(
            "pathway_worked.of",
            line=each.line,
            what=_listed(each.names, "list.comma"),
        )
        for each in sorted(chosen, key=lambda each: each.since)
    ]
    return _listed(said, "list.semicolon")


def _said(given: Compiled, work: Work, taken: Taken) -> Text:
    """One thing that is taken up: a process that is built or that the line is changed to, or a measure, with its years and part of the line."""
    return both(
        f"pathway_worked.{_kind(given, work, taken)}",
        name=given.catalogue[taken.key].name,
        years=_years(taken.since, taken.until),
        share=_percent(min(taken.share, 1.0)),
    )


def _kind(given: Compiled, work: Work, taken: Taken) -> str:
    processes = {state.key: state.process.key for state in given.states}
    if taken.key not in processes.values():
        return "taken"
    if not work.before:
        return "new"
    return "used" if processes[work.before] == taken.key else "changed"


def _named(given: Compiled, taken: Taken) -> Text:
    years = _years(taken.since, taken.until)
    return both("pathway_worked.named", name=given.catalogue[taken.key].name, years=years)


def _listed(said: Sequence[Text], mark: str) -> Text:
    return Text(*(word(mark, lang).join(getattr(each, lang) for each in said) for lang in LANGUAGES))


def _years(since: int, until: int) -> Text:
    if since == until:
        return Text(str(since), str(since))
    return both("pathway_worked.span", since=since, until=until)


def _percent(value: float) -> Text:
    return Text(*(share(value, lang) for lang in LANGUAGES))
