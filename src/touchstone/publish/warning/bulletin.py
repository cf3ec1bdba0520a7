"""The weekly warning bulletin: the wall as a table, what turned within the week and why, how far the rules can be trusted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from touchstone.calc.monitor.expected import STATES, Expected
from touchstone.calc.monitor.release import Release
from touchstone.calc.warning.backtest import Backtest
from touchstone.calc.warning.card import Card
from touchstone.calc.warning.colour import named
from touchstone.calc.warning.kept import KeptWall, Turn
from touchstone.calc.warning.light import Light
from touchstone.calc.warning.rule import FREQUENCIES, SIDES
from touchstone.facts.text import Text, capital
from touchstone.publish import dates
from touchstone.publish.report.report import Block, Cell, Heading, Paragraph, Report, Sentence, Table
from touchstone.publish.sentence import spoken
from touchstone.publish.warning.saying import (
    NOTHING,
    USELESS,
    card_words,
    headline_cards,
    headline_name,
    named_light,
    speaks,
    summaries,
    uncalibrated,
    worthless,
)
from touchstone.publish.words import LANGUAGES, word

_UNPROVEN, _BY_HAND, _OUTDATED = "*", "†", "‡"
_UPRIGHT = 3
"""Frequencies that fit a page in portrait."""
_COLUMNS = ("event", "inside", "outside", "noise", "auroc", "lead", "false_alarms", "missed")
_LATE = ("late", "missing", "partial")


@dataclass(frozen=True, slots=True)
class Week:
    """What the bulletin is made of.

    Attributes:
        wall: of the day; before: of a week earlier; turns: between the two.
        cards: of the last back-test; None before the first.
        late: the latest period of every release that came late, in part, or not at all.
        releases: by key.
    """

    wall: KeptWall
    before: KeptWall
    turns: tuple[Turn, ...]
    cards: Backtest | None
    late: tuple[Expected, ...]
    releases: Mapping[str, Release]


def warning_report(week: Week) -> Report:
    """The bulletin of a week, dated the day of its wall."""
    wall = week.wall
    byline = Text(
        *(
            word(
                "warning_paper.byline", lang, day=dates.day(wall.day, lang), materials=len(wall.materials()), turns=len(week.turns)
            )
            for lang in LANGUAGES
        )
    )  # fmt: skip
    blocks = (*_turned(week), *_walled(wall), *_reasons(wall), *_cards(week), *_releases(week))
    return Report(_both("warning_paper.title"), byline, wall.day, blocks, _both("warning_paper.footer"))


def _turned(week: Week) -> Iterator[Block]:
    yield Heading(_both("warning_paper.turned"))
    if not week.turns:
        yield Paragraph((Sentence(_both("warning.no_turns_week"), "rule"),))
        return
    names = ("material", "side", "frequency", "period")
    head = [
        *(f"warning.{name}" for name in names),
        *(f"warning_paper.{name}" for name in ("before", "after", "why")),
    ]
    yield Table(
        _spoken("warning_paper.turned_caption", day=Text(*(dates.day(week.before.day, lang) for lang in LANGUAGES))),
        (tuple(Cell(_both(key)) for key in head),), tuple(_turn_row(turn) for turn in week.turns),
    )  # fmt: skip


def _turn_row(turn: Turn) -> tuple[Cell, ...]:
    why = spoken(
        Text("；".join(each.zh for each in turn.reasons), "; ".join(each.en for each in turn.reasons))
    )
    return (
        Cell(turn.name), Cell(named("sides", turn.side)), Cell(named("frequencies", turn.frequency)), Cell(_period(turn.period)),
        Cell(named_light(turn.before)), Cell(named_light(turn.after)), Cell(why, turn.facts),
    )  # fmt: skip


def _walled(wall: KeptWall) -> Iterator[Block]:
    """The lights of the frequencies that have any data; the materials that have none are told in a sentence."""
    yield Heading(_both("warning_paper.wall"))
    lit = {light.frequency for light in wall.lights if speaks(light)}
    shown = [every for every in FREQUENCIES if every in lit]
    by_key = {(x.material, x.frequency, x.side): x for x in wall.lights}
    there = {light.material for light in wall.lights if speaks(light)}
    if shown:
        first = [
            Cell(_both("warning.material"), rows=2),
            *(Cell(named("frequencies", e), columns=len(SIDES)) for e in shown),
        ]
        second = [Cell(named("sides", side)) for _ in shown for side in SIDES]
        body = tuple(
            (Cell(name), *(_light(by_key[key, every, side]) for every in shown for side in SIDES))
            for key, name in wall.materials().items()
            if key in there
        )
        yield Table(
            _both("warning_paper.wall_caption"),
            (tuple(first), tuple(second)),
            body,
            wide=len(shown) > _UPRIGHT,
        )
    legends = [Sentence(_stopped(text)) for text in dict.fromkeys(light.legend for light in wall.lights)]
    yield Paragraph((*legends, Sentence(_stopped(_both("warning_paper.wall_note")))))
    if dark := [name for key, name in wall.materials().items() if key not in there]:
        names = Text("、".join(each.zh for each in dark), ", ".join(each.en for each in dark))
        yield Paragraph((Sentence(_spoken("warning_paper.no_data", names=names)),))


def _light(light: Light) -> Cell:
    """A light in a cell: its colour in words, so that it reads without colour."""
    if not speaks(light):
        return Cell(Text(NOTHING, NOTHING))
    mark = (
        (_BY_HAND if light.override else "")
        + (_UNPROVEN if uncalibrated(light) else "")
        + (USELESS if worthless(light) else "")
        + (_OUTDATED if light.outdated else "")
    )
    return Cell(Text(light.colour_name.zh + mark, light.colour_name.en + mark), light.facts)


def _reasons(wall: KeptWall) -> Iterator[Block]:
    """The sentence of every light that is not green, material by material; a light rolled up repeats no sentence."""
    yield Heading(_both("warning.reasons"))
    for key in wall.materials():
        said = [
            Sentence(_stopped(spoken(light.words)), "rule", light.facts, f"warning.{light.side}")
            for light in wall.of(key)
            if light.side != "all" and not light.rolled_from and light.score
        ]
        if said:
            yield Paragraph(tuple(said))


def _cards(week: Week) -> Iterator[Block]:
    yield Heading(_both("warning_paper.cards"))
    found = week.cards
    if found is None:
        yield Paragraph((Sentence(_both("warning.no_cards")),))
        return
    summed = (Sentence(_stopped(each)) for each in summaries(found))
    notes = (_spoken("warning.card_note", mu=found.trial.mu), _both("warning.useless"))
    yield Paragraph((*summed, *(Sentence(_stopped(each)) for each in notes)))
    sound = [each for each in headline_cards(found) if each.standing == "calibrated" and each.evaluation]
    if not sound or not sound[0].evaluation:
        return
    columns = ["lead_time" if each == "lead" else each for each in _COLUMNS]
    names, after = week.wall.materials(), sound[0].evaluation
    rows = tuple(
        (Cell(_marked(names.get(each.material, each.name), each)), *_numbers(each)) for each in sound
    )
    yield Table(
        _spoken("warning_paper.cards_caption", rule=headline_name(found), first=after.first, last=after.last),
        (tuple(Cell(_both(f"warning.{name}")) for name in ("material", *columns)),), rows,
    )  # fmt: skip


def _marked(name: Text, card: Card) -> Text:
    mark = f" {USELESS}" if card.worthless else ""
    return Text(name.zh + mark, name.en + mark)


def _numbers(card: Card) -> Iterator[Cell]:
    zh, en = (card_words(card, lang) for lang in LANGUAGES)
    yield from (
        Cell(Text(zh[name], en[name]), number=name not in ("event", "auroc", "missed")) for name in _COLUMNS
    )


def _releases(week: Week) -> Iterator[Block]:
    yield Heading(_both("warning_paper.releases"))
    if not week.late:
        yield Paragraph((Sentence(_both("warning_paper.no_releases")),))
        return
    rows = tuple(
        (
            Cell(week.releases[each.release].name),
            Cell(_period(each.period)),
            Cell(_day(each)),
            Cell(STATES[each.state]),
        )
        for each in week.late
    )
    head = tuple(Cell(_both(f"releases.{name}")) for name in ("release", "period", "due", "state"))
    yield Table(_both("warning_paper.releases_caption"), (head,), rows)


def latest_late(found: Sequence[Expected]) -> tuple[Expected, ...]:
    """Of each release (latest period first) the last period that was due, where it came late, in part or not at all."""
    last = {each.release: each for each in reversed(found) if each.state not in ("awaited", "due", "never")}
    return tuple(each for each in last.values() if each.state in _LATE)


def _day(each: Expected) -> Text:
    return Text(*(dates.day(each.due, lang) or NOTHING for lang in LANGUAGES))


def _period(period: str) -> Text:
    return Text(*(dates.period(period, lang) for lang in LANGUAGES))


def _both(key: str) -> Text:
    return Text(word(key, "zh"), word(key, "en"))


def _spoken(key: str, **values: object) -> Text:
    """A word of the catalogue; a `Text` fills its gap in each language."""
    return Text(
        *(
            word(key, lang, **{n: getattr(v, lang) if isinstance(v, Text) else v for n, v in values.items()})
            for lang in LANGUAGES
        )
    )


def _stopped(text: Text) -> Text:
    """A sentence with its capital and its full stop."""
    return capital(Text(text.zh.rstrip("。") + "。", text.en.rstrip(".") + "."))
