"""Quotes out of documents: what is printed, in what unit, on which day, and what cannot be one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from touchstone.calc.price import move
from touchstone.errors import UnreadableFile
from touchstone.facts.calendar import calendar
from touchstone.facts.fact import Fact, Locator
from touchstone.facts.quotation import Quotations, quotations
from touchstone.facts.quote import Quote
from touchstone.facts.quoted import Quoted, quotes_of
from touchstone.facts.unit import unit
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

Read = Callable[..., Quoted]


def read_quotes(text: str, day: str = "2020-10-09", known: Quotations | None = None) -> Quoted:
    """The quotes of a plain text published on a day."""
    return quotes_of(figures_of(text, day), known or quotations())


def figures_of(text: str, day: str = "2020-10-09") -> list[Fact]:
    kind = "html" if text.startswith("<") else "txt"
    return read_figures(read_bytes(text.encode(), f"note-{day}.{kind}"))


def table(heading: str, heads: str, row: str) -> str:
    """A bulletin's table as a web page: each head stands over a low and a high price."""
    cells = "".join(f"<td>{cell}</td>" for cell in row.split())
    over = "".join(f'<td colspan="2">{head}</td>' for head in heads.split())
    return f"<h2>{heading}</h2><table><tr><td>日期</td>{over}</tr><tr>{cells}</tr></table>"


def one(found: Quoted, code: str, period: str | None = None) -> Quote:
    """The only quote of a quotation (and period)."""
    [quote] = [q for q in found.quotes if q.quotation.code == code and period in (None, q.period)]
    return quote


def test_given_this_bulletin_the_selenium_quote_is_90_to_110_yuan_a_kilogram_and_opens_to_its_words() -> None:
    facts = figures_of("本周国内硒粉市场价格为90-110元/公斤，均价较上周五保持不变。")
    quote = one(quotes_of(facts, quotations()), "se.powder@market.domestic")
    assert (quote.low, quote.high, quote.unit, quote.day) == (90, 110, "CNY/kg", date(2020, 10, 9))
    assert (quote.mean, quote.quotation.tax, quote.quotation.tax_basis) == (100, "included", "assumed")
    assert {fact.quote for fact in facts if fact.id in quote.facts} == {"90-110元/公斤"}


def test_a_single_price_is_a_quote_whose_ends_are_equal() -> None:
    quote = one(read_quotes("欧洲鹿特丹市场硒粉报价为6.55美元/磅。"), "se.powder@market.rotterdam")
    assert (quote.low, quote.high, quote.is_range, quote.spread) == (
        Decimal("6.55"),
        Decimal("6.55"),
        False,
        0,
    )


@pytest.mark.parametrize(
    "text",
    ["国内铋锭最低价45500元/吨，最高价46500元/吨。", "国内铋锭最高价46500元/吨，最低价45500元/吨。"],
)
def test_two_ends_that_a_sentence_tells_by_name_are_one_price(text: str) -> None:
    found = read_quotes(text)
    quote = one(found, "bi.ingot@market.domestic")
    assert (quote.low, quote.high, quote.is_range, found.problems) == (45500, 46500, True, ())


def test_an_end_that_a_sentence_tells_alone_is_no_price() -> None:
    found = read_quotes("国内铋锭最低价45500元/吨。")
    assert found.quotes == () and [problem.code for problem in found.problems] == ["QUOTE-005"]


def test_the_corpus_bulletin_gives_every_quote_of_its_three_tables(corpus_folder: Path) -> None:
    name = "minor-metals-weekly-2020-10-09.txt"
    found = quotes_of(read_figures(read_bytes((corpus_folder / name).read_bytes(), name)), quotations())
    assert not found.problems
    printed = [q for q in found.quotes if q.carried_from is None]
    tables = {market: [q for q in printed if q.quotation.market == f"market.{market}"] for market in MARKETS}
    assert {(q.quotation.code.partition("@")[0], f"{q.low}-{q.high}", q.unit) for q in tables["international"]} == {
        ("se.powder", "6-7", "USD/lb"), ("bi.ingot", "2.85-3.1", "USD/lb"), ("cd.ingot.9995", "85-95", "USD.cent/lb"),
        ("cd.ingot.9999", "86-100", "USD.cent/lb"), ("in.ingot", "170-185", "USD/kg"), ("te.ingot", "50-64", "USD/kg"),
        ("ge.dioxide", "900-1100", "USD/kg"),
    }  # fmt: skip
    assert {q.period for q in tables["international"]} == {"2020-10-07"}
    assert len(tables["rotterdam"]) == 16 and {q.period for q in tables["rotterdam"]} == {
        "2020-10-07",
        "2020-10-08",
    }
    rows = [q for q in tables["domestic"] if q.period != "2020-10-09"]
    assert len(rows) == 20 and {q.period for q in rows} == {"2020-09-29", "2020-09-30"}


