"""The report of a scenario: what was assumed, what comes of it, how likely targets hold, what they cost, what conflicts, and how it was made.

The writers of `publish.report` put it into Word, PDF, Excel and a web page, in either language. Drawings of a report lead nowhere: they have no
addresses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
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
class Assumption:
    """What a scenario takes as given, its value written out with its unit, and where that is from; made up values say so in their source."""

    what: Text
    value: Text
    source: Text
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A result by year: its name, its unit, a value for each year of the table it stands in; None where there is none."""

    name: Text
    unit: Text
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Compared:
    """A result of each scenario that is compared, in the order of the scenarios."""

    name: Text
    unit: Text
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Paper:
    """What the report is made of; whatever is empty is told to be missing, or left out where it was not asked for.

    Attributes:
        scenario: its name; day: of the report; stood: as of when inputs were read; synthetic: whether inputs are made up.
        summary: the outcome in sentences. assumptions, years and results: tables. drawings: by section of `SECTIONS`.
        kind: which kind of probability the chances are, in a sentence. targets, scores, shadows, conflicts: see `target`.
        scenarios, compared: names and values of scenarios side by side. method, limits: sentences. made: how it can be made again
            (hash of the inputs, seed, solver, versions).
    """

    scenario: Text
    day: date
    stood: str
    synthetic: bool
    summary: tuple[Text, ...]
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
    shadows: tuple[Shadow, ...] = ()
    no_shadows: Text = NO_WORDS
    conflicts: tuple[Conflict, ...] | None = None
    scenarios: tuple[Text, ...] = ()
    compared: tuple[Compared, ...] = ()


SECTIONS = ("emissions", "levers", "costs", "drivers", "plants")
"""Sections of drawings: emissions over years and the peak; wedges; cost curves; what matters; where plants stand."""


def scenario_report(paper: Paper) -> Report:
    """The report of a scenario.

    Raises:
        Unwritable: a drawing has nothing to draw, or a chance is none.
    """
    blocks = (
        *_summary(paper), *_assumptions(paper), *_results(paper), *_drawn(paper), *_targets(paper), *_costs(paper), *_conflicts(paper),
        *_comparison(paper), *_method(paper), *_made(paper),
    )  # fmt: skip
    title = both(
        "pathway_paper.title_synthetic" if paper.synthetic else "pathway_paper.title", name=paper.scenario
    )
    byline = both("pathway_paper.byline", day=str(paper.day), stood=paper.stood)
    return Report(title, byline, paper.day, blocks, both("pathway_paper.footer"))


def _summary(paper: Paper) -> Iterator[Block]:
    yield _heading("summary")
    said = [both("pathway_paper.synthetic")] if paper.synthetic else []
    yield _paragraph([*said, *paper.summary])


def _assumptions(paper: Paper) -> Iterator[Block]:
    yield _heading("assumptions")
    body = tuple((Cell(a.what), Cell(a.value, a.facts), Cell(a.source)) for a in paper.assumptions)
    yield Table(
        both("pathway_paper.assumptions_caption"), heads("pathway_paper", "what", "value", "source"), body
    )


def _results(paper: Paper) -> Iterator[Block]:
    yield _heading("results")
    yield results_table(paper.years, paper.results)


def results_table(years: Sequence[int], results: Sequence[Result]) -> Table:
    """Results by year; a year without a value has a dash."""
    body = tuple((Cell(r.name), Cell(r.unit), *(amount_cell(v) for v in r.values)) for r in results)
    head = (*heads("pathway_paper", "what", "unit")[0], *(Cell(Text(str(y), str(y))) for y in years))
    return Table(both("pathway_paper.results_caption"), (head,), body, wide=len(years) > _BROAD)


def _drawn(paper: Paper) -> Iterator[Block]:
    for section in SECTIONS:
        if drawings := paper.drawings.get(section):
            yield _heading(section)
            yield from map(pictured, drawings)


def _targets(paper: Paper) -> Iterator[Block]:
    yield _heading("targets")
    if not paper.targets:
        yield _paragraph([both("pathway_paper.no_targets")])
    else:
        yield _paragraph([paper.kind])
        yield targets_table(paper.targets, paper.kind)
        if any(t.chance is not None for t in paper.targets):
            yield pictured(chances_of(both("pathway_paper.chances"), paper.kind, paper.targets))
    if paper.scores:
        yield score_sheet(paper.scores)


def _costs(paper: Paper) -> Iterator[Block]:
    yield _heading("shadows")
    if paper.shadows:
        yield _paragraph([both("pathway_paper.shadows_say")])
        yield shadows_table(paper.shadows)
    else:
        yield _paragraph([paper.no_shadows if paper.no_shadows.zh else both("pathway_paper.no_shadows")])


def _conflicts(paper: Paper) -> Iterator[Block]:
    yield _heading("conflicts")
    if paper.conflicts is None:
        yield _paragraph([both("pathway_paper.conflicts_unknown")])
    elif paper.conflicts:
        yield _paragraph([both("pathway_paper.conflicts_say")])
        yield conflicts_table(paper.conflicts)
    else:
        yield _paragraph([both("pathway_paper.no_conflicts")])


def _comparison(paper: Paper) -> Iterator[Block]:
    if paper.compared:
        yield _heading("comparison")
        yield comparison_table(paper.scenarios, paper.compared)


def comparison_table(scenarios: Sequence[Text], compared: Sequence[Compared]) -> Table:
    """Scenarios side by side: a column each, a row for each result."""
    head = (*heads("pathway_paper", "what", "unit")[0], *map(Cell, scenarios))
    body = tuple(
        (Cell(c.name), Cell(c.unit if c.unit.zh else BLANK), *(amount_cell(v) for v in c.values))
        for c in compared
    )
    return Table(both("pathway_paper.comparison_caption"), (head,), body)


def _method(paper: Paper) -> Iterator[Block]:
    yield _heading("method")
    yield _paragraph(paper.method)
    yield Heading(both("pathway_paper.limits"), 2)
    yield _paragraph(paper.limits)


def _made(paper: Paper) -> Iterator[Block]:
    yield _heading("made")
    body = tuple((Cell(name), Cell(Text(value, value))) for name, value in paper.made)
    yield Table(both("pathway_paper.made_caption"), heads("pathway_paper", "what", "value"), body)


def _heading(key: str) -> Heading:
    return Heading(both(f"pathway_paper.{key}"))


def _paragraph(said: Sequence[Text]) -> Paragraph:
    return Paragraph(tuple(Sentence(each) for each in said))
