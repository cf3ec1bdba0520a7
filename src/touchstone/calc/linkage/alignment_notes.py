"""What a reader should know of an aligned panel: its clock and basis, means, stand-ins, standstills and gaps."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from touchstone.facts.period import frequency as frequency_of
from touchstone.facts.period import span
from touchstone.facts.text import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = {"D": 11, "W": 13, "M": 31}
"""Days of an ordinary step: a day through the longest holidays, a week whose last common day moves, a month."""
_LISTED = 3


def means(periods: Sequence[str]) -> Iterator[Text]:
    """Say that a price for a month is a mean of it: Working (Econometrica 28, 1960) on what averaging does to changes."""
    if any(frequency_of(period) == "M" for period in periods):
        yield Text(
            "价格是月均值而非月末价：取均值本身会使相邻变动相关（约0.25），领先与预测关系因此偏多。",
            "Prices are means of the month, not its end: averaging alone makes neighbouring changes correlate (about 0.25), so "
            "leads and predictions are found too often.",
        )


def stand_ins(counts: Mapping[str, int]) -> Iterator[Text]:
    """Say of each series in how many periods its rate of exchange was not that of the day."""
    for name, count in counts.items():
        if count:
            yield Text(
                f"{name}有{count}期的汇率不是当日牌价（取前一牌价、月均值或套算）。",
                f"{name}: in {count} periods the exchange rate is not that of the day (an earlier one, a monthly mean or a cross rate).",
            )


def gaps(periods: Sequence[str], clock: str) -> Iterator[Text]:
    """Say which steps are longer than the clock: a return over such a step is a return of all of it."""
    steps = [(span(after)[0] - span(before)[0]).days for before, after in pairwise(periods)]
    wide = [
        (before, after)
        for (before, after), days in zip(pairwise(periods), steps, strict=True)
        if days > _LONGEST[clock]
    ]
    if wide:
        listed = ", ".join(f"{before}–{after}" for before, after in wide[:_LISTED])
        yield Text(
            f"{len(wide)}处间隔长于取样周期，其收益率跨越整个间隔：{listed}{'等' if len(wide) > _LISTED else ''}。",
            f"{len(wide)} steps are longer than the clock, and a return spans all of it: {listed}{' and others' if len(wide) > _LISTED else ''}.",
        )


def sampled(clock: str, currency: str, tax: str) -> Iterator[Text]:
    """Say on which clock and basis the prices are; "" for what was left as printed."""
    zh = {"D": "各序列均有报价的日子", "W": "每周最后一个各序列均有报价的日子", "M": "每月一个值"}[clock]
    en = {"D": "days on which every series was quoted", "W": "the last day of each week on which every series was quoted",
          "M": "one value a month"}[clock]  # fmt: skip
    yield Text(f"取{zh}。", f"Sampled on {en}.")
    if currency or tax:
        words = {
            "included": ("含税", "VAT included"),
            "excluded": ("不含税", "VAT excluded"),
            "": ("税基不变", "tax as printed"),
        }[tax]
        yield Text(
            f"折成{currency or '原币种'}，{words[0]}。",
            f"In {currency or 'the printed currency'}, {words[1]}.",
        )


def still(names: Sequence[str], values: "NDArray[np.float64]") -> Iterator[Text]:
    """Say which series, (T, N), did not move in most periods."""
    import numpy as np

    shares = (np.diff(values, axis=0) == 0).mean(axis=0)
    quiet = [f"{name} {share:.0%}" for name, share in zip(names, shares, strict=True) if share > 0.5]
    if quiet:
        listed = ", ".join(quiet)
        yield Text(f"多数时期报价未动的序列：{listed}", f"Series that stood still in most periods: {listed}.")
