"""The release calendar and the dispatch register in a real browser: a round without script, for everybody, on desk and phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import touchstone

from .everybody import DESK, PHONE, Size, looked_at, needs_chromium, served, window
from .test_monitor import LIST, PAGE

pytestmark = needs_chromium


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The console of a workspace with a white list behind a real server."""
    workspace = touchstone.open(tmp_path / "w")
    (tmp_path / "名单.csv").write_text(LIST, encoding="utf-8")
    workspace.import_white_list(tmp_path / "名单.csv", "周")
    with served(workspace) as address:
        yield address


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_matter_from_open_to_closed_without_script_every_page_for_everybody(
    browser: Any,
    site: str,
    size: Size,
) -> None:
    page, look = window(browser, size, script=False), window(browser, size)

    def check(path: str) -> None:
        looked_at(look, site + path, [size])

    def fill(form: Any, **fields: str) -> None:
        for name, text in fields.items():
            form.locator(f'[name="{name}"]').fill(text)
        form.locator("button").click()

    check("/releases")
    page.goto(f"{site}/dispatch?lang=zh")
    opening = page.locator('form[action="/dispatch/open"]')
    opening.locator('[name="after"]').select_option("red")
    fill(opening, material="精炼铜", period="2022-08", reason="库存天数低于下限", by="李")
    assert "样例企业甲" in page.locator("main").inner_text()
    asking = page.locator("form", has=page.locator("fieldset.pick"))
    assert asking.locator('[name="ask-1"]').is_checked(), "key contacts are asked first"
    fill(asking, words="产量为何下降？", by="李")
    check(PAGE)
    fill(page.locator('form[action$="/answer"]'), words="检修十天", by="王")
    page.locator("summary", has_text="办结").click()
    fill(page.locator('form[action$="/close"]'), words="属短期检修", by="王")
    assert "已办结" in page.locator(".stage").inner_text()
    check(PAGE)
    check("/dispatch")
    page.context.close()
    look.context.close()
