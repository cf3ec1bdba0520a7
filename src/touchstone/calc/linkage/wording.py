"""Numbers inside the sentences of linkage results: how a probability, a share and an interval are written."""

from touchstone.calc.linkage.statement import Span
from touchstone.facts.text import Text

_SMALLEST = 0.001
"""Probabilities below this are not told apart: the approximations they come from do not reach further."""


def probability(p: float) -> str:
    """A p or q value with its sign: `= 0.034`, `< 0.001`.

    >>> probability(0.0344), probability(2e-9)
    ('= 0.034', '< 0.001')
    """
    return f"= {p:.3f}" if p >= _SMALLEST else f"< {_SMALLEST}"


def percent(share: float, decimals: int = 0) -> Text:
    """A share as a percentage, in Chinese without the space.

    >>> percent(0.724), percent(-0.0004).en
    (Text(zh='72%', en='72 %'), '0 %')
    """
    rounded = f"{round(100 * share, decimals) + 0.0:.{decimals}f}".replace("-", "−")
    return Text(f"{rounded}%", f"{rounded} %")


def percents(span: Span) -> Text:
    """A span of shares, point first.

    >>> percents(Span(0.6, 0.72, 0.84, 0.95))
    Text(zh='72%（95%区间：60至84%）', en='72 % (95 %: 60 to 84 %)')
    """
    point, level, ends = percent(span.point), percent(span.level), reach(span.low, span.high)
    return Text(f"{point.zh}（{level.zh}区间：{ends.zh}）", f"{point.en} ({level.en}: {ends.en})")


def reach(low: float, high: float) -> Text:
    """Two shares as the ends of a range: `60 to 84 %`.

    >>> reach(0.6, 0.84).en, reach(-0.05, 0.12).zh
    ('60 to 84 %', '−5至12%')
    """
    start = percent(low).zh.removesuffix("%")
    return Text(f"{start}至{percent(high).zh}", f"{start} to {percent(high).en}")


def figure(value: float, sign: bool = False) -> str:
    """A number with four significant digits and no exponent.

    >>> figure(1097.75), figure(-247.78, sign=True), figure(0.0123456)
    ('1098', '−247.8', '0.01235')
    """
    from math import floor, log10

    size = floor(log10(abs(value))) if value else 0
    return f"{round(value, 3 - size):{'+' if sign else ''}.{max(3 - size, 0)}f}".replace("-", "−")
