"""Works of a plan as a report lists them: what is done to a line over several years is one row, and says only what is new."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from touchstone.calc.pathway.compiled import Compiled
from touchstone.calc.pathway.pathway import Pathway
from touchstone.calc.pathway.works import Work, works
from touchstone.facts.text import Text
from touchstone.publish.pathway.pen import share
from touchstone.publish.pathway.target import BLANK, amount_cell, both, heads
from touchstone.publish.report.report import Cell, Sentence, Table
from touchstone.publish.words import LANGUAGES, word

_NAMED = 4
"""Works that a summary names."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is done to a line from `since` to `until`: in words, t/a in all, share of the line, yuan (NaN where nobody stated it)."""

    line: Text
    since: int
    until: int
    what: Text
    capacity: float
    share: float
    money: float


def done(found: Pathway) -> tuple[Done, ...]:
    """The works of a plan by year, then by size."""
    parts: dict[tuple[str, Text], list[Work]] = {}
    for work in works(found):
        parts.setdefault((work.line.key, _what(found.given, work)), []).append(work)
    rows = [
        Done(
            every[0].line.name, every[0].year, every[-1].year, what, sum(each.capacity for each in every),
            min(sum(each.share for each in every), 1.0), sum(each.investment for each in every),
        )
        for (_, what), every in parts.items()
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda each: (each.since, -each.capacity)))


def works_table(rows: Sequence[Done], caption: str) -> Table:
    """Works as a table."""
    body = tuple(
        (
            Cell(_years(each)), Cell(each.line), Cell(each.what), amount_cell(each.capacity), Cell(_percent(each.share), number=True),
            amount_cell(None if np.isnan(each.money) else each.money / 1e8, 3),
        )
        for each in rows
    )  # fmt: skip
    head = heads("pathway_worked", "years", "line", "what", "capacity", "share", "money")
    return Table(
        both(f"pathway_worked.{caption}"), head, body, (("", Sentence(both("pathway_worked.order"))),)
    )


def largest(rows: Sequence[Done]) -> Text:
    """The largest works in a sentence, by year."""
    chosen = sorted(rows, key=lambda each: (-np.nan_to_num(each.money), -each.capacity))[:_NAMED]
    said = [
        both("pathway_worked.of", years=_years(each), line=each.line, what=each.what)
        for each in sorted(chosen, key=lambda each: each.since)
    ]
    return Text(
        *(word("list.semicolon", lang).join(getattr(each, lang) for each in said) for lang in LANGUAGES)
    )


def _what(given: Compiled, work: Work) -> Text:
    states = {each.key: each for each in given.states}
    after = states[work.after]
    if work.before not in states:
        return both(
            "pathway_worked.new", name=_named((after.process.name, *(each.name for each in after.measures)))
        )
    before = states[work.before]
    new = [each.name for each in after.measures if each not in before.measures]
    if after.process != before.process:
        return both("pathway_worked.changed", name=_named((after.process.name, *new)))
    if new:
        return both("pathway_worked.taken", name=_named(new))
    return both(
        "pathway_worked.left",
        name=_named([each.name for each in before.measures if each not in after.measures]),
    )


def _named(names: Sequence[Text]) -> Text:
    return (
        Text("＋".join(each.zh for each in names), " + ".join(each.en for each in names)) if names else BLANK
    )


def _years(each: Done) -> Text:
    if each.since == each.until:
        return Text(str(each.since), str(each.since))
    return both("pathway_worked.span", since=each.since, until=each.until)


def _percent(value: float) -> Text:
    return Text(*(share(value, lang) for lang in LANGUAGES))
