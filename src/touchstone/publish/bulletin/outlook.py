"""The outlook: what follows from declared rules, with the figures behind it. Nothing is said that no rule says.

Rules and thresholds are data/bulletins/outlook.toml, or the `outlook.toml` of a workspace. Every sentence is of kind
"rule".
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from touchstone.calc.price_signal import Breadth, Spread, Trend, breadth, spread, trend
from touchstone.errors import UnreadableFile
from touchstone.facts.calendar import calendar
from touchstone.facts.fact import Fact
from touchstone.facts.market_calendar import calendar_code
from touchstone.facts.text import Text, capital
from touchstone.publish.bulletin.template import said
from touchstone.publish.bulletin.week import Told, Week
from touchstone.publish.format import value, with_unit
from touchstone.publish.report.report import Sentence

_SHIPPED = Path(__file__).parents[2] / "data" / "bulletins" / "outlook.toml"
_THRESHOLDS = {"trend": ("weeks",), "breadth": ("quotations", "most"), "spread": ("quotes", "wide", "narrow")}
_WORDS = {
    "trend": ("up", "down"),
    "breadth": ("mostly_up", "mostly_down", "mostly_kept", "mixed"),
    "spread": ("is_wide", "is_narrow"),
}
_PLACES = {
    "trend": ("market", "product", "verb", "noun", "sense", "weeks", "percent"),
    "breadth": ("all", "up", "down", "kept", "sense"),
    "spread": ("market", "product", "spread", "count", "median", "sense"),
}
"""What the sentence of a rule can be filled with."""
_COUNTED = {
    "周": Text("周", " weeks"), "个": Text("个", ""), "次": Text("次", " quotes"),
}  # fmt: skip
"""How what is counted is called behind its number."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Sentences that follow from rules, and the derived facts whose numbers they say."""

    sentences: tuple[Sentence, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class OutlookRule:
    """One rule: its thresholds, its sentence, and the words it chooses between."""

    id: str
    thresholds: dict[str, int]
    text: Text
    words: dict[str, Text]

    def sentence(self, facts: Sequence[Fact], **words: Text) -> Sentence:
        """The sentence with its words and numbers filled in."""
        zh = self.text.zh.format(**{name: word.zh for name, word in words.items()})
        en = self.text.en.format(**{name: word.en for name, word in words.items()})
        return Sentence(capital(Text(zh, en)), "rule", tuple(fact.id for fact in facts), f"outlook.{self.id}")


def outlook_rules(own: Path | None = None) -> dict[str, OutlookRule]:
    """The rules of a workspace: its own file where it has one, else those shipped.

    Raises:
        UnreadableFile: the file is not TOML, or lacks a rule, a threshold or a word.
    """
    path = own if own and own.exists() else _SHIPPED
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: _rule(name, given[name]) for name in _THRESHOLDS}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        reason = f"no {error}" if isinstance(error, KeyError) else str(error)
        raise UnreadableFile(
            "BULLETIN-002", path.name, reason, "rules trend, breadth and spread with their thresholds and words",
            "no bulletin was made", "correct it; data/bulletins/outlook.toml is an example",
            zh=(reason, "trend、breadth、spread三条规则及其阈值和用语", "没有编制周报",
                "改正该文件；可参照data/bulletins/outlook.toml"),
        ) from error  # fmt: skip


def _rule(name: str, given: dict[str, Any]) -> OutlookRule:
    thresholds = {key: int(given[key]) for key in _THRESHOLDS[name]}
    words = {key: Text(**given[key]) for key in _WORDS[name]}
    for text in (given["zh"], given["en"]):
        places = {place for _, place, _, _ in Formatter().parse(text) if place is not None}
        if unknown := places - set(_PLACES[name]):
            raise ValueError(f"{name} knows no place {', '.join(f'{{{each}}}' for each in sorted(unknown))}")
    return OutlookRule(name, thresholds, Text(given["zh"], given["en"]), words)


