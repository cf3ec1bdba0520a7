"""Pages of plants, technologies, scenarios and targets in a real browser: for everybody, on desk and phone."""

from collections.abc import Iterator
from typing import Any

import pytest

from .everybody import DESK, PHONE, fits, needs_chromium, served, unfolded, window
from .planned import province

pytestmark = needs_chromium
PAGES = (
    "register?product=aluminium.liquid", "line/al-1?s=plan&year=2030", "technologies?product=aluminium.liquid", "technologies/al.fhest",
    "scenario/plan?", "targets?place=CN-35", "league?", "replacement?capacity=150000&product=aluminium.liquid", "parks?factor=0.41", "budget?s=plan",
    "allocation?s=plan", "score?emissions=99", "document/cn-miit-2018-12?", "stated?at=pathway/register.csv:3",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(province(tmp_path_factory.mktemp("planned"))) as address:
        yield address


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_for_everybody(browser: Any, site: str, page: str) -> None:
    look = window(browser, DESK)
    for lang, size in (("en", PHONE), ("zh", DESK)):
        joint = "&" if "?" in page else "?"
        assert look.goto(f"{site}/pathway/{page}{joint}lang={lang}").status == 200
        unfolded(look)
        fits(look, size)
    look.context.close()


def test_on_a_phone_no_row_is_mostly_blank_and_no_label_touches_its_value(browser: Any, site: str) -> None:
    """Where a quantity is stated stands at the end of a wide table: squeezed there it made every row a hand high."""
    look = window(browser, PHONE)
    look.goto(f"{site}/pathway/scenario/plan?lang=en")
    tall = (
        "() => Math.max(...[...document.querySelectorAll('.years tbody tr')].map(each => each.offsetHeight))"
    )
    assert look.evaluate(tall) < 150
    look.goto(f"{site}/pathway/targets?place=CN-35&s=plan&lang=en")
    own = "name => getComputedStyle(document.querySelector('.stack td[data-label]'), '::before')[name]"
    assert look.evaluate(own, "whiteSpace") == "normal"
    assert float(look.evaluate(own, "paddingRight").removesuffix("px")) >= 8
    look.context.close()


def test_from_the_map_of_plants_to_the_cell_of_the_register_without_script(browser: Any, site: str) -> None:
    look = window(browser, DESK, script=False)
    look.goto(f"{site}/pathway/register?product=aluminium.liquid&lang=en")
    look.get_by_role("link", name="Sample potline 1").first.click()
    look.get_by_role("link", name="pathway/register.csv:3").first.click()
    assert "14150" in look.locator("main").inner_text()
    look.context.close()
