"""Targets as tables: what is asked, what the plan gives, how likely it holds; score sheets; what targets cost; which conflict.

Every verdict is a word with its number; a light may stand beside it, never instead of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS
from touchstone.publish.pathway.chances import Chance, Chances, chance_said, likelihood
from touchstone.publish.pathway.pen import figure, in_words
from touchstone.publish.report.report import Cell, Sentence, Table
from touchstone.publish.words import LANGUAGES, word

BLANK = Text("—", "—")
_BESIDE = 8
"""Years of prices that stand beside each other on an upright page."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target against a plan.

    Attributes:
        name: what is asked; limit, plan: limit and value of the plan with their units, written out.
        met: whether the plan meets it; None where nothing can be said.
        chance: that it is met, 0 to 1; None where none was worked out; why: of either None, in a few words.
        slack: how far the plan is from the limit, written out; source: where the target is stated.
        facts: ids of what the target was read from; address: its page; refs: numbers of its sources in a report.
    """

    name: Text
    limit: Text
    plan: Text
    met: bool | None
    chance: float | None = None
    why: Text = NO_WORDS
    slack: Text = NO_WORDS
    source: Text = NO_WORDS
    facts: tuple[str, ...] = ()
    address: str = ""
    refs: str = ""

    @property
    def fragile(self) -> bool:
        """Whether the plan meets it if everything is as assumed, but more likely than not does not."""
        return bool(self.met) and self.chance is not None and self.chance < 0.5

    def lamp(self) -> str:
        """The light of `publish.lamp`: by the chance, else by whether the plan meets it."""
        if self.chance is not None:
            return likelihood(self.chance).lamp
        return "unknown" if self.met is None else "none" if self.met else "red"

    def verdict(self, lang: str) -> str:
        """Met, missed or not known, in words."""
        key = (
            "unknown" if self.met is None else "fragile" if self.fragile else "met" if self.met else "missed"
        )
        said = word(f"pathway_target.{key}", lang)
        return (
            f"{said}{word('list.colon', lang)}{in_words(self.why, lang)}"
            if self.met is None and self.why.zh
            else said
        )

    def likely(self, lang: str) -> str:
        """Chance as number and word; why there is none."""
        if self.chance is None:
            return in_words(self.why, lang) or word("pathway_target.no_chance", lang)
        return chance_said(self.chance, lang)


@dataclass(frozen=True, slots=True)
class Score:
    """A line of a score sheet: item, indicator, value and limit written out, points given (None: cannot be scored, for a reason) of how many."""

    item: Text
    indicator: Text
    value: Text
    limit: Text
    points: float | None
    of: float
    why: Text = NO_WORDS


@dataclass(frozen=True, slots=True)
class Shadow:
    """What a target costs: yuan for one unit more of it in a year, 0 where it does not bind."""

    target: Text
    year: int
    price: float
    unit: Text


@dataclass(frozen=True, slots=True)
class Conflict:
    """What no plan can give: the target, the year, by how much it is missed at least, and what stands against it."""

    target: Text
    year: int
    missed: float
    unit: Text
    against: tuple[Text, ...] = ()


def both(key: str, **values: object) -> Text:
    """Words of the catalogue in both languages; a `Text` fills its place in each."""
    said = (
        word(
            key, lang, **{name: in_words(v, lang) if isinstance(v, Text) else v for name, v in values.items()}
        )
        for lang in LANGUAGES
    )
    return Text(*said)


def heads(section: str, *names: str) -> tuple[tuple[Cell, ...], ...]:
    """The head of a table."""
    return (tuple(Cell(both(f"{section}.{name}")) for name in names),)


def amount_cell(value: float | None, digits: int = 4) -> Cell:
    """A result as a cell; a dash where there is none."""
    if value is None:
        return Cell(BLANK)
    return Cell(Text(figure(value, "zh", digits), figure(value, "en", digits)), number=True)


def targets_table(targets: Sequence[Target], kind: Text) -> Table:
    """Targets with limit, plan, verdict, chance and source; `kind` says which kind of chance it is, and stands below.

    Slack stands in it where one has any, chances where one has one or says why it has none.
    """
    columns: dict[str, Callable[[Target], Cell]] = {
        "target": lambda each: Cell(each.name, each.facts, note=each.refs),
        "limit": lambda each: Cell(each.limit),
        "plan": lambda each: Cell(each.plan),
        "verdict": lambda each: Cell(_in_both(each.verdict)),
    }
    if any(each.slack.zh for each in targets):
        columns["slack"] = lambda each: Cell(each.slack if each.slack.zh else BLANK)
    if any(each.chance is not None or each.why.zh for each in targets):
        columns["chance"] = lambda each: Cell(_in_both(each.likely))
    columns["source"] = lambda each: Cell(each.source if each.source.zh else BLANK)
    body = tuple(tuple(made(each) for made in columns.values()) for each in targets)
    return Table(
        both("pathway_target.caption"),
        heads("pathway_target", *columns),
        body,
        (("*", Sentence(kind)),),
        flows=True,
    )


def chances_of(title: Text, kind: Text, targets: Sequence[Target]) -> Chances:
    """The chances of targets as a drawing."""
    why = both("pathway_target.no_chance")
    return Chances(
        title, kind, tuple(Chance(t.name, t.chance, t.why if t.why.zh else why, t.address) for t in targets)
    )


def score_sheet(scores: Sequence[Score]) -> Table:
    """A score sheet with its sum; what cannot be scored has no points, and the sum says of how many it is."""
    body: list[tuple[Cell, ...]] = [
        (
            Cell(s.item), Cell(s.indicator), Cell(s.value), Cell(s.limit),
            amount_cell(s.points) if s.points is not None else Cell(s.why if s.why.zh else BLANK), amount_cell(s.of),
        )
        for s in scores
    ]  # fmt: skip
    given = [s for s in scores if s.points is not None]
    body.append(
        (
            Cell(both("pathway_target.sum", n=len(given), of=len(scores)), columns=4),
            amount_cell(sum(s.points or 0.0 for s in given)), amount_cell(sum(s.of for s in given)),
        )
    )  # fmt: skip
    head = heads("pathway_target", "item", "indicator", "value", "limit", "points", "of")
    return Table(both("pathway_target.scores"), head, tuple(body))


def shadows_table(shadows: Sequence[Shadow]) -> Table:
    """What one more unit of each target costs, by year; more years than stand beside each other stand below each other."""
    years = sorted({s.year for s in shadows})
    found = {(s.target, s.unit, s.year): s.price for s in shadows}
    names = dict.fromkeys((s.target, s.unit) for s in shadows)
    parts = -(-len(years) // _BESIDE)
    each = -(-len(years) // max(parts, 1))
    rows: list[tuple[Cell, ...]] = []
    for first in range(0, len(years), max(each, 1)):
        chosen = [*years[first : first + each], *(None,) * each][:each]
        shown = (Cell(Text(str(y), str(y)) if y else NO_WORDS) for y in chosen)
        rows.append((*heads("pathway_target", "target", "unit")[0], *shown))
        for t, u in names:
            cells = (amount_cell(found.get((t, u, y)), 3) if y else Cell(NO_WORDS) for y in chosen)
            rows.append((Cell(t), Cell(_priced(u)), *cells))
    return Table(both("pathway_target.costs"), tuple(rows[:1]), tuple(rows[1:]))


def _priced(unit: Text) -> Text:
    """Yuan for one of a unit."""
    return Text(*(f"{word('pathway_target.yuan', lang)}/{_one(in_words(unit, lang))}" for lang in LANGUAGES))


def _one(unit: str) -> str:
    return f"({unit})" if "/" in unit else unit


def conflicts_table(conflicts: Sequence[Conflict]) -> Table:
    """What no plan can give, and what stands against it."""
    body = tuple(
        (
            Cell(c.target), Cell(Text(str(c.year), str(c.year))), amount_cell(c.missed), Cell(c.unit),
            Cell(_listed(c.against) if c.against else BLANK),
        )
        for c in conflicts
    )  # fmt: skip
    head = heads("pathway_target", "target", "year", "missed_by", "unit", "against")
    return Table(both("pathway_target.conflicts"), head, body)


def _listed(names: Sequence[Text]) -> Text:
    return Text(*(word("list.semicolon", lang).join(in_words(n, lang) for n in names) for lang in LANGUAGES))


def _in_both(said: Callable[[str], str]) -> Text:
    return Text(said("zh"), said("en"))
