"""Which trading calendar a price follows where its quotation names none."""

import pytest

from touchstone.facts.calendar import calendar
from touchstone.facts.market_calendar import calendar_code, of_market
from touchstone.facts.quotation import Quotation
from touchstone.facts.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("market", "code"),
    [
        ("market.shfe", "CN.exchange"), ("market.ine", "CN.exchange"), ("market.gfex", "CN.exchange"),
        ("market.dce", "CN.exchange"), ("market.czce", "CN.exchange"), ("market.sge", "CN.exchange"),
        ("market.domestic", "CN.spot"), ("market.export", "CN.spot"), ("market.ccmn", "CN.spot"),
        ("market.port.tianjin", "CN.spot"), ("market.lme", "GB.lme"), ("market.rotterdam", "GB.spot"),
        ("market.international", "GB.spot"), ("market.europe", "GB.spot"), ("market.comex", "US.comex"),
        ("market.cme", "US.comex"), ("market.us", "US.comex"),
    ],
)  # fmt: skip
def test_a_price_follows_the_calendar_of_its_market(market: str, code: str) -> None:
    assert calendar_code(Quotation("x", "cu.cathode", market, "CNY/t")) == code


def test_a_quotation_that_names_a_calendar_follows_it() -> None:
    named = Quotation("x", "cu.cathode", "market.shfe", "CNY/t", calendar="GB.lme")
    assert calendar_code(named) == "GB.lme"


def test_every_market_has_a_calendar_that_there_is() -> None:
    for term in vocabulary().terms("market"):
        assert calendar(of_market(term.code)).open
