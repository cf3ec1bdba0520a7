"""The desk in a real browser, without script: a round by its forms, on a desk and on a phone, for everybody."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import touchstone

from .everybody import DESK, PHONE, Size, looked_at, needs_chromium, served, window

pytestmark = needs_chromium
PAGE = "/assessments/ge.ingot@market.rotterdam/2020-10-09"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The console of an empty workspace behind a real server."""
    with served(touchstone.open(tmp_path / "w")) as address:
        yield address


def type_input(page: Any, kind: str, low: str, parties: str) -> None:
    """Type one input into the form of a draft."""
    page.locator("summary", has_text="录入一条输入").click()
    form = page.locator('form[action="/assessments/input"]')
    form.locator('[name="kind"]').select_option(kind)
    for name, text in (("low", low), ("parties", parties), ("by", "赵")):
        form.locator(f'[name="{name}"]').fill(text)
    form.locator("button").click()


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_a_round_without_script_every_state_of_it_for_everybody(browser: Any, site: str, size: Size) -> None:
    page, look = window(browser, size, script=False), window(browser, size)

    def check(path: str = PAGE) -> None:
        looked_at(look, site + path, [size])

    page.goto(f"{site}/assessments?lang=zh")
    form = page.locator('form[action="/assessments/open"]')
    form.locator('[name="day"]').fill("2020-10-09")
    form.locator('[name="by"]').fill("李")
    form.locator("button").click()
    type_input(page, "deal", "985", "P07/B12")
    type_input(page, "deal", "1005", "P03/B02")
    check()
    judge = page.locator(f'form[action="{PAGE}/judge"]')
    assert judge.locator('[name="low"]').input_value() == "985.0", (
        "the form starts from what the method gives"
    )
    judge.locator('[name="by"]').fill("李")
    judge.locator('button[value="submit"]').click()
    check()
    approve = page.locator(f'form[action="{PAGE}/approve"]')
    approve.locator('[name="by"]').fill("王")
    approve.locator("button").click()
    page.locator(f'form[action="{PAGE}/publish"] button').click()
    check()
    assert "已发布" in page.locator(".stage").inner_text()
    page.locator(".stage a").first.click()
    assert "985.0" in page.locator("h1.amount").inner_text()
    check("/assessments")
    check("/assessments/trail")
    page.context.close()
    look.context.close()
