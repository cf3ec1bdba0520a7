"""A figure laid beside a level: how far off it is, and which unit or currency it would be right in.

A figure may be near a level as it is. Where it is not, it is multiplied by every factor that is known to be mistaken
for nothing: between units, between currencies. The one that brings it nearest explains it, and no other is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from touchstone.desk.declared import kinds
from touchstone.desk.detectors.case import Case, Price, result
from touchstone.desk.detectors.rate import CURRENCIES, Factor, swap
from touchstone.desk.input import Input
from touchstone.desk.result import Result
from touchstone.desk.wording import plain, span_text
from touchstone.facts.quotation import currency
from touchstone.facts.text import Text
from touchstone.facts.unit import convert, format_unit, unit

UNIT, CURRENCY = "wrong_unit", "wrong_currency"
Ends = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure and the level it is laid beside, both in the unit of the method.

    Attributes:
        of: "value", or the id of the input whose figure it is.
        inputs: what the figure stands on.
    """

    of: str
    name: Text
    figure: Ends
    level: Price
    ends: Ends
    inputs: tuple[Input, ...]


def values(case: Case) -> Iterator[Beside]:
    """Each end of the value beside the inputs, the value before and the ledger's last quote."""
    if case.value is None:
        return
    low, high = Fraction(case.value.low), Fraction(case.value.high)
    names = (
        ((low, "评估值", "the value"),)
        if low == high
        else ((low, "最低", "the low"), (high, "最高", "the high"))
    )
    for level in filter(None, (case.reported(), case.before, case.quoted)):
        if ends := level.ends_in(case.method.unit):
            for end, zh, en in names:
                said = f"{plain(end)}"
                yield Beside(
                    "value", Text(f"{zh} {said}", f"{en} {said}"), (end, end), level, ends, case.used
                )


def inputs(case: Case) -> Iterator[Beside]:
    """Each input used beside the ledger's last quote, and beside the other inputs used.

    Where the last quote bears an input out, it is another one that is far from it, and that one is told.
    """
    for given in case.used:
        ends = given.ends_in(case.method.unit)
        rest = case.spanned((each for each in case.used if each.id != given.id), OTHERS)
        quoted = case.quoted and case.quoted.ends_in(case.method.unit)
        assert ends
        if case.quoted and quoted:
            yield Beside(given.id, _name(given), ends, case.quoted, quoted, (given,))
        is_borne_out = quoted and gap(ends, quoted) <= 1 + tolerance(case)
        if rest and not is_borne_out and (others := rest.ends_in(case.method.unit)):
            yield Beside(given.id, _name(given), ends, rest, others, (given,))


OTHERS = Text("其余输入", "the other inputs")


def gap(figure: Ends, level: Ends) -> Fraction:
    """How many times a figure is above or below a level, 1 where the two meet."""
    return max(figure[0] / level[1], level[0] / figure[1], Fraction(1))


def tolerance(case: Case) -> Fraction:
    """How far from a level a figure may be and still be near it, as a share of it."""
    return Fraction(case.parameter(UNIT, "near"), 100)


def explained(case: Case, test: str) -> Iterator[Result]:
    """One failure for the value and for each input that a factor of one test explains; one result where none is."""
    laid = [*values(case), *inputs(case)]
    known = [(name, factor) for name in (UNIT, CURRENCY) for factor in factors(case, name)]
    found = [
        (each, best) for each in laid if (best := _best(each, known, tolerance(case))) and best[0] == test
    ]
    yield from together(test, [(each, _told(each, factor)) for each, (_, factor) in found])
    if laid and not found:
        yield result(test, "holds", _none(case, test, laid), case.used)


def together(test: str, failing: list[tuple[Beside, Text]]) -> Iterator[Result]:
    """One failure for all that is told of the value, and one for all that is told of an input."""
    for of in dict.fromkeys(each.of for each, _ in failing):
        said = [(each, words) for each, words in failing if each.of == of]
        text = Text("；".join(words.zh for _, words in said), "; ".join(words.en for _, words in said))
        yield result(test, "fails", text, said[0][0].inputs)


def beside(laid: list[Beside]) -> Text:
    """The levels that figures were laid beside, each once: the inputs used 1595-1610 yuan/kg."""
    levels = {each.level.name.en: each.level for each in laid}.values()
    return Text(
        "；".join(f"{each.name.zh} {each.text.zh}" for each in levels),
        "; ".join(f"{each.name.en}, {each.text.en}" for each in levels),
    )


def factors(case: Case, test: str) -> list[Factor]:
    """What a figure may have been multiplied by in error, either way round."""
    if test == UNIT:
        pairs = [(one, other) for one, other in case.parameter(UNIT, "pairs")]
        known = [_between(one, other) for one, other in pairs]
    else:
        own = currency(unit(case.method.unit))
        others = [code for code in CURRENCIES if code != own and own in CURRENCIES]
        known = [found for code in others if (found := swap(case, code, own))]
    return [each for factor in known for each in (factor, factor.inverse)]


def _between(one: str, other: str) -> Factor:
    factor = convert(1, one, other)
    zh, en = ([format_unit(each, lang) for each in (one, other)] for lang in ("zh", "en"))
    words = Text(f"{zh[0]}与{zh[1]}之比 {plain(factor)}", f"the {plain(factor)} between {en[0]} and {en[1]}")
    return Factor(factor, factor, words)


def _best(each: Beside, known: list[tuple[str, Factor]], near: Fraction) -> tuple[str, Factor] | None:
    """The factor that brings a figure nearest to its level; None where it is near as it is, or none brings it near."""
    if not known or gap(each.figure, each.ends) <= 1 + near:
        return None
    best = min(
        known, key=lambda one: (gap(_times(each.figure, one[1]), each.ends), _off_middle(each, one[1]))
    )
    return best if gap(_times(each.figure, best[1]), each.ends) <= 1 + near else None


def _times(figure: Ends, factor: Factor) -> Ends:
    return figure[0] * factor.low, figure[1] * factor.high


def _off_middle(each: Beside, factor: Factor) -> Fraction:
    ratio = sum(_times(each.figure, factor), Fraction(0)) / sum(each.ends, Fraction(0))
    return max(ratio, 1 / ratio)


def _told(each: Beside, factor: Factor) -> Text:
    """最低 225 × 7.1775 = 1614.94，与所用输入 1595-1610 元/公斤相近（2023-10-13 汇率 7.1775）."""
    spoken = "-".join(dict.fromkeys(plain(end) for end in _times(each.figure, factor)))
    level = each.level.text
    return Text(
        f"{each.name.zh} × {factor.number} = {spoken}，才接近{each.level.name.zh} {level.zh}（{factor.words.zh}）",
        f"{each.name.en} × {factor.number} = {spoken} is near {each.level.name.en}, {level.en} ({factor.words.en})",
    )


def _none(case: Case, test: str, laid: list[Beside]) -> Text:
    assert case.value
    value, levels, known = case.value.text, beside(laid), factors(case, test)
    zh = "；".join(dict.fromkeys(factor.words.zh for factor in known))
    en = "; ".join(dict.fromkeys(factor.words.en for factor in known))
    return Text(
        f"{value.zh} 与{levels.zh}之间，不差以下任何一项：{zh}",
        f"{value.en} and {levels.en} are apart by none of: {en}",
    )


def _name(given: Input) -> Text:
    kind, price = kinds()[given.kind], span_text(given.low, given.high, given.unit)
    return Text(f"{kind.zh} {price.zh}（{given.day}）", f"the {kind.en} at {price.en} of {given.day}")
