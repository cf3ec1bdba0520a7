"""What each sentence of an index has to say: its words in order, and in their places its own numbers, signs and directions.

It is written apart from the module that words them, and takes its figures from the levels and contributions that are kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from touchstone.calc.index.attribution import Driver
from touchstone.calc.index.kept import KeptIndex
from touchstone.calc.index.wording import month
from touchstone.facts.text import Text

_NUMBER, _SIGNED = r"([-−]?\d+(?:\.\d+)?)", r"([+−]\d+(?:\.\d+)?)"
_WAYS = {"zh": ("下降", "上升"), "en": ("down", "up")}
_BESIDE = {"zh": ("低于", "等于", "高于"), "en": ("below", "the same as", "above")}
_HEADS = {
    "zh": {"up": "经季节调整，拉高指数的主要是", "down": "拉低指数的主要是"},
    "en": {"up": "Seasonally adjusted, what raised the index most: ", "down": "What lowered it most: "},
}
_EXACT = 1e-9
"""Contributions add up within this."""
_STOP, _CUT = {"zh": "。", "en": "."}, {"zh": "（按界限计入）", "en": ", counted at the limit"}
_FAVOURABLE = {"zh": ("上升", "向好"), "en": ("rose", "moved favourably")}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a sentence: the number or the word that is due there; `words` are those that might stand in it, () for a number."""

    due: Decimal | str
    words: tuple[str, ...] = ()
    signed: bool = False

    @property
    def pattern(self) -> str:
        """What is read here, right or wrong."""
        return (
            f"({'|'.join(map(re.escape, self.words))})" if self.words else _SIGNED if self.signed else _NUMBER
        )

    def holds(self, said: str) -> bool:
        """Whether what was read is what is due."""
        return said == self.due if self.words else Decimal(said.replace("−", "-")) == self.due


Parts = Iterator[str | Slot]


def due(kept: KeptIndex, lang: str) -> Iterator[tuple[str, list[str | Slot]]]:
    """The sentences that an index has to have in a language, by what they are about, in order."""
    told = kept.attribution
    yield "level", [*_level(kept, lang)]
    for about, drivers in (("up", told.up), ("down", told.down)):
        if drivers:
            yield about, [*_driven(kept, about, drivers, lang)]
    yield "sectors", [*_sectors(kept, lang)]
    if any(each.external for each in kept.indicators) or any(
        each.about == "groups" for each in kept.sentences
    ):
        yield "groups", [*_groups(kept, lang)]
    yield "breadth", [*_breadth(kept, lang)]
    if told.absent:
        names = [_in(_name(kept, key), lang) for key in told.absent]
        yield (
            "absent",
            [
                f"以下指标本期没有数值，未计入：{'、'.join(names)}。"
                if lang == "zh"
                else f"Without a value this time, and not counted: {', '.join(names)}."
            ],
        )


def _level(kept: KeptIndex, lang: str) -> Parts:
    told, zh = kept.attribution, lang == "zh"
    now, before, name = _in(month(told.period), lang), _in(month(told.before), lang), _in(kept.name, lang)
    yield f"{now}，{name}为" if zh else f"In {now} the {name} was "
    yield Slot(told.level)
    if told.low is not None or told.high is not None:
        yield "，属“" if zh else ", in the “"
        yield Slot(_in(told.band.name, lang), tuple(_in(band.name, lang) for band in kept.bands))
        yield "”区间（" if zh else "” band ("
        yield from _limits(told.low, told.high, zh)
        yield "）" if zh else ")"
    if told.change is not None:
        size = abs(told.change)
        way = Slot(_WAYS[lang][told.change > 0], _WAYS[lang])
        if not size:
            yield f"，与{before}持平" if zh else f", unchanged from {before}"
        elif zh:
            yield from (f"，比{before}", way, Slot(size), "点")
        else:
            yield from (", ", way, " ", Slot(size), f" points from {before}")
    if told.a_year_ago is not None:
        words = _BESIDE[lang]
        beside = Slot(words[1 + (told.level > told.a_year_ago) - (told.level < told.a_year_ago)], words)
        yield from ("，", beside, "上年同期的") if zh else (", ", beside, " the ")
        yield Slot(told.a_year_ago)
        yield "" if zh else " of a year earlier"
    yield _STOP[lang]


