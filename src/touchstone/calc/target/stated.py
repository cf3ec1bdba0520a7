"""Targets as documents state them: facts with the status of a target, joined to the indicators they speak of and to the targets we keep.

A fact is a target of an indicator if its sentence has the words of `data/targets/indicators.toml`; nothing is guessed beyond them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from touchstone.calc.target.indicator import Indicator, indicators
from touchstone.calc.target.target import Target
from touchstone.errors import UnitMismatch, UnknownUnit
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.period import span
from touchstone.facts.text import Text
from touchstone.facts.unit import convert

STATES = ("kept", "differs", "new", "unknown")
"""As a target we keep says; of its indicator and year but with another value; of an indicator, and nobody keeps it; of none we know."""
_SENSE = {"over": ("least", True), "under": ("most", False)}
_LEAST, _MOST = (
    ("以上", "不低于", "不少于", "至少", "at least"),
    ("以下", "以内", "不高于", "不超过", "控制在", "at most"),
)
_MORE, _LESS = ("超过", "高于", "大于", "more than"), ("低于", "小于", "不到", "less than")
_ENDS = "。；;\n！？"


@dataclass(frozen=True, slots=True)
class Stated:
    """A target that a document states.

    Attributes:
        sentence: it stands in; words: of it, by which the indicator is known.
        indicator: None where none is known by the words; value: in its unit; year: the last of the period.
        sense: "least", "most" or "" where the sentence does not say; strict: whether the very value is not enough.
        targets: those we keep that it states or differs from; state: of `STATES`; why: in words.
    """

    fact: Fact
    sentence: str
    indicator: Indicator | None
    words: tuple[str, ...]
    value: Fraction | None
    year: int | None
    sense: str
    strict: bool
    targets: tuple[Target, ...]
    state: str
    why: Text


def stated(
    facts: Iterable[Fact], kept: Iterable[Target], sentence: Callable[[Fact], str],
    products: Callable[[Fact], Iterable[str]] | None = None, place: str = "",
) -> tuple[Stated, ...]:  # fmt: skip
    """The facts that are targets, each with what it states.

    Args:
        facts: of any status.
        sentence: the words a fact stands in, as `sentence_of` cuts them out of a document.
        products: item keys that a fact speaks of, by which targets of other products are set aside; none narrows nothing.
        place: ISO code of the place that the document is of, by which targets of other places are set aside; "" narrows nothing.
    """
    every = tuple(each for each in kept if place in ("", each.place))
    return tuple(
        _stated(fact, every, sentence(fact), tuple(products(fact)) if products else ())
        for fact in facts
        if fact.status == "target"
    )


def sentence_of(document: Document | None, fact: Fact) -> str:
    """The sentence of its document that a fact stands in; its quote where the document is not at hand."""
    if (
        document is None
        or fact.locator is None
        or document.text[fact.locator.start : fact.locator.end] != fact.quote
    ):
        return f"{fact.subject_words} {fact.quote}".strip()
    text, start, end = document.text, fact.locator.start, fact.locator.end
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    ends = [at for mark in _ENDS if (at := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text)) + 1].strip()


def _stated(fact: Fact, kept: tuple[Target, ...], sentence: str, products: tuple[str, ...]) -> Stated:
    indicator, words = known_by(fact, sentence)
    year = span(fact.period)[1].year if fact.period else None
    sense, strict = _sense(fact, sentence)
    if indicator is None:
        why = Text(
            "句中没有已知指标的用语，或单位不符",
            "the sentence has the words of no indicator that is known, or another unit",
        )
        return Stated(fact, sentence, None, (), None, year, sense, strict, (), "unknown", why)
    value = Fraction(convert(fact.value, fact.unit, indicator.unit))
    same = tuple(each for each in kept if _same(each, indicator, year, sense, products))
    agree = tuple(each for each in same if each.value == value)
    state = "kept" if agree else "differs" if same else "new"
    return Stated(
        fact,
        sentence,
        indicator,
        words,
        value,
        year,
        sense,
        strict,
        agree or same,
        state,
        _why(state, agree or same),
    )


def known_by(fact: Fact, sentence: str) -> tuple[Indicator | None, tuple[str, ...]]:
    """The indicator whose words the clause of a fact says most of, among those of its kind of unit; and these words."""
    clause = _near(fact, sentence)
    found = [
        (sum(map(len, said)), said, each)
        for each in indicators().values()
        if (said := each.said(clause)) and _fits(fact, each)
    ]
    if not found:
        return None, ()
    _, said, each = max(found, key=lambda one: one[0])
    return each, said


def _near(fact: Fact, sentence: str) -> str:
    """The clause of the figure, so that one sentence can hold several targets; the sentence where the quote is not in it."""
    at = sentence.find(fact.quote) if fact.quote else -1
    if at < 0:
        return f"{sentence} {fact.subject_words}"
    first = max(sentence.rfind(mark, 0, at) for mark in "，,")
    end = at + len(fact.quote)
    clause = sentence[
        first + 1 : min(
            (found for mark in "，," if (found := sentence.find(mark, end)) >= 0), default=len(sentence)
        )
    ]
    return f"{clause} {fact.subject_words}"


def _fits(fact: Fact, indicator: Indicator) -> bool:
    if fact.measure.endswith((".change", ".yoy", ".mom")):
        return False
    try:
        return indicator.possible(Fraction(convert(fact.value, fact.unit, indicator.unit)))
    except (UnitMismatch, UnknownUnit):
        return False


def _sense(fact: Fact, sentence: str) -> tuple[str, bool]:
    """What the words beside the figure say of it; "30 % or more" includes 30, "more than 30 %" does not."""
    at = sentence.find(fact.quote) if fact.quote else -1
    around = sentence[max(0, at - 6) : at + len(fact.quote) + 3] if at >= 0 else ""
    for marks, sense, strict in (
        (_LEAST, "least", False),
        (_MOST, "most", False),
        (_MORE, "least", True),
        (_LESS, "most", True),
    ):
        if any(mark in around for mark in marks):
            return sense, strict
    return _SENSE.get(fact.approx or "", ("", False))


def _same(
    target: Target, indicator: Indicator, year: int | None, sense: str, products: tuple[str, ...]
) -> bool:
    if (target.indicator, target.year, target.base) != (indicator.key, year, None) or sense not in (
        "",
        target.sense,
    ):
        return False
    return not products or not target.products or bool(set(products) & set(target.products))


def _why(state: str, found: tuple[Target, ...]) -> Text:
    zh, en = "、".join(each.name.zh for each in found), ", ".join(each.name.en for each in found)
    return {
        "kept": Text(f"与所列目标一致：{zh}", f"as the target we keep: {en}"),
        "differs": Text(f"与所列目标的数值不同：{zh}", f"another value than the target we keep: {en}"),
        "new": Text("所列目标中没有", "not among the targets we keep"),
    }[state]
