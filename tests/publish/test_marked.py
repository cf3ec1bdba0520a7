"""Marks in a text, and the words around a figure."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from touchstone.facts.document import Document
from touchstone.facts.fact import Fact, Locator
from touchstone.publish.marked import context, pieces

TEXT = "电解锰报价在10200-10400元/吨，均价较上周五下跌100元/吨。市场弱势运行。"


def test_two_facts_with_one_quote_share_a_mark(fact: Callable[..., Fact]) -> None:
    low, high = (fact(v, "元/吨", start=6, quote="10200-10400元/吨") for v in ("10200", "10400"))
    cut = pieces(TEXT, 0, len(TEXT), [high, low])
    assert [p.text for p in cut if p.facts] == ["10200-10400元/吨"]
    assert {f.id for f in cut[1].facts} == {low.id, high.id}


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=8))
def test_the_pieces_together_are_the_text_whatever_overlaps(text: str, spans: list[tuple[int, int]]) -> None:
    from decimal import Decimal

    facts = [
        Fact(str(i), "s", "m", None, Decimal(1), "", Decimal(0), "a", Locator(0, start, start + length), "r")
        for i, (start, length) in enumerate(spans)
    ]
    cut = pieces(text, 0, len(text), facts)
    assert "".join(p.text for p in cut) == text


def test_the_words_around_a_figure_are_its_sentence(
    fact: Callable[..., Fact], document: Callable[..., Document]
) -> None:
    first = document(TEXT)
    change = fact("-100", "元/吨", start=TEXT.index("下跌"), quote="下跌100元/吨")
    around = context(first, (change,))
    assert (
        "".join(p.text for p in around.pieces) == "电解锰报价在10200-10400元/吨，均价较上周五下跌100元/吨。"
    )
    assert [p.text for p in around.pieces if p.facts] == ["下跌100元/吨"]


def test_a_figure_in_a_table_stands_in_its_row_under_its_heads(
    fact: Callable[..., Fact], document: Callable[..., Document]
) -> None:
    table = document([["日期", "锗（元/公斤）"], ["10月8日", "997.5"]])
    start = table.text.index("997.5")
    cell = fact("997.5", "元/公斤", locator=Locator(0, start, start + 5, 1, 1), quote="997.5")
    around = context(table, (cell,))
    assert around.heads == ("锗（元/公斤）",)
    assert "".join(p.text for p in around.pieces) == "10月8日 │ 997.5"


def test_a_very_long_sentence_is_cut_around_the_figure(
    fact: Callable[..., Fact], document: Callable[..., Document]
) -> None:
    text = "很长" * 5000 + "12吨" + "很长" * 5000
    around = context(document(text), (fact("12", "吨", start=10_000, quote="12吨"),))
    assert 200 < sum(len(p.text) for p in around.pieces) < 400
