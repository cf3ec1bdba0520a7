"""Notices: what the editor should know before an issue goes out. None stops it; the figures are printed as they are."""

from collections.abc import Iterable, Iterator, Sequence

from touchstone.calc.price import in_unit
from touchstone.calc.price_facts import Changes
from touchstone.errors import Refusal
from touchstone.facts.fact import Fact
from touchstone.facts.period import frequency, span
from touchstone.facts.quote import Quote
from touchstone.facts.quoted import PRICES, quotes_of
from touchstone.facts.text import Text
from touchstone.publish.bulletin.stated import Stated, differ
from touchstone.publish.bulletin.week import Told, Week
from touchstone.publish.bulletin.written import listed, price

_PRINTED, _PRINTED_ZH = "the issue is printed with the computed figures", "按算出的数字刊出"


class Notice(Refusal):
    """Something of the week that an editor should look at."""


def left_out(problems: Iterable[Refusal], week: Week) -> list[Refusal]:
    """The quotes of days in the week that contradict themselves, whatever else their documents say."""
    return [each for each in problems if week.covers(each.where.rpartition(" ")[2])]


def unplaced(quotes: Iterable[Quote], week: Week) -> Iterator[Notice]:
    """The quotes of the week that no column and no sentence of the layout takes."""
    codes = week.layout.quotations()
    others = {
        q.quotation.code: q.quotation
        for q in quotes
        if q.quotation.code not in codes and frequency(q.period) == "D" and week.covers(q.period)
    }
    if others:
        named = listed([week.layout.named(row) for _, row in sorted(others.items())])
        yield Notice(
            "BULLETIN-011", f"bulletin {week.day}", f"quoted this week, no place in the layout: {named.en}",
            "a column or a paragraph of the layout for each quotation", "these are not printed",
            "add them to bulletin.toml of the workspace, if they belong in this bulletin",
            zh=(f"本周有报价，版式中没有位置：{named.zh}", "每种报价在版式中有一列或一段", "未刊出",
                "如应刊出，在工作区的bulletin.toml中补上"),
        )  # fmt: skip


def contradicted(week: Week) -> Iterator[Notice]:
    """The changes that a document states otherwise than the quotes of the ledger give them."""
    for told in week.told.values():
        if told.changes and told.stated:
            yield from _contradicted(told, told.changes, told.stated, week)


def _contradicted(told: Told, changes: Changes, stated: Stated, week: Week) -> Iterator[Notice]:
    for end in ("low", "high", "mean"):
        said: Fact | None = getattr(stated, end)
        ours: Fact | None = changes.percent if said and said.unit == "%" else getattr(changes, end)
        if (
            said
            and ours
            and span(said.period or "")[1] >= told.quote.day
            and differ(said, ours.value, ours.unit, ours.half_width)
        ):
            named, source = (
                week.layout.named(told.quote.quotation),
                week.names.get(said.source, said.source[:12]),
            )
            was, is_ = f"{said.value:+f} {said.unit}", f"{ours.value:+f} {ours.unit}"
            yield Notice(
                "BULLETIN-012", f"{source} {told.quote.quotation.code}",
                f"{named.en}: the document says {was} (“{said.quote}”), the quotes give {is_}",
                "the change that the two quotes give", _PRINTED, "look both quotes up; correct the one that is wrong",
                zh=(f"{named.zh}：原文为{was}（“{said.quote}”），按报价算得{is_}", "与两个报价之差一致", _PRINTED_ZH,
                    "核对两个报价，改正错的那一个"),
            )  # fmt: skip


def restated(facts: Sequence[Fact], week: Week) -> Iterator[Notice]:
    """The bases of comparisons that were quoted otherwise when the issue before was made."""
    later = [told for told in week.told.values() if _is_later(told)]
    if not later:
        return
    friday = later[0].move.comparison.friday
    known = week.quotations
    then = [f for f in facts if f.measure in PRICES and f.published and f.published <= friday]
    former = {(q.quotation.code, q.period): q for q in quotes_of(then, known).quotes}
    for told in later:
        base = told.move.base
        assert base
        was = former.get((base.quotation.code, base.period))
        was = was and (in_unit(was, base.unit) or was)
        if was and (was.low, was.high, was.unit) != (base.low, base.high, base.unit):
            yield _restated(was, base, week)


def _is_later(told: Told) -> bool:
    base = told.move.base
    return bool(base and base.published and base.published > told.move.comparison.friday)


def _restated(was: Quote, base: Quote, week: Week) -> Notice:
    named, source = week.layout.named(base.quotation), week.names.get(base.source, base.source[:12])
    old, new = price(was, week.layout), price(base, week.layout)
    found = Text(
        f"{named.zh}{base.period}的报价原为{old.zh}，其后改为{new.zh}",
        f"{named.en} of {base.period} was quoted at {old.en} and later at {new.en}",
    )
    return Notice(
        "BULLETIN-013", f"{source} {base.quotation.code}", found.en, "the quote that the issue before was made from",
        "the change is against the later statement", "look the quote up; say in your judgement that it was restated",
        zh=(found.zh, "与上一期所据报价一致", "涨跌按后来的报价计算", "核对该报价；如属更正，可在评述中说明"),
    )  # fmt: skip
