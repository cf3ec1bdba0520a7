"""Why a rate of exchange cannot be used, in both languages."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from touchstone.errors import NoRate
from touchstone.facts.fact import Fact
from touchstone.facts.unit import unit


def is_absent(day: date, base: str, quote: str, reach: int) -> NoRate:
    """Nobody stated a rate within reach."""
    return NoRate(
        "RATE-001", f"{base}/{quote} {day}", f"no rate on this day or in the {reach} days before",
        f"a rate of {quote} per {base}", "nothing was converted",
        "import a series of exchange rates that covers the day: touchstone import --list",
        zh=(f"当日及此前{reach}天都没有牌价", f"{base}兑{quote}的汇率", "没有换算",
            "导入覆盖该日的汇率序列：touchstone import --list"),
    )  # fmt: skip


def refusal_of(
    facts: Sequence[Fact], pair: tuple[str, str], period: str, name_of: Mapping[str, str]
) -> NoRate | None:
    """Why none of the rates stated for one period can be used; None where they agree within their printed places."""
    where = f"{pair[0]}/{pair[1]} {period}"
    if below := [fact for fact in facts if fact.value <= 0]:
        return _is_not_positive(where, below[0])
    ends = [(Fraction(fact.low) * _scale(fact), Fraction(fact.high) * _scale(fact)) for fact in facts]
    return (
        _disagree(where, facts, name_of)
        if max(low for low, _ in ends) > min(high for _, high in ends)
        else None
    )


def _scale(fact: Fact) -> Fraction:
    return unit(fact.unit).factor


def _is_not_positive(where: str, fact: Fact) -> NoRate:
    return NoRate(
        "RATE-004", where, f"{fact.value} {fact.unit}", "a rate of exchange above zero",
        "this rate was left out, the others count", "correct the figure in the source",
        zh=(f"{fact.value}{fact.unit}", "大于零的汇率", "这条汇率未采用，其余照常", "改正来源中的数字"),
    )  # fmt: skip


def _disagree(where: str, facts: Sequence[Fact], name_of: Mapping[str, str]) -> NoRate:
    stated = dict.fromkeys(
        f"{fact.value} {fact.unit} ({name_of.get(fact.source, fact.source[:12])})" for fact in facts
    )
    found = "; ".join(stated)
    return NoRate(
        "RATE-003", where, f"two rates stated: {found}", "one rate",
        "neither was used, the other days count", "correct the one that is wrong, or withdraw its document",
        zh=(f"有两个不同的汇率：{found}", "一个汇率", "两个都未采用，其余日期照常", "改正错的那一个，或撤回其文件"),
    )  # fmt: skip
