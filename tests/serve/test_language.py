"""Which language a page is in."""

import pytest
from starlette.testclient import TestClient

from touchstone.serve.language import COOKIE


@pytest.mark.parametrize(
    ("header", "lang"),
    [("zh-CN,zh;q=0.9", "zh"), ("en-GB", "en"), ("de, en;q=0.5, zh;q=0.4", "en"), ("fr", "zh"), ("", "zh"),
     ("en;q=abc", "zh"), (",;,", "zh")],
)  # fmt: skip
def test_the_browser_chooses_where_nobody_did(client: TestClient, header: str, lang: str) -> None:
    client.cookies.clear()
    assert f'<html lang="{lang}">' in client.get("/series", headers={"accept-language": header}).text


def test_a_choice_in_the_address_wins_and_is_remembered(client: TestClient) -> None:
    client.cookies.clear()
    answer = client.get("/series?lang=en", headers={"accept-language": "zh"})
    assert '<html lang="en">' in answer.text
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert '<html lang="en">' in client.get("/audit", headers={"accept-language": "zh"}).text
    client.cookies.clear()


def test_an_unknown_language_is_ignored(client: TestClient) -> None:
    client.cookies.clear()
    client.cookies.set(COOKIE, "xx")
    assert '<html lang="en">' in client.get("/series?lang=yy", headers={"accept-language": "en"}).text
    client.cookies.clear()


def test_the_other_language_is_one_link_away_at_the_same_place(client: TestClient) -> None:
    html = client.get("/audit?verdict=fails&lang=zh").text
    assert 'href="/audit?verdict=fails&amp;lang=en"' in html