def outlook(week: Week, rules: dict[str, OutlookRule]) -> Outlook:
    """What the rules say of the week.

    Args:
        week: its quotes and moves.
        rules: see `outlook_rules`.
    """
    found = [*_breadth(week, rules["breadth"])]
    for told in week.told.values():
        found += [*_trend(told, week, rules["trend"]), *_spread(told, week, rules["spread"])]
    return Outlook(
        tuple(sentence for sentence, _ in found), tuple(fact for _, facts in found for fact in facts)
    )


def _breadth(week: Week, rule: OutlookRule) -> Iterator[tuple[Sentence, list[Fact]]]:
    known = [(told.direction, told.source_of_change) for told in week.told.values()]
    moved = [
        (way, change.mean or change.low or change.high)
        for way, change in known
        if change is not None and way is not None
    ]
    directions = [(way, fact) for way, fact in moved if fact]
    found = breadth(directions, week.day)
    if found is None or found.all.value < rule.thresholds["quotations"]:
        return
    facts = [found.all, found.up, found.down, found.kept]
    numbers = {name: _written(fact) for name, fact in zip(("all", "up", "down", "kept"), facts, strict=True)}
    yield rule.sentence(facts, sense=rule.words[_sense(found, rule)], **numbers), facts


def _sense(found: Breadth, rule: OutlookRule) -> str:
    for name, fact in (("up", found.up), ("down", found.down), ("kept", found.kept)):
        if fact.value * 100 >= rule.thresholds["most"] * found.all.value:
            return f"mostly_{name}"
    return "mixed"


def _trend(told: Told, week: Week, rule: OutlookRule) -> Iterator[tuple[Sentence, list[Fact]]]:
    quotation = told.quote.quotation
    same = [q for q in week.history[quotation.code] if q.unit == told.quote.unit]
    open_days = calendar(calendar_code(quotation))
    found: Trend | None = trend(same, week.day, rule.thresholds["weeks"], open_days)
    if found is None:
        return
    up = found.direction > 0
    words = {
        "verb": said("commentary", "up" if up else "down"),
        "noun": said("commentary", "rise" if up else "fall"),
        "sense": rule.words["up" if up else "down"],
        "weeks": _written(found.weeks),
        "percent": _written(found.percent),
    }
    facts = [found.weeks, found.percent]
    yield rule.sentence(facts, **_named(told, week), **words), facts


def _spread(told: Told, week: Week, rule: OutlookRule) -> Iterator[tuple[Sentence, list[Fact]]]:
    found: Spread | None = spread(week.history[told.quote.quotation.code], rule.thresholds["quotes"])
    if found is None:
        return
    wide, narrow = found.ratio >= rule.thresholds["wide"], found.ratio <= rule.thresholds["narrow"]
    if wide or narrow:
        sense = rule.words["is_wide" if wide else "is_narrow"]
        numbers = {name: _written(getattr(found, name)) for name in ("now", "count", "median")}
        words = {"spread": numbers["now"], "count": numbers["count"], "median": numbers["median"]}
        facts = [found.now, found.count, found.median]
        yield rule.sentence(facts, sense=sense, **_named(told, week), **words), facts


def _named(told: Told, week: Week) -> dict[str, Text]:
    quotation = told.quote.quotation
    return {"market": week.layout.market(quotation.market), "product": week.layout.product(quotation)}


def _written(fact: Fact) -> Text:
    """A number with what it counts; a percentage without its sign, which the verb before it gives."""
    zh, en = (value(fact, lang).lstrip("+\N{MINUS SIGN}") for lang in ("zh", "en"))
    if counted := _COUNTED.get(fact.unit):
        return Text(zh + counted.zh, en + (counted.en.removesuffix("s") if fact.value == 1 else counted.en))
    return Text(with_unit(zh, fact.unit, "zh"), with_unit(en, fact.unit, "en"))
