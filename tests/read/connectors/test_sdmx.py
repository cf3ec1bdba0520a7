"""SDMX as a source: a message is kept as it came, and a message fetched again is no news."""

import sys
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

import touchstone
from touchstone.errors import UnreachableSource, UnreadableFile
from touchstone.facts.columns import facts_of
from touchstone.read.connectors.connector import fetch
from touchstone.read.sources.declaration import declaration, shipped_text
from touchstone.read.sources.grammar import declared
from touchstone.read.sources.series import read_series

RECORDED = Path(__file__).parents[1] / "sources" / "recorded"
RATES = declaration("ecb-exchange-rates")
MESSAGE = (RECORDED / "ecb-exchange-rates.xml").read_bytes()
TABLE = (RECORDED / "ecb-exchange-rates.csv").read_bytes()


def said(data: bytes) -> list[tuple[object, ...]]:
    read = read_series(data, "rates", RATES)
    assert read.document.left_out == ()
    return sorted(
        (f.subject, f.measure, f.period, str(f.value), f.unit, f.status) for f in facts_of(read.facts)
    )


def test_a_table_downloaded_by_hand_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sdmx", None)
    assert said(TABLE) == [
        ("currency.eur", "exchange_rate", "2001-01-02", "1.1110", "USD/EUR", "reported"),
        ("currency.eur", "exchange_rate", "2001-01-02", "7.7770", "CNY/EUR", "reported"),
        ("currency.eur", "exchange_rate", "2001-01-03", "1.2220", "USD/EUR", "estimated"),
    ]


def test_without_the_extra_there_is_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sdmx", None)
    for ask in (partial(fetch, RATES), partial(read_series, MESSAGE, "rates.xml", RATES)):
        with pytest.raises(UnreachableSource, match="SOURCE-040") as found:
            ask()
        assert "touchstone[sdmx]" in found.value.fix


def test_a_message_that_declares_entities_is_refused() -> None:
    bomb = MESSAGE.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
    with pytest.raises(UnreadableFile, match="READ-010"):
        read_series(bomb, "rates.xml", RATES)


class _Service(BaseHTTPRequestHandler):
    """A web service on this machine that answers the way SDMX REST services do."""

    answer, prepared = MESSAGE, 0

    def do_GET(self) -> None:
        type(self).prepared += 1
        found = "/data/EXR/D.USD+CNY+JPY+GBP+AUD+CAD.EUR.SP00.A" in self.path
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/vnd.sdmx.genericdata+xml;version=2.1")
        self.end_headers()
        self.wfile.write(self.answer.replace(b"made-up-1", b"made-up-%d" % self.prepared))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class TestWithTheLibrary:
    """With the real sdmx1, where it is installed."""

    @pytest.fixture(autouse=True)
    def service(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
        sdmx = pytest.importorskip("sdmx", reason="needs the extra touchstone[sdmx]")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        server = HTTPServer(("127.0.0.1", 0), _Service)
        Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        sdmx.add_source({"id": "HERE", "name": "here", "url": address}, override=True)
        sdmx.add_source({"id": "GONE", "name": "gone", "url": "http://127.0.0.1:9"}, override=True)
        yield address
        server.shutdown()
        server.server_close()

    def test_a_message_says_what_the_table_says(self) -> None:
        assert said(MESSAGE) == said(TABLE)

    def test_attributes_of_the_series_stand_beside_each_observation(self) -> None:
        text = read_series(MESSAGE, "rates.xml", RATES).document.text
        heads, first, *_ = text.split("\n")
        assert heads.split("\t")[:6] == [
            "FREQ",
            "CURRENCY",
            "CURRENCY_DENOM",
            "EXR_TYPE",
            "EXR_SUFFIX",
            "TIME_PERIOD",
        ]
        assert {"OBS_VALUE", "OBS_STATUS", "UNIT", "UNIT_MULT", "DECIMALS"} <= set(heads.split("\t"))
        assert "7.7770" in first

    def test_what_is_fetched_is_kept_as_it_came_and_fetched_again_is_no_news(self, tmp_path: Path) -> None:
        """Only the number and date of preparation of the second message are others."""
        workspace = touchstone.open(tmp_path / "w")
        by = declared(shipped_text("ecb-exchange-rates").replace("agency: ECB", "agency: HERE"), "own.yaml")
        report = workspace.import_series(None, by)
        assert (report.figures, report.name) == (3, "ecb-exchange-rates")
        assert workspace.raw(report.hash).startswith(b"<?xml") and b"made-up-" in workspace.raw(report.hash)
        again = workspace.import_series(None, by)
        assert (again.added, again.unchanged) == (0, True)
        assert len(workspace.facts()) == 3

    def test_a_revision_is_a_vintage(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        workspace = touchstone.open(tmp_path / "w")
        by = declared(shipped_text("ecb-exchange-rates").replace("agency: ECB", "agency: HERE"), "own.yaml")
        workspace.import_series(None, by)
        monkeypatch.setattr(_Service, "answer", MESSAGE.replace(b"1.2220", b"1.2221"))
        assert workspace.import_series(None, by).added == 3
        vintages = workspace.vintages("currency.eur", "exchange_rate", period="2001-01-03", unit="USD/EUR")
        assert [str(fact.value) for fact in vintages] == ["1.2220", "1.2221"]

    @pytest.mark.parametrize(
        ("before", "after", "code"),
        [
            ("agency: ECB", "agency: GONE", "SOURCE-041"),
            ("agency: ECB", "agency: NOBODY", "SOURCE-042"),
            ("agency: ECB\n  dataflow: EXR", "agency: HERE\n  dataflow: NONE", "SOURCE-041"),
        ],
    )
    def test_a_source_that_does_not_answer_is_told(self, before: str, after: str, code: str) -> None:
        by = declared(shipped_text("ecb-exchange-rates").replace(before, after), "own.yaml")
        with pytest.raises(UnreachableSource, match=code) as found:
            fetch(by)
        assert found.value.zh and found.value.so

    @pytest.mark.parametrize(
        "data", [b"<html><body>Service unavailable</body></html>", b"<", b"{}", MESSAGE[:900]]
    )
    def test_what_is_no_message_is_refused(self, data: bytes) -> None:
        with pytest.raises(UnreadableFile):
            read_series(data, "rates.xml", RATES)
