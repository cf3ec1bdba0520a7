"""Which part of the spread of a result is due to each driver, with the range of the estimate."""

from collections.abc import Iterator
from dataclasses import dataclass

from touchstone.facts.text import Text
from touchstone.publish.drawing import Drawing
from touchstone.publish.format import Unwritable
from touchstone.publish.frame import framed
from touchstone.publish.pathway.pen import FONT, head, in_words, linked, share, written
from touchstone.publish.pathway.rows import BAR, Bars, bars
from touchstone.publish.scale import text_width
from touchstone.publish.words import word

_INK = "#35546b"


@dataclass(frozen=True, slots=True)
class Weight:
    """A driver's part of the spread, 0 to 1 (an estimate may stray outside), and the range of the estimate; `low` and `high` None: unknown."""

    name: Text
    value: float
    low: float | None = None
    high: float | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Importance(Drawing):
    """What is drawn: weights, the largest first; `method` says in a sentence how they were worked out (Sobol, Shapley, draws)."""

    title: Text
    method: Text
    weights: tuple[Weight, ...]

    def svg(self, lang: str, width: int = 760) -> str:
        """Draw it; see `Drawing.svg`."""
        if not self.weights:
            raise Unwritable(f"importance {self.title.en!r}: no driver")
        parts, top = head(self.title, in_words(self.method, lang), lang, width)
        every = sorted(self.weights, key=lambda w: -w.value)
        ends = [100 * v for w in every for v in (w.value, w.low, w.high) if v is not None]
        rows = [in_words(w.name, lang) for w in every]
        said = [share(w.value, lang) for w in every]
        tail = 10 + max(text_width(text, FONT) for text in said)
        on = bars(rows, [0.0, *ends], lang, width, top, tail)
        parts += [*on.names(), *on.axes(lang, "%")]
        for n, weight in enumerate(every):
            told = f"{in_words(weight.name, lang)}: {said[n]}"
            parts.append(linked(weight.address, told, "".join(_weight(weight, on, n, said[n]))))
        parts.append(f'<path class="c-zero" d="{on.upright(on.x(0))}" stroke="#26231d"/>')
        role = "group" if any(w.address for w in every) else "img"
        return framed(parts, width, on.bottom + 26, self.alt(lang), role=role)

    def alt(self, lang: str) -> str:
        """The three weights that are largest."""
        every = sorted(self.weights, key=lambda w: -w.value)[:3]
        told = (f"{in_words(w.name, lang)} {share(w.value, lang)}" for w in every)
        return word(
            "pathway_drawing.importance_alt",
            lang,
            title=in_words(self.title, lang),
            told=word("list.clause", lang).join(told),
        )


def _weight(weight: Weight, on: Bars, n: int, said: str) -> Iterator[str]:
    y, zero, x = on.bar(n), on.x(0), on.x(100 * weight.value)
    yield f'<rect class="c-node" x="{min(x, zero):.1f}" y="{y:.1f}" width="{max(abs(x - zero), 1):.1f}" height="{BAR}" fill="{_INK}" fill-opacity=".8"/>'
    end = x
    if weight.low is not None and weight.high is not None:
        low, high = on.x(100 * weight.low), on.x(100 * weight.high)
        d = f"M{low:.1f} {y + 2:.1f}v{BAR - 4}m0 -{(BAR - 4) / 2}H{high:.1f}m0 -{(BAR - 4) / 2}v{BAR - 4}"
        yield f'<path class="c-actual" d="{d}" fill="none" stroke="#26231d" stroke-width="1.4"/>'
        end = max(x, high)
    yield written(max(end, zero) + 7, y + 11.5, said)
