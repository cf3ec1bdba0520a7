"""A cap handed down: what every rule gives each enterprise, bar under bar, against what it emitted before."""

from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed
from touchstone.publish.pathway.pen import (
    FILLS,
    FONT,
    LINE,
    Key,
    amount,
    broken,
    figure,
    head,
    in_words,
    is_narrow,
    keys,
    lines,
    linked,
    shortened,
    stroke,
    swatch,
    written,
)
from touchstone.publish.scale import text_width, ticks
from touchstone.publish.words import word

MOST = len(FILLS)
"""Rules that can be told apart in one drawing."""
_BAR, _GAP = 12, 16
_INK = "#26231d"


@dataclass(frozen=True, slots=True)
class Taker:
    """Who gets something: what it emitted before, and what each rule gives it; address: what it leads to, "" for nothing."""

    name: Text
    before: float
    amounts: tuple[float, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Allotted(Drawing):
    """What is drawn: takers in their order, one bar for each of the 1 to 8 rules; `before` says what the upright line is."""

    title: Text
    unit: Text
    rules: tuple[Text, ...]
    before: Text
    takers: tuple[Taker, ...]
    note: Text = NO_WORDS

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        _check(self)
        parts, top = head(self.title, in_words(self.unit, lang), lang, width)
        more, top = keys(_keys(self, lang), width, top)
        on = _room(self, lang, width, top + 6)
        bodies = (linked(each.address, _told(self, each, lang), "".join(_taker(self, each, on, n, lang))) for n, each in enumerate(self.takers))  # fmt: skip
        note, bottom = lines(in_words(self.note, lang), 0, on.bottom + 26, width)
        role = "group" if any(each.address for each in self.takers) else "img"
        return framed([*parts, *more, *on.axis(lang), *bodies, *note], width, bottom + 2, self.alt(lang), role=role)  # fmt: skip

    def alt(self, lang: str) -> str:
        """What the first four get by every rule."""
        told = word("list.clause", lang).join(_told(self, each, lang) for each in self.takers[:4])
        return word("pathway_drawing.allotted_alt", lang, title=in_words(self.title, lang), told=told)


@dataclass(frozen=True, slots=True)
class _Room:
    """Where the bars of each taker lie: beside their name, or below it on a phone."""

    left: float
    right: float
    tops: tuple[float, ...]
    bottom: float
    names: tuple[tuple[str, ...], ...]
    ticks: tuple[float, ...]
    below: bool

    def x(self, value: float) -> float:
        return self.left + (self.right - self.left) * value / self.ticks[-1]

    def axis(self, lang: str) -> Iterator[str]:
        last = -100.0
        for tick in self.ticks:
            x, said = self.x(tick), figure(tick, lang, 6)
            wide = text_width(said, FONT) / 2
            yield f'<path class="c-grid" d="M{x:.1f} {self.tops[0] - 4:.1f}V{self.bottom:.1f}" stroke="#e2ddd0"/>'
            if x - wide > last + 8:
                last = x + wide
                yield written(x, self.bottom + 17, said, "c-soft", "middle")


def _room(drawn: Allotted, lang: str, width: float, top: float) -> _Room:
    below = is_narrow(width)
    said = [in_words(each.name, lang) for each in drawn.takers]
    column = 0.0 if below else min(230.0, 1.06 * max(text_width(each, FONT) for each in said) + 2)
    names = tuple(tuple(broken(each, width if below else column)) for each in said)
    largest = max(max(each.before, *each.amounts) for each in drawn.takers)
    steps = tuple(map(float, ticks(shortened(0), shortened(largest, 6), 4 if below else 6)))
    tops, y = list[float](), top
    for rows in names:
        bars = _BAR * len(drawn.rules)
        tops.append(y + (LINE * len(rows) + 3 if below else 0))
        y = tops[-1] + (bars if below else max(bars, LINE * len(rows))) + _GAP
    end = 1.1 * text_width(figure(steps[-1], lang, 6), FONT) / 2 + 2
    return _Room(column + 28, width - max(end, 6), tuple(tops), y - _GAP + 6, names, steps, below)


def _taker(drawn: Allotted, each: Taker, on: _Room, n: int, lang: str) -> Iterator[str]:
    top, tall, rows = on.tops[n], _BAR * len(each.amounts), on.names[n]
    first = top - 3 - LINE * len(rows) + 13 if on.below else top + max(tall - LINE * len(rows), 0) / 2 + 13
    for line, row in enumerate(rows):
        x, anchor = (0.0, "") if on.below else (on.left - 28, "end")
        yield written(x, first + LINE * line, row, anchor=anchor)
    for k, value in enumerate(each.amounts):
        y = top + _BAR * k
        yield f'<rect class="c-wedge{k}" x="{on.left:.1f}" y="{y:.1f}" width="{max(on.x(value) - on.left, 1):.1f}" height="{_BAR - 3}" fill="{FILLS[k]}"/>'
        yield written(on.left - 5, y + 8.5, str(k + 1), "c-soft", "end", 11)
    x = on.x(each.before)
    yield f'<path class="c-zero" d="M{x:.1f} {top - 3:.1f}v{tall + 3:.1f}" stroke="{_INK}" stroke-width="2"/>'


def _keys(drawn: Allotted, lang: str) -> Iterator[Key]:
    for k, rule in enumerate(drawn.rules):
        yield Key(swatch(f"c-wedge{k}", FILLS[k], mark=str(k + 1)), in_words(rule, lang))
    yield Key(stroke("c-zero", _INK), in_words(drawn.before, lang))


def _told(drawn: Allotted, each: Taker, lang: str) -> str:
    given = word("list.semicolon", lang).join(
        f"{in_words(rule, lang)} {figure(value, lang)}" for rule, value in zip(drawn.rules, each.amounts, strict=True)
    )  # fmt: skip
    before = amount(each.before, drawn.unit, lang)
    return word("pathway_drawing.taker", lang, name=in_words(each.name, lang), before=before, given=given)


def _check(drawn: Allotted) -> None:
    if not drawn.takers or not 1 <= len(drawn.rules) <= MOST:
        raise Unwritable(f"allotment {drawn.title.en!r}: it needs a taker, and 1 to {MOST} rules")
    for each in drawn.takers:
        if len(each.amounts) != len(drawn.rules) or min(each.before, *each.amounts) < 0:
            raise Unwritable(f"allotment {drawn.title.en!r}: {each.name.en!r} has no amount for each rule, or one below 0")  # fmt: skip
