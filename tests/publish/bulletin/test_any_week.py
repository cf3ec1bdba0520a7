"""Whatever was quoted, the bulletin made of it says the numbers it claims and gives back its quotes."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import example, given, settings
from hypothesis import strategies as st

from touchstone.publish.bulletin.issue import issue_of

from .conftest import known_of, printed

PRODUCTS = {
    "国内市场铋锭": ("元/吨", "500"), "国内市场氧化铋": ("元/吨", "250"), "国内市场精铟": ("元/公斤", "5"),
    "国际市场硒粉": ("美元/磅", "0.25"), "鹿特丹市场铋锭": ("美元/磅", "0.05"), "国内市场电解锰": ("元/吨", "50"),
}  # fmt: skip
ENDS = (date(2020, 9, 25), date(2020, 10, 9), date(2021, 1, 8))
"""An ordinary week, one after a long holiday, one that begins in the year before."""
STEPS = st.integers(20, 400)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[date, dict[str, str]]:
    """The day of an issue, and what was printed on some days up to it."""
    last = draw(st.sampled_from(ENDS))
    days = sorted({last, *(last - timedelta(days=n) for n in draw(st.sets(st.integers(1, 16), max_size=3)))})
    texts = {day.isoformat(): draw(sentences(day)) for day in days}
    return last, {day: text for day, text in texts.items() if text}


@st.composite
def sentences(draw: st.DrawFn, day: date) -> str:
    said = []
    for product in draw(st.lists(st.sampled_from(sorted(PRODUCTS)), unique=True, min_size=1)):
        unit, step = PRODUCTS[product]
        low = Decimal(step) * draw(STEPS)
        price = f"{low}" if draw(st.booleans()) else f"{low}-{low + Decimal(step) * draw(st.integers(1, 4))}"
        said.append(f"{product}{day.year}年{day.month}月{day.day}日报{price}{unit}。")
    return "".join(said)


@settings(max_examples=20)
@given(weeks())
@example(
    (ENDS[0], {"2020-09-25": "国际市场硒粉2020年9月25日报99.00美元/磅。"})
)  # a price, and not a purity of 99.00 %
def test_every_bulletin_is_read_back_as_it_was_meant(printed_on: tuple[date, dict[str, str]]) -> None:
    last, texts = printed_on
    issue = issue_of(last, known_of(printed(texts), Path(mkdtemp())), ("zh", "en"))
    assert issue.notices == ()
    assert all(set(sentence.facts) <= set(issue.week.facts) for sentence in issue.report.sentences())
