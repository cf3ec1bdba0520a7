"""AKShare as a source: its frames become bytes that are kept; without it, or without a network, there is a remedy."""

import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import touchstone
from touchstone.errors import UnreachableSource
from touchstone.flow import Workspace
from touchstone.read.connectors.akshare import frame_bytes
from touchstone.read.connectors.connector import fetch
from touchstone.read.sources.declaration import Declaration, declaration
from touchstone.read.sources.grammar import declared
from touchstone.read.sources.series import read_series

PARITY = declaration("fx-central-parity")
NOWHERE = "http://127.0.0.1:9"


def asking(function: str, parameters: str = "{}") -> Declaration:
    return declared(
        f"""\
id: asked
name: asked
issuer: AKShare
licence: none
address: {NOWHERE}
connector: {{library: akshare, function: {function}, parameters: {parameters}}}
date: {{column: 品种, form: "{{year}}"}}
measure: price
unit: 元/克
columns: {{序号: au}}
""",
        "own.yaml",
    )


def frame() -> pd.DataFrame:
    """A frame as AKShare gives one: a day as object, numbers as float64 and int64, gaps as NaN. Made up."""
    return pd.DataFrame(
        {
            "日期": pd.Series([date(2001, 1, 1), date(2001, 1, 2)], dtype="object"),
            "美元": pd.Series([555.0, 222.22], dtype="float64"),
            "日元": pd.Series([float("nan"), 4.4444], dtype="float64"),
            "泰铢": pd.Series([77, 78], dtype="int64"),
        }
    )


def test_a_frame_becomes_the_table_that_the_declaration_reads() -> None:
    data = frame_bytes(frame(), PARITY)
    assert data.decode() == "日期,美元,日元,泰铢\n2001-01-01,555.0,,77\n2001-01-02,222.22,4.4444,78\n"
    read = read_series(data, "fx-central-parity", PARITY)
    assert (read.facts.num_rows, read.missing, read.document.left_out) == (5, 1, ())


def test_the_same_frame_gives_the_same_bytes() -> None:
    assert frame_bytes(frame(), PARITY) == frame_bytes(frame(), PARITY)


@pytest.mark.parametrize("answer", [pd.DataFrame(), None, "<html>"])
def test_an_answer_that_is_no_table_is_told(answer: object) -> None:
    with pytest.raises(UnreachableSource, match="SOURCE-042"):
        frame_bytes(answer, PARITY)


def test_without_the_extra_there_is_a_remedy_and_what_was_imported_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace: Workspace = touchstone.open(tmp_path / "w")
    file = tmp_path / "parity.csv"
    file.write_bytes(frame_bytes(frame(), PARITY))
    workspace.import_series(file, "fx-central-parity")
    before = list(workspace.facts())
    monkeypatch.setitem(sys.modules, "akshare", None)
    with pytest.raises(UnreachableSource, match="SOURCE-040") as found:
        workspace.import_series(None, "fx-central-parity")
    assert "touchstone[akshare]" in found.value.fix and found.value.zh
    assert "touchstone[akshare]" in found.value.zh[3]
    assert list(workspace.facts()) == before and workspace.import_series(file, "fx-central-parity").unchanged


class TestWithTheLibrary:
    """With the real AKShare, where it is installed."""

    @pytest.fixture(autouse=True)
    def akshare(self) -> None:
        pytest.importorskip("akshare", reason="needs the extra touchstone[akshare]")

    def test_a_function_of_the_library_is_asked(self) -> None:
        """This one has its answer in itself and needs no network."""
        assert fetch(asking("spot_symbol_table_sge")).startswith("序号,品种\n1,Au99.99\n".encode())

    @pytest.mark.parametrize("function", ["no_such_function", "pd", "__name__", "requests"])
    def test_what_is_no_function_of_the_library_is_not_called(self, function: str) -> None:
        with pytest.raises(UnreachableSource, match="SOURCE-042") as found:
            fetch(asking(function))
        assert function in found.value.found

    def test_a_call_with_wrong_parameters_is_told(self) -> None:
        with pytest.raises(UnreachableSource, match="SOURCE-042"):
            fetch(asking("spot_symbol_table_sge", "{symbol: Au}"))

    @pytest.mark.parametrize("id", ["fx-central-parity", "sge-gold"])
    def test_without_a_network_the_source_is_named(self, id: str, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, NOWHERE)
        monkeypatch.setenv("NO_PROXY", "")
        monkeypatch.setenv("no_proxy", "")
        with pytest.raises(UnreachableSource, match="SOURCE-041") as found:
            fetch(declaration(id))
        assert declaration(id).address.en in found.value.found

    def test_the_functions_of_shipped_declarations_are_there(self) -> None:
        import akshare

        for id in ("fx-central-parity", "sge-gold"):
            call = declaration(id).call
            assert call and callable(getattr(akshare, call.words["function"]))
