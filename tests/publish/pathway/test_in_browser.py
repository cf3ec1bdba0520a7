"""In a real browser, with its own fonts: no word of a drawing lies on another or leaves it, on a phone as on a desk; axe has nothing to say."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.serve.everybody import AXE, chromium, needs_chromium

from .samples import drawings, macc, tiles

pytestmark = needs_chromium
CLASHES = """() => [...document.querySelectorAll("svg.chart")].flatMap(svg => {
  const frame = svg.getBoundingClientRect(), said = [...svg.querySelectorAll("text")].map(t => [t.textContent, t.getBoundingClientRect()]);
  const out = said.filter(([, r]) => r.left < frame.left - 1 || r.right > frame.right + 1 || r.bottom > frame.bottom + 1).map(([t]) => "outside: " + t);
  said.forEach(([a, r], i) => said.slice(i + 1).forEach(([b, s]) => {
    const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left), high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
    if (wide > 2 && high > 5) out.push(a + " on " + b);
  }));
  return out;
})"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as opened:
        yield opened


def shown(browser: Any, lang: str, width: int) -> Any:
    every = [*drawings().values(), macc(address="/measure"), tiles("/place")]
    page = browser.new_page(viewport={"width": width + 40, "height": 800})
    body = "".join(f"<div>{drawn.svg(lang, width)}</div>" for drawn in every)
    page.set_content(
        f'<!doctype html><html lang="{lang}"><title>-</title><main><h1>-</h1>{body}</main></html>'
    )
    return page


@pytest.mark.parametrize("lang", ("zh", "en"))
@pytest.mark.parametrize("width", (320, 760))
def test_no_word_lies_on_another_or_leaves_its_drawing(browser: Any, lang: str, width: int) -> None:
    assert shown(browser, lang, width).evaluate(CLASHES) == []


def test_drawings_can_be_read_with_a_screen_reader(browser: Any) -> None:
    page = shown(browser, "en", 350)
    page.add_script_tag(path=str(AXE))
    rules = {
        "runOnly": [
            "svg-img-alt",
            "role-img-alt",
            "link-name",
            "nested-interactive",
            "aria-allowed-role",
            "target-size",
        ]
    }
    found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    assert [each["id"] for each in found] == []