MARKETS = ("international", "rotterdam", "domestic")


def test_a_price_headed_dollars_is_read_in_the_quantity_of_its_quotation_and_says_so() -> None:
    page = table("国际市场价格", "硒（美元）", "10月7日 6 7")
    quote = one(read_quotes(page), "se.powder@market.international")
    assert (quote.unit, quote.read_by) == ("USD/lb", "美元 → 美元/磅")


def test_a_unit_that_is_no_unit_of_the_quotation_stays_as_printed_and_is_marked() -> None:
    quote = one(read_quotes("欧洲鹿特丹市场锗锭报价为997.5元/公斤。"), "ge.ingot@market.rotterdam")
    assert quote.unit == "CNY/kg" and quote.quotation.unit == "USD/kg" and quote.off_unit


def test_a_sentence_that_repeats_the_last_row_of_the_table_carries_the_quote_over() -> None:
    text = "<p>国际市场硒粉最新报价在6-7美元/磅。</p>" + table("国际市场价格", "硒（美元/磅）", "10月7日 6 7")
    found = read_quotes(text)
    assert one(found, "se.powder@market.international", "2020-10-07").carried_from is None
    assert one(found, "se.powder@market.international", "2020-10-09").carried_from == date(2020, 10, 7)


def test_a_sentence_that_differs_from_the_table_is_a_quote_of_its_own_day() -> None:
    text = "<p>国际市场硒粉最新报价在6-8美元/磅。</p>" + table("国际市场价格", "硒（美元/磅）", "10月7日 6 7")
    assert one(read_quotes(text), "se.powder@market.international", "2020-10-09").carried_from is None


def test_a_low_end_above_the_high_end_is_refused_and_the_rest_goes_on() -> None:
    facts = figures_of(table("国内市场价格", "硒粉（元/公斤） 镓锭（元/公斤）", "10月9日 110 90 1250 1300"))
    found = quotes_of(facts, quotations())
    assert one(found, "ga.ingot@market.domestic").low == 1250
    assert [(p.code, "se.powder@market.domestic" in p.where) for p in found.problems] == [("QUOTE-002", True)]


def test_two_quotes_for_one_day_in_one_document_are_none() -> None:
    found = read_quotes("国内硒粉市场价格为90-110元/公斤。\n\n国内硒粉市场价格为95-110元/公斤。")
    assert not found.quotes
    [problem] = found.problems
    assert problem.code == "QUOTE-006" and "90-110" in problem.found and "95-110" in problem.found
    assert "同一天有两个报价" in problem.text("zh")


def test_of_two_documents_the_one_published_later_counts() -> None:
    first = figures_of("10月8日国内硒粉市场价格为90-110元/公斤。", "2020-10-09")
    later = figures_of("10月8日国内硒粉市场价格为92-110元/公斤。", "2020-10-16")
    assert one(quotes_of([*later, *first], quotations()), "se.powder@market.domestic", "2020-10-08").low == 92


def test_a_price_nobody_declared_is_a_quote_of_unknown_tax_basis() -> None:
    [quote] = read_quotes("国内钼铁市场价格为15-15.5万元/吨。").quotes
    assert (quote.quotation.tax, quote.quotation.tax_basis, quote.unit) == ("", "unknown", "1e4 CNY/t")
    assert quote.quotation.code.endswith("@market.domestic")


def test_a_price_without_a_market_or_a_day_is_no_quote() -> None:
    assert read_quotes("有生产商表示，当前他们铟锭的报价在1350元/公斤。").quotes == ()


