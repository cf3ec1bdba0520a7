"""The words of an attribution, in both languages: sentences whose every number is one of the attribution's.

Levels and changes are written as published, moves and points with one decimal, shares without.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from touchstone.calc.index.attribution import Attribution, Driver
from touchstone.calc.index.recipe import Recipe
from touchstone.facts.period import frequency
from touchstone.facts.text import Text

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the ids of the facts its figures stand on. `about`: level, up, down, sectors, groups, breadth, absent."""

    about: str
    text: Text
    facts: tuple[str, ...]


def sentences(recipe: Recipe, of: Attribution, grouped: bool = False) -> tuple[Sentence, ...]:
    """The sentences of an attribution, in the order in which they are read.

    `grouped` adds what comes from outside and from inside. What cannot be compared is left unsaid; nothing is said of a
    direction in which nothing moved.
    """
    made = [Sentence("level", _level(recipe, of), of.facts)]
    made += [_driven(recipe, of, drivers, way) for way, drivers in ((1, of.up), (-1, of.down)) if drivers]
    made.append(Sentence("sectors", _sectors(recipe, of), of.facts))
    if grouped:
        made.append(Sentence("groups", _groups(of), of.facts))
    made.append(Sentence("breadth", _breadth(recipe, of), of.facts))
    if of.absent:
        made.append(Sentence("absent", _absent(recipe, of), ()))
    return tuple(made)


def month(period: str) -> Text:
    """A month or quarter in words.

    >>> month("2022-08"), month("2022-Q3")
    (Text(zh='2022年8月', en='August 2022'), Text(zh='2022年三季度', en='the third quarter of 2022'))
    """
    year = period[:4]
    if frequency(period) == "Q":
        number = int(period[-1]) - 1
        words = ("first", "second", "third", "fourth")
        return Text(f"{year}年{'一二三四'[number]}季度", f"the {words[number]} quarter of {year}")
    number = int(period[5:])
    return Text(f"{year}年{number}月", f"{_MONTHS[number - 1]} {year}")


def limits(of: Attribution) -> Text:
    """The limits of the band of a level, as they stand behind its name; "" where it has none."""
    if of.low is None and of.high is None:
        return Text("", "")
    if of.low is None:
        return Text(f"{of.high:g}以下", f"below {of.high:g}")
    if of.high is None:
        return Text(f"{of.low:g}以上", f"above {of.low:g}")
    return Text(f"{of.low:g}–{of.high:g}", f"{of.low:g}–{of.high:g}")


def _level(recipe: Recipe, of: Attribution) -> Text:
    now, before, ends = month(of.period), month(of.before), limits(of)
    zh, en = f"{now.zh}，{recipe.name.zh}为{of.level}", f"In {now.en} the {recipe.name.en} was {of.level}"
    if ends.zh:
        zh += f"，属“{of.band.name.zh}”区间（{ends.zh}）"
        en += f", in the “{of.band.name.en}” band ({ends.en})"
    if of.change is not None:
        size = abs(of.change)
        zh += (
            f"，比{before.zh}{'上升' if of.change > 0 else '下降'}{size}点"
            if size
            else f"，与{before.zh}持平"
        )
        en += (
            f", {'up' if of.change > 0 else 'down'} {size} points from {before.en}"
            if size
            else f", unchanged from {before.en}"
        )
    if of.a_year_ago is not None:
        way = (of.level > of.a_year_ago) - (of.level < of.a_year_ago)
        zh += f"，{('低于', '等于', '高于')[way + 1]}上年同期的{of.a_year_ago}"
        en += f", {('below', 'the same as', 'above')[way + 1]} the {of.a_year_ago} of a year earlier"
    return Text(zh + "。", en + ".")


def _driven(recipe: Recipe, of: Attribution, drivers: Sequence[Driver], way: int) -> Sentence:
    parts = [_driver(recipe, driver) for driver in drivers]
    head = (
        Text("经季节调整，拉高指数的主要是", "Seasonally adjusted, what raised the index most: ")
        if way > 0
        else Text("拉低指数的主要是", "What lowered it most: ")
    )
    text = Text(f"{head.zh}{'；'.join(p.zh for p in parts)}。", f"{head.en}{'; '.join(p.en for p in parts)}.")
    return Sentence(
        "up" if way > 0 else "down", text, tuple(dict.fromkeys(f for d in drivers for f in d.facts))
    )


def _driver(recipe: Recipe, driver: Driver) -> Text:
    """One driver: sector, name, its move and what it adds: what falls may raise an index, where it counts against it."""
    name, sector = recipe.indicator(driver.indicator).name, recipe.sector(driver.sector).name
    unit = Text("%", "%") if driver.relative else Text("点", " points")
    size = f"{abs(driver.move):.1f}"
    up = driver.move > 0
    capped = Text("（按界限计入）", ", counted at the limit") if driver.cut else Text("", "")
    return Text(
        f"{sector.zh}的{name.zh}环比{'上升' if up else '下降'}{size}{unit.zh}，影响{_points(driver.points)}点{capped.zh}",
        f"{name.en} ({sector.en}) {'up' if up else 'down'} {size}{unit.en} on the month before, {_points(driver.points)} points{capped.en}",
    )


def _sectors(recipe: Recipe, of: Attribution) -> Text:
    parts = [(recipe.sector(key).name, _points(points)) for key, points in of.sectors]
    if of.trend:
        parts.append((Text("趋势调整", "trend adjustment"), _points(of.trend)))
    zh, en = "，".join(f"{n.zh}{p}点" for n, p in parts), ", ".join(f"{n.en} {p}" for n, p in parts)
    return Text(f"分行业影响：{zh}。", f"By sector, in points: {en}.")


def _groups(of: Attribution) -> Text:
    outer, inner = _points(of.external), _points(of.internal)
    return Text(
        f"外部因素合计影响{outer}点，内部因素合计影响{inner}点。",
        f"External factors add {outer} points, internal ones {inner} points.",
    )


def _breadth(recipe: Recipe, of: Attribution) -> Text:
    """The share of indicators that rose, as they enter: where one enters with the opposite sign, a fall of it is no rise but favourable."""
    mixed = any(each.sign < 0 and each.key not in of.absent for each in recipe.indicators)
    zh = f"{month(of.period).zh}有{of.rising:.0f}%的指标环比{'向好' if mixed else '上升'}"
    en = f"In {month(of.period).en}, {of.rising:.0f}% of the indicators {'moved favourably' if mixed else 'rose'}"
    if of.rising_a_year_ago is not None:
        zh += f"，{month(of.year_ago).zh}为{of.rising_a_year_ago:.0f}%"
        en += f", against {of.rising_a_year_ago:.0f}% in {month(of.year_ago).en}"
    return Text(zh + "。", en + ".")


def _absent(recipe: Recipe, of: Attribution) -> Text:
    names = [recipe.indicator(key).name for key in of.absent]
    return Text(
        f"以下指标本期没有数值，未计入：{'、'.join(n.zh for n in names)}。",
        f"Without a value this time, and not counted: {', '.join(n.en for n in names)}.",
    )


def _points(points: float) -> str:
    return f"{round(points, 1) + 0.0:+.1f}".replace("-", "\N{MINUS SIGN}")
