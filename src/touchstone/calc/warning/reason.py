"""Why a light is what it is, in words: each rule with its value, what the value had to be, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass

from touchstone.calc.warning.colour import named
from touchstone.calc.warning.measures import MEASURES, written
from touchstone.calc.warning.rule import Material, Rule
from touchstone.calc.warning.sentence import in_chinese
from touchstone.calc.warning.spell import Spell, spell
from touchstone.calc.warning.watch import Watch
from touchstone.facts.text import Text, plural


@dataclass(frozen=True, slots=True)
class Reason:
    """What one rule says.

    Attributes:
        period: of its last reading.
        value: of the measure, and `reading` what the cuts are held against (its rank in the own past, or the value itself).
        low, high: the cuts in the unit of the measure, level by level.
        standing: "calibrated" where the rule has a card with enough history, else "uncalibrated".
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


def reason(read: Watch, standing: str) -> Reason:
    """What a rule says at its last reading."""
    row, rule = read.last, read.rule
    score = float(read.scores[row])
    cuts = read.cut_values(row)
    held = spell(history(read))
    value = float(read.values[row])
    words = _words(read, row, held, written(value, MEASURES[rule.measure].form))
    if standing != "calibrated":
        words = Text(f"{words.zh}（未校准）", f"{words.en} (uncalibrated)")
    return Reason(
        rule.key, rule.name, rule.measure, read.periods[row], value, float(read.readings[row]), score, held,
        cuts.low, cuts.high, standing, words, _facts(read, row),
    )  # fmt: skip


def history(read: Watch) -> dict[str, float]:
    """The score of each period from the first reading to the last."""
    import numpy as np

    first = int(np.flatnonzero(~np.isnan(read.readings))[0])
    part = slice(first, read.last + 1)
    return dict(zip(read.periods[part], read.scores[part].tolist(), strict=True))


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
        return Text(
            f"{rule.name.zh}：{in_chinese(period)}为{value}，在阈值（{'、'.join(ends)}）以内",
            f"{rule.name.en}: {value} in {period}, within its bounds ({', '.join(ends)})",
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
    reading = float(read.readings[row])
    cut = (rule.cuts.high if state > 0 else rule.cuts.low)[level]
    beyond = reading >= cut if state > 0 else reading <= cut
    if beyond:
        way_zh, way_en = ("高于", "above") if state > 0 else ("低于", "below")
    else:
        way_zh, way_en = "已回到阈值以内但未满足解除条件，阈值", "back inside but not yet released, cut"
    return Text(
        f"{rule.name.zh}：{in_chinese(period)}为{value}，{way_zh}{of_zh}；自{in_chinese(held.since)}起已{held.periods}期",
        f"{rule.name.en}: {value} in {period}, {way_en} {of_en}; since {held.since}, {plural(held.periods, 'period')}",
    )


def no_data(material: Material, rule: Rule, missing: tuple[str, ...]) -> Silent:
    """A rule without its series: which are missing, by name and by what facts they would be made of."""
    roles = [key.split(".")[1] for key in missing]
    zh = "、".join(f"{named('roles', role).zh}（{_what(material, role)}）" for role in roles)
    en = ", ".join(f"{named('roles', role).en} ({_what(material, role)})" for role in roles)
    of = named("frequencies", rule.frequency)
    return Silent(
        rule.key, rule.name, "",
        Text(f"{rule.name.zh}：无数据，缺少{of.zh}度序列：{zh}", f"{rule.name.en}: no data; missing by {of.en}: {en}"),
    )  # fmt: skip


def too_old(given: Reason, now: str) -> Silent:
    """A rule whose last reading is so far behind the others that it no longer counts."""
    return Silent(
        given.rule, given.name, "",
        Text(
            f"{given.name.zh}：最近读数为{in_chinese(given.period)}，距{in_chinese(now)}过久，不再计入",
            f"{given.name.en}: its last reading is of {given.period}, too long before {now} to count",
        ),
    )  # fmt: skip


def _what(material: Material, role: str) -> str:
    wanted = material.wanted(role)
    return f"{wanted.subject}@{wanted.place} {wanted.measure}" if wanted else "-"


def standing(cards: Mapping[tuple[str, str, str], bool], material: str, rule: Rule) -> str:
    """Whether any card of a rule is calibrated; cards by material, rule and frequency."""
    return "calibrated" if cards.get((material, rule.key, rule.frequency)) else "uncalibrated"