def test_a_workspace_declares_quotations_of_its_own_before_those_shipped(tmp_path: Path) -> None:
    own = tmp_path / "quotations.toml"
    own.write_text(
        '[[quotation]]\ncode = "se.powder@market.domestic"\ncommodity = "se.powder"\nmarket = "market.domestic"\n'
        'subjects = ["se.powder"]\nunit = "元/公斤"\ntax = "excluded"\ntax_basis = "stated"\nmean = "low"\nsource = "desk"\n'
    )
    quote = one(
        read_quotes("国内硒粉市场价格为90-110元/公斤。", known=quotations(own)), "se.powder@market.domestic"
    )
    assert (quote.quotation.tax, quote.mean) == ("excluded", 90)


ROW = '[[quotation]]\ncode = "x@y"\ncommodity = "se.powder"\nmarket = "market.domestic"\nsubjects = ["se"]\nsource = "desk"\n'


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('unit = "公斤"', "not money per quantity"),
        ('unit = "元/公斤"\ntax = "maybe"', "tax is 'maybe'"),
        ('unit = "元/公斤"\nmean = "mode"', "mean is 'mode'"),
        ('unit = "元/公斤"\nwords = "("', "unterminated"),
        ('unit = "元/斗斗"', "not a unit"),
        ('unit = "元/公斤"\ncolour = "red"', "colour"),
        ('unit = "元/公斤"\ntax_basis = "guessed"', "tax_basis is 'guessed'"),
        ('unit = "元/公斤"\ncalendar = "XX.moon"', "calendar is 'XX.moon'"),
        ('unit = "元/公斤"\n' + ROW.replace("se.powder", "unobtainium") + 'unit = "元/公斤"', "unobtainium"),
        (
            'unit = "元/公斤"\n' + ROW.replace("market.domestic", "market.moon") + 'unit = "元/公斤"',
            "market.moon",
        ),
        ('unit = "元/公斤"\n' + ROW.replace('["se"]', '"se"') + 'unit = "元/公斤"', "expected a list"),
        ('unit = "元/公斤"\n' + ROW.replace('"desk"', '""') + 'unit = "元/公斤"', "source is missing"),
        ('unit = "元/公斤"\n' + ROW + 'unit = "元/公斤"', "x@y: it stands 2 times"),
    ],
)
def test_a_quotation_that_cannot_be_is_refused_with_its_place(tmp_path: Path, row: str, said: str) -> None:
    own = tmp_path / "quotations.toml"
    own.write_text(f"{ROW}{row}\n")
    with pytest.raises(Exception, match="QUOTE-001") as refused:
        quotations(own)
    assert said in str(refused.value) and "quotations.toml" in str(refused.value)
    assert isinstance(refused.value, UnreadableFile) and refused.value.zh


def test_a_row_that_cannot_be_is_named_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "quotations.toml"
    wrong = ROW.replace('"x@y"', '"z@y"').replace("market.domestic", "market.moon")
    own.write_text(f'{ROW}unit = "元/公斤"\n# z@y follows\n{wrong}unit = "元/公斤"\n', encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        quotations(own)
    lines = own.read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if '"z@y"' in line)
    assert refused.value.where == f"quotations.toml:{number}"


def test_a_single_price_that_the_text_repeats_for_a_day_of_the_table_is_quoted_on_that_day() -> None:
    rows = "10月7日\t2.8\n10月8日\t2.8\n"
    found = read_quotes(f"鹿特丹市场铋锭10月8日报2.8美元/磅。\n鹿特丹价格\n日期\t铋（美元/磅）\n{rows}")
    days = {q.period: q.carried_from for q in found.quotes if q.quotation.code == "bi.ingot@market.rotterdam"}
    assert days == {"2020-10-07": None, "2020-10-08": None}


