"""A light in one sentence: what it shows and since when, why, who set it by hand, and whether its data have ended."""

from dataclasses import replace
from typing import TYPE_CHECKING

from touchstone.calc.warning.colour import colour, legend, named
from touchstone.facts.text import Text, capital, plural

if TYPE_CHECKING:
    from touchstone.calc.warning.light import Light


def worded(light: "Light") -> "Light":
    """The light with its sentence, from what it is."""
    words = _computed(light)
    if hand := light.override:
        name, rules = light.colour_name, named("colours", light.computed)
        words = Text(
            f"人工调整为{name.zh}（{hand.author}，{hand.since}至{hand.until}：{hand.reason}）；计算结果为{rules.zh}。{words.zh}",
            f"Set by hand to {name.en} ({hand.author}, {hand.since} to {hand.until}: {hand.reason}); computed: {rules.en}. {words.en}",
        )
    if light.outdated:
        words = Text(
            f"{words.zh}。数据止于{in_chinese(light.period)}，此后没有数据，灯号不再是现况",
            f"{words.en}. The data end in {light.period}; the light no longer says how things stand",
        )
    return replace(light, words=capital(words))


def read_in(light: "Light", mode: str) -> "Light":
    """The same light with its colours read by severity or by direction."""
    shown = colour(light.score, mode)
    strip = tuple(replace(point, colour=colour(point.score, mode)) for point in light.strip)
    computed = colour(light.computed_score, mode)
    return worded(
        replace(
            light, mode=mode, colour=shown, colour_name=named("colours", shown), legend=legend(mode), strip=strip, computed=computed
        )
    )  # fmt: skip


def in_chinese(period: str) -> str:
    """A period for a Chinese sentence: a bare year would read as a number.

    >>> in_chinese("2024"), in_chinese("2024-05")
    ('2024年', '2024-05')
    """
    return f"{period}年" if len(period) == 4 else period


def _computed(light: "Light") -> Text:
    what, of = named("sides", light.side), named("frequencies", light.frequency)
    name, held = named("colours", light.computed), light.spell
    head = Text(
        f"{light.name.zh}·{what.zh}（{of.zh}）：{name.zh}",
        f"{light.name.en}, {what.en} ({of.en}): {name.en}",
    )
    if held is None and not light.silent:
        return Text(f"{head.zh}，该频率没有规则", f"{head.en}, no rule at this frequency")
    if held is None:
        return Text(f"{head.zh}，无数据", f"{head.en}, no data")
    source = light.rolled_from and named("frequencies", light.rolled_from)
    from_zh, from_en = (
        (f"，由{source.zh}度灯号汇总", f", rolled up from the {source.en}") if source else ("", "")
    )
    because = [each.words for each in light.reasons if each.score] or [
        each.words for each in light.reasons[:1]
    ]
    said = capital(Text("；".join(text.zh for text in because), "; ".join(text.en for text in because)))
    return Text(
        f"{head.zh}，自{in_chinese(held.since)}起{held.days}天{from_zh}。{said.zh}",
        f"{head.en} since {held.since}, {plural(held.days, 'day')}{from_en}. {said.en}",
    )
