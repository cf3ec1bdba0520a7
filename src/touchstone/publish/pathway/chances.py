"""How likely each target is met: a bar for each, with its number and its word; and how a chance is put into words.

The words are those of a published scale (data/pathway/likelihood.toml), so that "likely" means the same in every paper.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from touchstone.facts.text import Text
from touchstone.publish.drawing import NO_WORDS, Drawing
from touchstone.publish.format import Unwritable, chance
from touchstone.publish.frame import framed
from touchstone.publish.pathway.pen import LINE, broken, head, in_words, lines, linked, written
from touchstone.publish.words import word

_BAR = 12


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A word of the scale: for chances of at least `least`, and the light that goes with it (`publish.lamp`)."""

    least: float
    words: Text
    lamp: str


@cache
def likelihoods() -> tuple[Likelihood, ...]:
    """The scale, the surest first."""
    source = files("touchstone") / "data" / "pathway" / "likelihood.toml"
    rows = tomllib.loads(source.read_text(encoding="utf-8"))["likelihood"]
    return tuple(Likelihood(row["least"], Text(**row["words"]), row["lamp"]) for row in rows)


def likelihood(probability: float) -> Likelihood:
    """The word for a chance between 0 and 1.

    Raises:
        Unwritable: it is no chance.

    >>> likelihood(0.84).words.en, likelihood(0.5).words.en
    ('likely', 'about as likely as not')
    """
    if not 0 <= probability <= 1:
        raise Unwritable(f"{probability!r} is not a probability")
    return next(each for each in likelihoods() if probability >= each.least)


def chance_said(probability: float, lang: str) -> str:
    """A chance as number and word: 84%，可能."""
    words = in_words(likelihood(probability).words, lang)
    return word("pathway_drawing.chance", lang, chance=chance(probability, lang), words=words)


@dataclass(frozen=True, slots=True)
class Chance:
    """A target and the chance that it is met; None where none was worked out, for a reason."""

    name: Text
    probability: float | None
    why: Text = NO_WORDS
    address: str = ""


@dataclass(frozen=True, slots=True)
class Chances(Drawing):
    """What is drawn: chances in the order given; `kind` says which kind of chance it is (a fixed plan, or plans made anew)."""

    title: Text
    kind: Text
    chances: tuple[Chance, ...]

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        if not self.chances:
            raise Unwritable(f"chances {self.title.en!r}: no target")
        parts, y = head(self.title, in_words(self.kind, lang), lang, width)
        for each in self.chances:
            body, y = _row(each, lang, width, y)
            parts.append(
                linked(each.address, f"{in_words(each.name, lang)}: {_said(each, lang)}", "".join(body))
            )
        role = "group" if any(each.address for each in self.chances) else "img"
        return framed(parts, width, y, self.alt(lang), role=role)

    def alt(self, lang: str) -> str:
        """Every target with its chance."""
        told = (f"{in_words(each.name, lang)} {_said(each, lang)}" for each in self.chances)
        return word(
            "pathway_drawing.chances_alt",
            lang,
            title=in_words(self.title, lang),
            told=word("list.semicolon", lang).join(told),
        )


def _said(each: Chance, lang: str) -> str:
    if each.probability is None:
        return word("pathway_drawing.chance_no", lang, why=in_words(each.why, lang))
    return chance_said(each.probability, lang)


def _row(each: Chance, lang: str, width: float, top: float) -> tuple[list[str], float]:
    """Name, bar on a scale from 0 to 1, number and word: under each other, so that no name is cut."""
    names = broken(in_words(each.name, lang), width)
    parts = [written(0, top + 13 + LINE * n, name) for n, name in enumerate(names)]
    y = top + LINE * len(names) + 2
    if each.probability is None:
        more, bottom = lines(_said(each, lang), 0, y - 2, width)
        return [*parts, *more], bottom + 8
    parts += list(_bar(each.probability, y, width))
    parts.append(written(0, y + _BAR + 16, _said(each, lang), "c-label", bold=True))
    return parts, y + _BAR + 32


def _bar(probability: float, y: float, width: float) -> Iterator[str]:
    """The bar, on a track with a tick at each limit of the scale between likely and unlikely."""
    yield f'<rect class="c-track" x="0.5" y="{y:.1f}" width="{width - 1:.1f}" height="{_BAR}" fill="#eeeae0" stroke="#cfc8b6"/>'
    yield f'<rect class="c-node" x="0.5" y="{y:.1f}" width="{(width - 1) * probability:.1f}" height="{_BAR}" fill="#35546b"/>'
    for limit in (0.33, 0.66, 0.9):
        yield f'<path class="c-zero" d="M{width * limit:.1f} {y - 3:.1f}v{_BAR + 6}" stroke="#8a8371"/>'