def stated(words: str, low: str, high: str, day: str = "2020-10-09", **more: str) -> list[Fact]:
    """Both ends of a quote out of a table of one's own, whose words state the specification."""
    given: dict[str, str] = {
        "subject": "cd.ingot",
        "place": "market.domestic",
        "unit": "元/公斤",
        "source": "table",
    } | more
    return [
        Fact(
            id=f"{words} {day} {measure}", subject=given["subject"], measure=measure, period=day, value=Decimal(value),
            unit=given["unit"], half_width=Decimal(0), source=given["source"], rule="declared:own", subject_words=words,
            locator=Locator(0, 0, 1, hash((words, day)), 0), place=given["place"], status=given.get("status", "reported"),
        )
        for measure, value in (("price.low", low), ("price.high", high))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "tax", "basis"),
    [
        ("镉锭", "cd.ingot@market.domestic", "included", "assumed"),
        ("镉锭 · 含税", "cd.ingot@market.domestic", "included", "stated"),
        ("镉锭 · 不含税", "cd.ingot.ex-vat@market.domestic", "excluded", "stated"),
        ("镉锭 ex-VAT", "cd.ingot.ex-vat@market.domestic", "excluded", "stated"),
        ("镉锭 · 否", "cd.ingot.ex-vat@market.domestic", "excluded", "stated"),
        ("镉锭 · 99.95%", "cd.ingot.99.95@market.domestic", "included", "assumed"),
        ("镉锭 · ９９．９５ ％ · 仓库交货 · 不含税", "cd.ingot.99.95.仓库交货.ex-vat@market.domestic", "excluded", "stated"),
        ("镉锭 · 增值税另议", "cd.ingot.增值税另议@market.domestic", "", "unknown"),
    ],
)  # fmt: skip
def test_a_quote_is_a_quote_of_what_its_row_states(words: str, code: str, tax: str, basis: str) -> None:
    [quote] = quotes_of(stated(words, "6000", "6200"), quotations()).quotes
    assert (quote.quotation.code, quote.quotation.tax, quote.quotation.tax_basis) == (code, tax, basis)


def test_two_grades_of_one_day_are_two_quotes() -> None:
    found = quotes_of(
        [*stated("镉锭 · 99.95%", "17", "18"), *stated("镉锭 · 99.99%", "19", "20")], quotations()
    )
    assert {(q.quotation.grade, q.low) for q in found.quotes} == {("99.95%", 17), ("99.99%", 19)}
    assert not found.problems


def test_a_grade_that_is_declared_is_that_quotation_and_a_finer_one_is_not() -> None:
    for grade, code in (("99.99 %", "cd.ingot.9999"), ("99.995%", "cd.ingot.9999.99.995")):
        facts = stated(f"镉锭 · {grade}", "0.9", "1", place="market.international", unit="美元/磅")
        assert quotes_of(facts, quotations()).quotes[0].quotation.code == f"{code}@market.international"


def test_a_price_nobody_declared_keeps_what_its_row_states() -> None:
    [quote] = quotes_of(
        stated("钨精矿 · 65% · 到厂 · 含税", "9", "10", subject="w.concentrate"), quotations()
    ).quotes
    of = quote.quotation
    assert (of.grade, of.delivery, of.tax, of.tax_basis) == ("65%", "到厂", "included", "stated")


@pytest.mark.parametrize("words", ["硒粉 · 含税", "硒粉 · 99.9% · 含税"])
def test_a_row_that_denies_the_stated_tax_basis_of_its_quotation_is_refused(
    tmp_path: Path, words: str
) -> None:
    own = tmp_path / "quotations.toml"
    own.write_text(
        '[[quotation]]\ncode = "se.powder@market.domestic"\ncommodity = "se.powder"\nmarket = "market.domestic"\n'
        'subjects = ["se.powder"]\nunit = "元/公斤"\ntax = "excluded"\ntax_basis = "stated"\nsource = "desk"\n'
    )
    known = quotations(own)
    found = quotes_of([*stated(words, "90", "110", subject="se.powder"), *stated("镉锭", "17", "18")], known)
    [problem] = found.problems
    assert problem.code == "QUOTE-007" and problem.zh and "quotations.toml" in problem.fix
    assert [q.quotation.code for q in found.quotes] == ["cd.ingot@market.domestic"]


