"""Why a price cannot be a quote, in both languages: one function for each reason."""

from collections.abc import Sequence

from touchstone.errors import UnusableQuote
from touchstone.facts.fact import Fact
from touchstone.facts.period import span
from touchstone.facts.quotation import Quotation
from touchstone.facts.quote import Quote

_SO = "this quote was left out, the others count"
_SO_ZH = "这条报价未采用，其余照常"


def is_reversed(where: str, low: Fact, high: Fact) -> UnusableQuote:
    """The low end is above the high end."""
    found = f"low {low.value} > high {high.value} {low.unit}"
    return UnusableQuote(
        "QUOTE-002", where, found, "a low end not above the high end", _SO, "correct the figure, or swap the two ends",
        zh=(f"最低价{low.value}高于最高价{high.value}{low.unit}", "最低价不高于最高价", _SO_ZH, "改正数字，或对调两端"),
    )  # fmt: skip


def is_negative(where: str, fact: Fact) -> UnusableQuote:
    """A price is negative or zero."""
    return UnusableQuote(
        "QUOTE-003", where, f"{fact.value} {fact.unit}", "a price above zero", _SO,
        "correct the figure; a fee or a discount is not a price of the commodity",
        zh=(f"{fact.value}{fact.unit}", "大于零的价格", _SO_ZH, "改正数字；加工费、贴水不是商品价格"),
    )  # fmt: skip


def carries_no_unit(where: str, fact: Fact) -> UnusableQuote:
    """The printed unit is missing, unknown, or no money per quantity that the quotation would complete."""
    found = f"{fact.value} {fact.unit!r}"
    return UnusableQuote(
        "QUOTE-004", where, found, "a unit such as 元/公斤 or USD/lb", _SO,
        "add the unit to the head of the column, or declare the quotation in quotations.toml",
        zh=(f"{fact.value}，单位“{fact.unit}”", "元/公斤、美元/磅一类的单位", _SO_ZH,
            "在表头补上单位，或在quotations.toml中声明这一报价"),
    )  # fmt: skip


def mixes_units(where: str, low: Fact, high: Fact) -> UnusableQuote:
    """The two ends are printed in units of different kinds, or in sizes no decimal brings together."""
    found = f"low {low.value} {low.unit}, high {high.value if high.value_high is None else high.value_high} {high.unit}"
    return UnusableQuote(
        "QUOTE-008", where, found, "both ends in one unit", _SO, "correct the unit of one of the two ends",
        zh=(f"最低价{low.value}{low.unit}，最高价{high.value if high.value_high is None else high.value_high}{high.unit}",
            "两端同一单位", _SO_ZH, "改正其中一端的单位"),
    )  # fmt: skip


def lacks_an_end(where: str, fact: Fact) -> UnusableQuote:
    """Only one end of a range is there."""
    end, missing, zh = (
        ("low", "high", "只有最低价") if fact.measure == "price.low" else ("high", "low", "只有最高价")
    )
    return UnusableQuote(
        "QUOTE-005", where, f"only the {end} end: {fact.value} {fact.unit}", f"the {missing} end beside it", _SO,
        "add the other end, or give the price as a single one",
        zh=(f"{zh}：{fact.value}{fact.unit}", "旁边有另一端", _SO_ZH, "补上另一端，或作为单一价格给出"),
    )  # fmt: skip


def contradicts(where: str, quotes: Sequence[Quote]) -> UnusableQuote:
    """One document, or two published on one day, give two quotes for one day."""
    found = "; ".join(dict.fromkeys(f"{q.low}-{q.high} {q.unit}" for q in quotes))
    return UnusableQuote(
        "QUOTE-006", where, f"two quotes for one day: {found}", "one quote a day", _SO,
        "correct the one that is wrong; the ledger keeps both as printed",
        zh=(f"同一天有两个报价：{found}", "每天一个报价", _SO_ZH, "改正错的那一个；账本保留原文"),
    )  # fmt: skip


def names_no_market(named: str, facts: Sequence[Fact]) -> UnusableQuote:
    """The prices of one commodity in a document of whose market nothing says which it is."""
    last, many = max(facts, key=lambda f: span(f.period or "")[1]), len(facts)
    found = f"prices of {last.subject_words} found without a market: {many} figure{'s' * (many > 1)}"
    return UnusableQuote(
        "QUOTE-009", f"{named} {last.subject} {last.period}", found, "a market in the row, the head or the heading above",
        "these are no quotes; the ledger keeps them as printed",
        "name the market in the table, in a column 市场 (market), in the head or in the heading above it",
        zh=(f"{last.subject_words}的价格没有市场：{many}个数字", "行内、表头或其上标题写明市场", "这些数字不成为报价；账本保留原文",
            "在表中写明市场：设“市场”一列，或写在表头、表上标题中"),
    )  # fmt: skip


def denies_its_tax(where: str, fact: Fact, quotation: Quotation) -> UnusableQuote:
    """The price states another tax basis than the quotation is stated to have."""
    other = {"included": ("with tax", "含税"), "excluded": ("without tax", "不含税"), "": ("unknown", "不明")}
    english, chinese = other[quotation.tax]
    return UnusableQuote(
        "QUOTE-007", where, f"{fact.subject_words!r}, where the quotation is stated to be {english}",
        "the tax basis of the quotation", _SO,
        "correct the tax basis in the table, or declare a quotation of its own for it in quotations.toml",
        zh=(f"“{fact.subject_words}”，而报价规格已注明{chinese}", "与报价规格一致的含税口径", _SO_ZH,
            "改正表中的含税口径，或在quotations.toml中为其另行声明报价"),
    )  # fmt: skip
