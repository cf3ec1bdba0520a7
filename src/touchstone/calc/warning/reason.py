"""Why a light is what it is, in words: each rule with its value, what the value had to be, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isclose

from touchstone.calc.warning.card import Card
from touchstone.calc.warning.colour import named
from touchstone.calc.warning.measures import MEASURES, written
from touchstone.calc.warning.rule import Material, Rule
from touchstone.calc.warning.sentence import in_chinese
from touchstone.calc.warning.spell import Spell, spell
from touchstone.calc.warning.watch import Watch
from touchstone.errors import Refusal
from touchstone.facts.text import Text, plural
from touchstone.facts.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule says.

    Attributes:
        period: of its last reading.
        value: of the measure, and `reading` what the cuts are held against (its rank in the own past, or the value itself).
        low, high: the cuts in the unit of the measure, level by level.
        standing: "uncalibrated" where no card of the rule has enough history; "worthless" where they were, out of sample, no
            better than never warning; else "calibrated".
        facts: ids of the facts behind the value.
    """

    rule: str
    name: Text
    measure: str
    period: str
    value: float
    reading: float
    score: float
    spell: Spell
    low: tuple[float, ...]
    high: tuple[float, ...]
    standing: str
    words: Text
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """A rule that says nothing, and why: no data, or data that cannot be used."""

    rule: str
    name: Text
    code: str
    why: Text


_DOUBTS = {
    "uncalibrated": Text("未校准", "uncalibrated"),
    "worthless": Text(
        "已校准，样本外不优于从不报警", "calibrated, out of sample no better than never warning"
    ),
}
"""What is said of a rule that is not to be relied on."""


def reason(read: Watch, cards: Sequence[Card]) -> Reason:
    """What a rule says at its last reading, and how far it is to be trusted by its cards."""
    row, rule = read.last, read.rule
    score = float(read.scores[row])
    standing = standing_of(cards, score)
    cuts = read.cut_values(row)
    held = spell(history(read))
    value = float(read.values[row])
    words = _words(read, row, held, written(value, MEASURES[rule.measure].form))
    if standing in _DOUBTS:
        words = Text(f"{words.zh}（{_DOUBTS[standing].zh}）", f"{words.en} ({_DOUBTS[standing].en})")
    return Reason(
        rule.key, rule.name, rule.measure, read.periods[row], value, float(read.readings[row]), score, held,
        cuts.low, cuts.high, standing, words, _facts(read, row),
    )  # fmt: skip


def history(read: Watch) -> dict[str, float]:
    """The score of each period that has a reading; how long it counts on where none follows is for `spell.near` to say."""
    import numpy as np

    rows = np.flatnonzero(~np.isnan(read.readings))
    return dict(zip((read.periods[row] for row in rows), read.scores[rows].tolist(), strict=True))


def _facts(read: Watch, row: int) -> tuple[str, ...]:
    """The facts of the period itself and of the one its change is measured against."""
    back = int(read.rule.given("span", 0))
    before = read.facts[row - back] if back and row >= back else ()
    return tuple(dict.fromkeys((*read.facts[row], *before)))


def _words(read: Watch, row: int, held: Spell, value: str) -> Text:
    rule, state, cuts = read.rule, int(read.states[row]), read.cut_values(row)
    form, period = MEASURES[rule.measure].form, read.periods[row]
    if not state:
        ends = [written(side[0], form) for side in (cuts.low, cuts.high) if side]
        inside = "within its bounds" if len(ends) > 1 else "not above" if cuts.high else "not below"
        said = f"({', '.join(ends)})" if len(ends) > 1 else "".join(ends)
        return Text(
            f"{rule.name.zh}：{in_chinese(period)}为{value}，在阈值（{'、'.join(ends)}）以内",
            f"{rule.name.en}: {value} in {period}, {inside} {said}",
        )
    level, side = abs(state) - 1, cuts.high if state > 0 else cuts.low
    limit = written(side[level], form)
    share = (rule.cuts.high if state > 0 else rule.cuts.low)[level]
    own = rule.scale == "own-history"
    of_zh, of_en = (
        (f"自身历史{share:.0%}分位{limit}", f"{limit}, the {share:.0%} quantile of its own past")
        if own
        else (limit, limit)
    )
    way_zh, way_en = _way(read, row, share, side[level])
    return Text(
        f"{rule.name.zh}：{in_chinese(period)}为{value}，{way_zh}{of_zh}；自{in_chinese(held.since)}起已{held.periods}期",
        f"{rule.name.en}: {value} in {period}, {way_en} {of_en}; since {held.since}, {plural(held.periods, 'period')}",
    )


def _way(read: Watch, row: int, cut: float, limit: float) -> tuple[str, str]:
    """Where the value is from its limit, by the comparison that set the state."""
    up, reading, value = read.states[row] > 0, float(read.readings[row]), float(read.values[row])
    beyond = (reading > cut if up else reading < cut) or (reading == cut and read.rule.cuts.inclusive)
    if not beyond:
        return "已回到阈值以内但未满足解除条件，阈值", "back inside but not yet released, cut"
    if isclose(value, limit):
        return "正在阈值上：", "at"
    return ("高于", "above") if up else ("低于", "below")


def no_data(material: Material, rule: Rule, missing: tuple[str, ...]) -> Silent:
    """A rule without its series: which are missing, by name and by what facts they would be made of."""
    roles = [key.split(".")[1] for key in missing]
    zh = "、".join(f"{named('roles', role).zh}（{_what(material, role, 'zh')}）" for role in roles)
    en = ", ".join(f"{named('roles', role).en} ({_what(material, role, 'en')})" for role in roles)
    of = named("frequencies", rule.frequency)
    return Silent(
        rule.key, rule.name, "",
        Text(f"{rule.name.zh}：无数据，缺少{of.zh}度序列：{zh}", f"{rule.name.en}: no data; missing by {of.en}: {en}"),
    )  # fmt: skip


def refused(rule: Rule, error: Refusal) -> Silent:
    """A rule whose series cannot be read, or no further."""
    return Silent(rule.key, rule.name, error.code, Text(error.text("zh"), error.text("en")))


def too_old(given: Reason, now: str) -> Silent:
    """A rule whose last reading is so far behind the others that it no longer counts."""
    return Silent(
        given.rule, given.name, "",
        Text(
            f"{given.name.zh}：最近读数为{in_chinese(given.period)}，距{in_chinese(now)}过久，不再计入",
            f"{given.name.en}: its last reading is of {given.period}, too long before {now} to count",
        ),
    )  # fmt: skip


def _what(material: Material, role: str, lang: str) -> str:
    wanted = material.wanted(role)
    if wanted is None:
        return "-"
    words = [vocabulary().name(each, lang) for each in (wanted.subject, wanted.place) if each]
    return ("，" if lang == "zh" else ", ").join(words)


def standing_of(cards: Sequence[Card], score: float) -> str:
    """The standing of a rule, by its cards for what comes soonest; of a light that is not green by those of its own way."""
    sound = [card for card in cards if card.standing == "calibrated"]
    if not sound:
        return "uncalibrated"
    soonest = min(card.horizon for card in sound)
    asked = [card for card in sound if card.horizon == soonest]
    asked = [card for card in asked if card.direction * score > 0] or asked
    return "worthless" if all(card.worthless for card in asked) else "calibrated"