def _limits(low: float | None, high: float | None, zh: bool) -> Parts:
    ends = [Slot(Decimal(f"{end:g}")) for end in (low, high) if end is not None]
    if len(ends) > 1:
        yield from (ends[0], "–", ends[1])
    elif zh:
        yield from (ends[0], "以下" if low is None else "以上")
    else:
        yield from ("below " if low is None else "above ", ends[0])


def _driven(kept: KeptIndex, about: str, drivers: tuple[Driver, ...], lang: str) -> Parts:
    yield _HEADS[lang][about]
    for number, driver in enumerate(drivers):
        if number:
            yield "；" if lang == "zh" else "; "
        yield from _driver(kept, driver, lang)
    yield _STOP[lang]


def _driver(kept: KeptIndex, driver: Driver, lang: str) -> Parts:
    """A driver: which way and how far it moved, and what it adds, from the contributions that are kept."""
    points = kept.contributions[kept.row][kept.keys.index(driver.indicator)]
    name, sector = _in(_name(kept, driver.indicator), lang), _in(kept.sector(driver.sector), lang)
    way, size, adds = (
        Slot(_WAYS[lang][driver.move > 0], _WAYS[lang]),
        Slot(_tenth(abs(driver.move))),
        _points(points),
    )
    if lang == "zh":
        unit = "%" if driver.relative else "点"
        yield from (f"{sector}的{name}环比", way, size, f"{unit}，影响", adds, "点")
    else:
        unit = "%" if driver.relative else " points"
        yield from (f"{name} ({sector}) ", way, " ", size, f"{unit} on the month before, ", adds, " points")
    yield _CUT[lang] if driver.cut else ""


def _sectors(kept: KeptIndex, lang: str) -> Parts:
    zh, told = lang == "zh", kept.attribution
    named = [
        (_in(name, lang), points)
        for (_, name), points in zip(kept.sectors, kept.by_sector[kept.row], strict=True)
    ]
    if told.trend:
        named.append(("趋势调整" if zh else "trend adjustment", told.trend))
    yield "分行业影响：" if zh else "By sector, in points: "
    for number, (name, points) in enumerate(named):
        yield ("，" if zh else ", ") if number else ""
        yield from (name if zh else f"{name} ", _points(points), "点" if zh else "")
    yield _STOP[lang]


def _groups(kept: KeptIndex, lang: str) -> Parts:
    row, told = kept.contributions[kept.row], kept.attribution
    outside = {each.key for each in kept.indicators if each.external}
    added = dict(zip(kept.keys, (points or 0.0 for points in row), strict=True))
    outer = _sum(told.external, [points for key, points in added.items() if key in outside])
    inner = _sum(told.internal, [points for key, points in added.items() if key not in outside])
    if lang == "zh":
        yield from ("外部因素合计影响", outer, "点，内部因素合计影响", inner, "点。")
    else:
        yield from ("External factors add ", outer, " points, internal ones ", inner, " points.")


def _breadth(kept: KeptIndex, lang: str) -> Parts:
    told, words = kept.attribution, _FAVOURABLE[lang]
    now, then = _in(month(told.period), lang), _in(month(told.year_ago), lang)
    share, how = Slot(_whole(kept.rising[kept.row] or 0.0)), Slot(words[kept.mixed], words)
    yield from (
        (f"{now}有", share, "%的指标环比", how)
        if lang == "zh"
        else (f"In {now}, ", share, "% of the indicators ", how)
    )
    if (before := told.rising_a_year_ago) is not None:
        year = Slot(_whole(before))
        yield from (f"，{then}为", year, "%") if lang == "zh" else (", against ", year, f"% in {then}")
    yield _STOP[lang]


def _name(kept: KeptIndex, key: str) -> Text:
    return {each.key: each.name for each in (*kept.left_out, *kept.indicators)}[key]


def _sum(told: float, parts: list[float]) -> Slot:
    """A sum as told, where its parts add up to it; else what they add up to."""
    own = sum(parts)
    return _points(told if abs(told - own) < _EXACT else own)


def _points(points: float | None) -> Slot:
    return Slot(_tenth(points or 0.0), signed=True)


def _tenth(value: float) -> Decimal:
    return Decimal(f"{value:.1f}")


def _whole(value: float) -> Decimal:
    return Decimal(f"{value:.0f}")


def _in(text: Text, lang: str) -> str:
    return text.zh if lang == "zh" else text.en