def test_a_quotation_of_ones_own_takes_the_rows_that_state_what_it_states(tmp_path: Path) -> None:
    own = tmp_path / "quotations.toml"
    own.write_text(
        'commodity = "cd.ingot"\nmarket = "market.domestic"\nsubjects = ["cd.ingot"]\nunit = "元/公斤"\nsource = "desk"\n'
        '[[quotation]]\ncode = "a@x"\ngrade = "99.95 %"\ndelivery = "仓库交货"\ntax = "excluded"\ntax_basis = "stated"\n'
        '[[quotation]]\ncode = "b@x"\ngrade = "99.99 %"\ntax = "included"\ntax_basis = "stated"\n'
    )
    rows = {
        "镉锭 · 99.95% · 仓库交货 · 不含税": "a@x",
        "镉锭 · 99.99%": "b@x",
        "镉锭 · 99.999% · 不含税": "a.99.999@x",
    }
    for words, code in rows.items():
        [quote] = quotes_of(stated(words, "17", "18"), quotations(own)).quotes
        assert quote.quotation.code == code


def test_a_figure_stated_to_be_carried_over_is_no_news() -> None:
    facts = [
        *stated("镉锭", "17", "18", "2020-09-30", source="a"),
        *stated("镉锭", "17", "18", "2020-10-08", source="b", status="carried-over"),
        *stated("镉锭", "17", "18", "2020-10-09", source="c", status="carried-over"),
    ]
    found = quotes_of(facts, quotations()).quotes
    assert [q.carried_from for q in found] == [None, date(2020, 9, 30), date(2020, 9, 30)]
    moved = move(found, date(2020, 10, 9), calendar("CN.spot"))
    assert moved.standing == "carried-over" and moved.quote.carried_from == date(2020, 9, 30)


def test_a_carried_figure_without_an_earlier_quote_is_of_the_day_before() -> None:
    [quote] = quotes_of(stated("镉锭", "17", "18", status="carried-over"), quotations()).quotes
    assert quote.carried_from == date(2020, 10, 8)
    assert move([quote], date(2020, 10, 9), calendar("CN.spot")).standing == "carried-over"


def test_a_quote_of_the_day_goes_before_one_carried_over_to_it() -> None:
    new = stated("镉锭", "19", "20", source="a")
    old = [
        replace(f, id="", published=date(2020, 10, 12))
        for f in stated("镉锭", "17", "18", status="carried-over")
    ]
    [quote] = quotes_of([*old, *new], quotations()).quotes
    assert (quote.low, quote.carried_from) == (19, None)


def ends(low: tuple[str, str], high: tuple[str, str], subject: str = "se.powder") -> list[Fact]:
    """The two ends of one row as an import leaves them: value and unit of each."""
    place = "market.domestic"
    return [
        Fact(
            f"{measure}{value}",
            subject,
            measure,
            "2020-10-09",
            Decimal(value),
            unit,
            Decimal(0),
            "s",
            Locator(0, n, n + 1, 1, n),
            "t",
            place=place,
        )
        for n, (measure, (value, unit)) in enumerate((("price.low", low), ("price.high", high)))
    ]


def test_ends_in_two_sizes_of_one_unit_are_brought_together() -> None:
    quote = one(
        quotes_of(ends(("1200", "元/公斤"), ("1.3", "元/克")), quotations()), "se.powder@market.domestic"
    )
    assert (quote.low, quote.high, quote.unit) == (1200, 1300, "CNY/kg")


def test_ends_in_two_currencies_are_no_quote_and_both_are_named() -> None:
    found = quotes_of(ends(("150", "元/公斤"), ("1020", "美元/公斤")), quotations())
    [problem] = found.problems
    assert not found.quotes and problem.code == "QUOTE-008"
    assert "150 元/公斤" in problem.found and "1020 美元/公斤" in problem.found


def test_an_ounce_of_gold_is_a_troy_ounce() -> None:
    facts = ends(("1900", "美元/盎司"), ("1905", "美元/盎司"), "au")
    [quote] = quotes_of(facts, quotations()).quotes
    assert quote.unit == "USD/ozt" and "金衡盎司" in quote.read_by


def test_one_price_printed_in_two_sizes_of_its_unit_is_one_quote() -> None:
    text = "国内铋锭价格为45.5-46.5元/公斤。国内铋锭价格为45500-46500元/吨。"
    assert one(read_quotes(text), "bi.ingot@market.domestic").amount == (
        Fraction("45.5"),
        Fraction("46.5"),
        unit("元/公斤").dimension,
    )
