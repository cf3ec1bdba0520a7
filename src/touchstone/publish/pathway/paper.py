"""The report of a scenario: what comes of it and what is to be done, drawings, how it was worked out, and an annex of what was assumed.

The writers of `publish.report` put it into Word, PDF, Excel and a web page, in either language. Drawings of a report lead nowhere: they have no
addresses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.pathway.basis import Assumption, How, annex, refs
from touchstone.publish.pathway.target import (
    BLANK,
    Conflict,
    Score,
    Shadow,
    Target,
    amount_cell,
    both,
    chances_of,
    conflicts_table,
    heads,
    score_sheet,
    shadows_table,
    targets_table,
)
from touchstone.publish.pathway.worked import Done, works_table
from touchstone.publish.report.report import (
    Block,
    Cell,
    Heading,
    Paragraph,
    Report,
    Sentence,
    Table,
    pictured,
)

_BROAD = 7
"""Columns of years up to which a table stands upright."""


@dataclass(frozen=True, slots=True)
class Result:
    """A result by year: its name, its unit, a value for each year of the table it stands in; None where there is none; key: of its `How`."""

    name: Text
    unit: Text
    values: Sequence[float | None]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A result of each scenario that is compared, in the order of the scenarios; key: of its `How`."""

    name: Text
    unit: Text
    values: Sequence[float | None]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """What the report is made of; whatever is empty is told to be missing, or left out where it was not asked for.

    Attributes:
        scenario: its name; day: of the report; stood: as of when inputs were read; synthetic: whether inputs are made up.
        summary: the outcome. years and results: tables. drawings: by section of `SECTIONS`. works: what the plan does to which line.
        kind: which kind of probability the chances are, in a sentence. targets, scores, shadows, conflicts: see `target`.
        missed: why the least-cost plan misses what it does.
        optimum: what is known of the least-cost plan, () where there is none; optimum_works: its works, None where they are those above.
        scenarios, compared: names and values of scenarios side by side. method, limits: sentences. made: how it can be made again
            (hash of the inputs, seed, solver, versions). assumptions, hows: see `basis`.
    """

    scenario: Text
    day: date
    stood: str
    synthetic: bool
    summary: tuple[Paragraph, ...]
    assumptions: tuple[Assumption, ...]
    years: tuple[int, ...]
    results: tuple[Result, ...]
    kind: Text
    method: tuple[Text, ...]
    limits: tuple[Text, ...]
    made: tuple[tuple[Text, str], ...]
    drawings: dict[str, tuple[Drawing, ...]] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    scores: tuple[Score, ...] = ()
    works: tuple[Done, ...] = ()
    optimum: tuple[Text, ...] = ()
    optimum_works: tuple[Done, ...] | None = None
    shadows: tuple[Shadow, ...] = ()
    no_shadows: Text = NO_WORDS
    conflicts: tuple[Conflict, ...] | None = None
    missed: tuple[Text, ...] = ()
    scenarios: tuple[Text, ...] = ()
    compared: tuple[Compared, ...] = ()
    hows: tuple[How, ...] = ()


SECTIONS = ("emissions", "levers", "drivers", "costs", "plants")
"""Sections of drawings: emissions over years and the peak; wedges; what matters; cost curves; where plants stand."""


def scenario_report(paper: Paper) -> Report:
    """The report of a scenario: results first, then drawings, then how they were worked out and from what.

    Raises:
        Unwritable: a drawing has nothing to draw, or a chance is none.
    """
    blocks = (
        *_summary(paper), *_targets(paper), *_results(paper), *_drawn(paper, "emissions", "levers", "drivers"), *_works(paper), *_optimum(paper),
        *_comparison(paper), *_drawn(paper, "costs", "plants"), *_method(paper), *_made(paper), *annex(paper.assumptions, paper.hows),
    )  # fmt: skip
    title = both(
        "pathway_paper.title_synthetic" if paper.synthetic else "pathway_paper.title", name=paper.scenario
    )
    byline = both("pathway_paper.byline", day=str(paper.day), stood=paper.stood)
    return Report(title, byline, paper.day, blocks, both("pathway_paper.footer"))


def _summary(paper: Paper) -> Iterator[Block]:
    yield _heading("summary")
    if paper.synthetic:
        yield _paragraph([both("pathway_paper.synthetic")])
    yield from paper.summary


def _targets(paper: Paper) -> Iterator[Block]:
    yield _heading("targets")
    if not paper.targets:
        yield _paragraph([both("pathway_paper.no_targets")])
    else:
        yield targets_table(paper.targets, paper.kind)
        if any(t.chance is not None for t in paper.targets):
            yield pictured(chances_of(both("pathway_paper.chances"), paper.kind, paper.targets))
    if paper.scores:
        yield score_sheet(paper.scores)


