"""The pages of an index in a real browser: for everybody, on desk and phone, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest

from touchstone.flow import Workspace

from .everybody import DESK, PHONE, looked_at, needs_chromium, served, window

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def site(indexed: Workspace) -> Iterator[str]:
    """The console of a workspace with an index behind a real server."""
    with served(indexed) as address:
        yield address


def test_every_page_of_an_index_is_for_everybody(browser: Any, site: str) -> None:
    look = window(browser, DESK)
    for path in ("/index", "/index/small/investment-fixed"):
        looked_at(look, site + path, [DESK, PHONE])
    look.context.close()
