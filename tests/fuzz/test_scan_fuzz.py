"""Whatever the text, reading its figures ends, and what is read stands in it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.facts.fact import Fact
from touchstone.read.figures import read_figures
from touchstone.read.normal import normal
from touchstone.read.read import read_bytes
from touchstone.read.scan import tokens

PIECES = st.sampled_from([
    "2022年", "6月份", "1-6月", "，", "。", "；", "、", "\n", "\t", " ", "精炼铜", "产量", "93.2万吨", "同比", "增长", "下降", "5.2%",
    "分别为", "和", "其中", "至", "-", "～", "约", "近", "逾", "以上", "余", "多", "万", "亿", "元/吨", "美元/磅", "十", "三", "一", "两",
    "第", "个", "家", "GB", "25466-2010", "（", "）", "“", "”", "《", "》", "**", "|", "100", "1,234.5", "0", "-3.2", "较上周五", "保持不变",
    "US$", "RMB", "million", "tonnes", "up", "year on year", "five", "ministries", "分之", "成", "Q3", "单位：", "负", "环比", "占比",
    "㎡", "m?/d", "<b>", "[bookmark: _Toc1]", "年", "月", "日", "期间", "十四五", "２５％", "噸", "億", "去年同期", "累计", "。\n\n\t日期\n\t铟\n\n\t10月7日\n\t6\n",
])  # fmt: skip
COMPOSED = st.lists(PIECES, max_size=40).map("".join)
ANY = st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), max_size=300)


def read(text: str, day: str = "2022-10-14") -> list[Fact]:
    return read_figures(read_bytes((text + "。").encode(), f"note-{day}.txt"))


@given(st.one_of(COMPOSED, ANY))
def test_tokens_are_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for token in tokens(normal(text)):
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(st.one_of(COMPOSED, ANY))
def test_every_figure_stands_where_it_says(text: str) -> None:
    document = read_bytes((text + "。").encode(), "note-2022-10-14.txt")
    for fact in read_figures(document):
        place = fact.locator
        assert place is not None
        assert fact.quote == document.text[place.start : place.end]
        block = document.blocks[place.block]
        assert block.start <= place.start < place.end <= block.end
        assert fact.half_width >= 0
        assert fact.value_high is None or abs(fact.value_high) >= abs(fact.value)


@given(COMPOSED)
def test_reading_twice_gives_the_same_facts(text: str) -> None:
    assert read(text) == read(text)


@given(COMPOSED)
@settings(max_examples=50)
def test_facts_of_one_reading_have_identities_of_their_own(text: str) -> None:
    ids = [fact.id for fact in read(text)]
    assert len(ids) == len(set(ids))


@given(COMPOSED)
def test_a_paragraph_put_in_front_moves_figures_and_changes_no_number(text: str) -> None:
    front = "这是一段没有数字的说明文字，用来把后面的内容整体往后移动，除此之外没有任何意义。\n\n"
    before = [
        (fact.quote, fact.value, fact.value_high, fact.unit, fact.locator.start)
        for fact in read(text)
        if fact.locator
    ]
    after = [
        (fact.quote, fact.value, fact.value_high, fact.unit, fact.locator.start - len(front))
        for fact in read(front + text)
        if fact.locator
    ]
    assert after == before


@given(st.text(alphabet="0123456789.,-~至到 %万亿吨", max_size=400))
@settings(max_examples=200)
def test_long_rows_of_digits_and_marks_end(text: str) -> None:
    read(text)