def _results(paper: Paper) -> Iterator[Block]:
    yield _heading("results")
    yield results_table(paper.years, paper.results, {each.key for each in paper.hows})


def results_table(years: Sequence[int], results: Sequence[Result], known: set[str] | None = None) -> Table:
    """Results by year; a year without a value has a dash. Those of a `known` key lead to how they are worked out."""
    body = tuple((Cell(r.name), Cell(r.unit), *(_number(v, r.key, known) for v in r.values)) for r in results)
    head = (*heads("pathway_paper", "what", "unit")[0], *(Cell(Text(str(y), str(y))) for y in years))
    return Table(both("pathway_paper.results_caption"), (head,), body, wide=len(years) > _BROAD, flows=True)


def _number(value: float | None, key: str, known: set[str] | None) -> Cell:
    cell = amount_cell(value)
    return replace(cell, leads=f"#how-{key}") if known and key in known and cell.number else cell


def _drawn(paper: Paper, *sections: str) -> Iterator[Block]:
    for section in sections:
        if drawings := paper.drawings.get(section):
            yield _heading(section)
            yield from map(pictured, drawings)


def _works(paper: Paper) -> Iterator[Block]:
    yield _heading("works")
    cited = refs(paper.assumptions, "register", "adopt", "technology.investment")
    yield (
        works_table(paper.works, "caption", cited)
        if paper.works
        else _paragraph([both("pathway_worked.none")])
    )


def _optimum(paper: Paper) -> Iterator[Block]:
    """The least-cost plan: what is known of it, what targets cost in it, what conflicts, what it does."""
    yield _heading("optimum")
    if not paper.optimum:
        yield _paragraph([both("pathway_summed.no_optimum")])
        return
    yield _paragraph(paper.optimum)
    yield Heading(both("pathway_paper.shadows"), 2)
    if paper.shadows:
        yield _paragraph([both("pathway_paper.shadows_say")])
        yield shadows_table(paper.shadows)
    else:
        yield _paragraph([paper.no_shadows])
    yield Heading(both("pathway_paper.conflicts"), 2)
    yield from _conflicts(paper)
    if paper.optimum_works is not None:
        yield Heading(both("pathway_paper.works"), 2)
        cited = refs(paper.assumptions, "register", "technology.investment")
        yield (
            works_table(paper.optimum_works, "caption_optimum", cited)
            if paper.optimum_works
            else _paragraph([both("pathway_worked.none")])
        )


def _conflicts(paper: Paper) -> Iterator[Block]:
    if paper.missed:
        yield _paragraph(paper.missed)
    if paper.conflicts:
        yield _paragraph([both("pathway_paper.conflicts_say")])
        yield conflicts_table(paper.conflicts)
    elif paper.conflicts is not None or not paper.missed:
        yield _paragraph([both("pathway_paper.no_conflicts")])


def _comparison(paper: Paper) -> Iterator[Block]:
    if paper.compared:
        yield _heading("comparison")
        yield comparison_table(paper.scenarios, paper.compared, {each.key for each in paper.hows})


def comparison_table(
    scenarios: Sequence[Text], compared: Sequence[Compared], known: set[str] | None = None
) -> Table:
    """Scenarios side by side: a column each, a row for each result."""
    head = (*heads("pathway_paper", "what", "unit")[0], *map(Cell, scenarios))
    body = tuple(
        (Cell(c.name), Cell(c.unit if c.unit.zh else BLANK), *(_number(v, c.key, known) for v in c.values))
        for c in compared
    )
    return Table(both("pathway_paper.comparison_caption"), (head,), body)


def _method(paper: Paper) -> Iterator[Block]:
    yield _heading("method")
    yield _paragraph(paper.method)
    yield Heading(both("pathway_paper.limits"), 2)
    for n, each in enumerate(paper.limits, 1):
        yield Paragraph((Sentence(each),), both("pathway_paper.numbered", n=n))


def _made(paper: Paper) -> Iterator[Block]:
    yield _heading("made")
    body = tuple((Cell(name), Cell(Text(value, value))) for name, value in paper.made)
    yield Table(both("pathway_paper.made_caption"), heads("pathway_paper", "what", "value"), body)


def _heading(key: str) -> Heading:
    return Heading(both(f"pathway_paper.{key}"))


def _paragraph(said: Sequence[Text]) -> Paragraph:
    return Paragraph(tuple(Sentence(each) for each in said))
