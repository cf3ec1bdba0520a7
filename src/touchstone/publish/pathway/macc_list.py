"""What is listed below a curve of abatement costs: number, name, saving and cost of each measure."""

from typing import TYPE_CHECKING

from touchstone.publish.pathway.pen import LINE, badge, broken, figure, in_words, is_narrow, written
from touchstone.publish.words import word

if TYPE_CHECKING:
    from touchstone.publish.pathway.macc import Macc, Measure


def listed(drawn: "Macc", lang: str, width: float, top: float) -> tuple[list[str], float]:
    """Number, name, saving and cost of each measure, in two columns where there is room; what saves nothing has a dash for its number."""
    idle = [m for m in drawn.measures if m.abatement <= 0]
    entries = [(str(n), m) for n, m in enumerate(drawn.drawn(), 1)] + [("–", m) for m in idle]
    columns = 1 if is_narrow(width) or len(entries) < 4 else 2
    wide = (width - 20 * (columns - 1)) / columns
    parts, deepest = list[str](), top
    per = -(-len(entries) // columns)
    for column in range(columns):
        y, x = top, column * (wide + 20)
        for mark, measure in entries[column * per : (column + 1) * per]:
            rows = [*broken(in_words(measure.name, lang), wide - 28), _sizes(measure, lang)]
            parts.append(badge(x + 10, y + 9, mark))
            for n, row in enumerate(rows):
                parts.append(
                    written(x + 26, y + 14 + LINE * n, row, "c-soft" if n == len(rows) - 1 else "c-label")
                )
            y += LINE * len(rows) + 6
        deepest = max(deepest, y)
    return parts, deepest


def _sizes(measure: "Measure", lang: str) -> str:
    if measure.abatement <= 0:
        return word("pathway_drawing.saves_nothing", lang, abatement=figure(measure.abatement, lang, 3))
    said = word(
        "pathway_drawing.sizes",
        lang,
        abatement=figure(measure.abatement, lang, 3),
        cost=figure(measure.cost, lang, 3),
    )
    if measure.low is None or measure.high is None:
        return said
    return said + word(
        "pathway_drawing.range", lang, low=figure(measure.low, lang, 3), high=figure(measure.high, lang, 3)
    )
