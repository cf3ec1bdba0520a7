"""Reports as web pages."""

import io
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from touchstone.errors import UnwritableReport
from touchstone.publish.report.page import page
from touchstone.publish.report.report import Figure, Report, Table
from touchstone.publish.report.said import words
from touchstone.read.figures import read_figures
from touchstone.read.read import read_bytes

AXE = Path(__file__).parents[2] / "serve" / "vendor" / "axe.min.js"
DESK, PHONE = (1280, 900), (390, 844)
CONSOLE = "http://127.0.0.1:8000"
LANGUAGES = ("zh", "en")


class Outside(HTMLParser):
    """Collects everything a browser would fetch, run or follow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note scripts, addresses and handlers."""
        self.found += ["<script>"] if tag == "script" else []
        self.found += [f"{n}={v}" for n, v in attrs if n in ("src", "href", "action") or n.startswith("on")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_fetches_and_runs_nothing(weekly: Report, lang: str) -> None:
    assert Outside(page(weekly, lang)).found == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_tables_are_read_back(weekly: Report, lang: str) -> None:
    document = read_bytes(page(weekly, lang).encode(), "weekly.html")
    facts = [f for f in read_figures(document) if document.blocks[f.locator.block].kind == "table"]
    cells = [c for b in weekly.blocks if isinstance(b, Table) for row in b.body for c in row if c.number]
    assert [f.quote.rstrip("①") for f in facts] == [
        words(c.text, lang) for c in cells if words(c.text, lang) != "—"
    ]


def test_without_a_console_the_ids_stand_beside_the_figures(weekly: Report) -> None:
    html = page(weekly, "zh")
    for id in weekly.facts():
        assert id in html


def test_with_a_console_every_figure_is_a_link_to_where_it_was_printed(weekly: Report) -> None:
    html = page(weekly, "en", CONSOLE + "/")
    followed = [found.removeprefix("href=") for found in Outside(html).found]
    assert {address.rpartition("/")[2] for address in followed} == set(weekly.facts())
    assert all(address.startswith(f"{CONSOLE}/figure/") for address in followed)
    assert 'aria-label="Where figure 2 of this sentence comes from"' in html


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example", "", 'http://a" onclick="x', "http://a b"]
)
def test_what_is_no_address_of_a_console_is_refused(weekly: Report, address: str) -> None:
    with pytest.raises(UnwritableReport) as refused:
        page(weekly, "en", address)
    assert refused.value.code == "REPORT-005"


def test_the_same_report_gives_the_same_page(weekly: Report) -> None:
    assert page(weekly, "zh") == page(weekly, "zh")


def test_a_sentence_in_the_other_language_says_so(weekly: Report) -> None:
    assert '<span class="said written" lang="zh">节后询盘的买家不多，卖方也不急于出货。</span>' in page(
        weekly, "en"
    )


@pytest.mark.parametrize(
    ("size", "scheme", "address"),
    [(DESK, "light", None), (PHONE, "light", CONSOLE), (PHONE, "dark", CONSOLE)],
)
def test_it_is_accessible_and_no_wider_than_the_screen(
    browser: Any, weekly: Report, tmp_path: Path, size: tuple[int, int], scheme: str, address: str | None
) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, bypass_csp=True
    )
    opened = context.new_page()
    for lang in LANGUAGES:
        file = tmp_path / f"{lang}.html"
        file.write_text(page(weekly, lang, address), encoding="utf-8")
        opened.goto(file.as_uri())
        opened.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        found = opened.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
        assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert opened.evaluate("document.documentElement.lang.slice(0, 2)") == lang
        shown = opened.evaluate(
            "[...document.querySelectorAll('.chart')].filter(c => c.checkVisibility()).length"
        )
        assert shown == sum(isinstance(block, Figure) for block in weekly.blocks)
    context.close()


def test_it_prints_on_a4_with_nothing_cut_off(browser: Any, weekly: Report, tmp_path: Path) -> None:
    file = tmp_path / "weekly.html"
    file.write_text(page(weekly, "en"), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(file.as_uri())
    printed = pypdfium2.PdfDocument(io.BytesIO(opened.pdf(prefer_css_page_size=True)))
    assert {tuple(round(side) for side in each.get_size()) for each in printed} == {(595, 842)}
    text = "".join(each.get_textpage().get_text_range() for each in printed)
    assert "16500" in text
    assert "1 / " in text
    opened.close()


def test_headings_follow_each_other(weekly: Report) -> None:
    blocks = tuple(replace(b, level=2) if b is weekly.blocks[0] else b for b in weekly.blocks)
    with pytest.raises(UnwritableReport) as refused:
        page(replace(weekly, blocks=blocks), "en")
    assert (refused.value.code, refused.value.where) == ("REPORT-006", "block 1")
