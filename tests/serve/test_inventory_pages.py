"""The pages of carbon: a total opens to its lines, a line to its facts and factors, a factor to its document, a method to its clauses."""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.publish.format import Unwritable
from touchstone.publish.sankey import End, Flow, Sankey, sankey_svg
from touchstone.publish.treemap import Area, Treemap, treemap_svg
from touchstone.serve.web import console

from .small_group import opened


@pytest.fixture(scope="module")
def asking(accounted: Workspace) -> Iterator[TestClient]:
    with TestClient(console(accounted), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


def rows(client: TestClient, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"))))


def test_the_group_is_the_sum_of_its_enterprises_and_scopes_and_gases(asking: TestClient) -> None:
    told = asking.get("/inventory.json?year=2023").json()
    whole = Decimal(told["total"])
    assert whole > 0
    for parts in (
        told["scopes"].values(),
        [gas["weighed"] for gas in told["gases"]],
        [row["2023"] for row in told["enterprises"]],
    ):
        assert abs(sum(Decimal(part) for part in parts if part) - whole) <= 2, "but for rounding to tonnes"


def test_the_page_of_a_stated_value_shows_number_and_day_of_its_evidence(tmp_path: Path) -> None:
    """east-1 states its natural gas of January on invoice DB-0317 of the last day of that month; the value of February names none."""
    workspace, sent = opened(tmp_path), tmp_path / "gas.csv"
    sent.write_text(
        "unit,month,item,value,measured_in,evidence,reference,day\n"
        "east-1,2023-01,natural-gas,5,1e4 Nm3,invoice,DB-0317,2023-01-31\n"
        "east-1,2023-02,natural-gas,6,1e4 Nm3,invoice,,\n",
        encoding="utf-8",
    )
    assert workspace.import_activity(sent).problems == ()
    first, second = sorted(
        workspace.facts(measure="activity.natural-gas"), key=lambda fact: fact.period or ""
    )
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        assert "DB-0317 (2023-01-31)" in client.get(f"/figure/{first.id}?lang=en").text
        assert "<dt>凭证</dt><dd>DB-0317（2023-01-31）</dd>" in client.get(f"/figure/{first.id}?lang=zh").text
        assert "<dt>evidence</dt>" not in client.get(f"/figure/{second.id}?lang=en").text


def test_a_works_that_is_bought_is_perimeter_and_nobodys_performance(asking: TestClient) -> None:
    effects = asking.get("/inventory.json?year=2023").json()["effects"]
    assert Decimal(effects["perimeter"]) > 0
    assert Decimal(effects["activity"]) == Decimal(effects["intensity"]) == 0
    [west] = [row for row in rows(asking, "/inventory.csv?year=2023") if row["enterprise"] == "west"]
    assert west["comparable_percent"] in ("", "0", "0.0")


def test_what_is_made_up_says_so_on_every_page_of_it(asking: TestClient) -> None:
    for path in ("/inventory", "/inventory/east", "/inventory/east-1"):
        assert "made-up-note" in asking.get(path).text
    line = rows(asking, "/inventory/east-1.csv?year=2022")[0]
    page = asking.get(f"/inventory/{line['unit']}/{line['month']}/{line['term']}/{line['item'] or '-'}").text
    assert 'class="made-up"' in page


def test_a_year_that_is_not_there_is_said_and_never_answered_with_the_figures_of_another(
    asking: TestClient,
) -> None:
    """Both works go by a method outside the trading scheme; the data begin in 2022."""
    for path in ("/inventory", "/inventory/east"):
        page = asking.get(f"{path}?year=1066&lang=en").text
        assert "1066 has nothing inside the boundary" in page and "shown is 2023" in page
        assert 'action="/inventory/report"' not in page
        for form in (".json", ".csv"):
            answer = asking.get(f"{path}{form}?year=1066")
            assert answer.status_code == 404 and "1066" in answer.text and "INVENTORY-020" in answer.text
    assert asking.get("/inventory.json?year=2023&set=none").status_code == 404
    assert "there is no “none”" in asking.get("/inventory?set=none&lang=en").text
    trading = asking.get("/inventory?year=2022&boundary=trading&lang=en").text
    assert "INVENTORY-006" in trading and "uses a guideline of the trading scheme" in trading
    assert 'action="/inventory/report"' not in trading
    assert asking.get("/inventory.json?year=2022&boundary=trading").json()["problem"] == "INVENTORY-006"


def test_an_address_says_only_what_somebody_chose(asking: TestClient) -> None:
    assert asking.get("/inventory.json?year=2023").json()["asked"]["set"] == "SAR"
    page = asking.get("/inventory?year=2023").text
    assert "/inventory/east?year=2023&amp;before=2022&amp;boundary=enterprise&amp;approach=control" in page
    chosen = asking.get("/inventory?year=2023&set=AR6").text
    assert "set=AR6&amp;before_set=AR6" in chosen


def test_every_line_opens_and_every_input_opens_to_its_fact_or_factor(asking: TestClient) -> None:
    lines = rows(asking, "/inventory/east-1.csv?year=2023")
    assert {line["month"] for line in lines} == {"2023-01", "2023-02"}
    page = asking.get("/inventory/east-1?year=2023").text
    for line in [line for line in lines if line["month"] == "2023-01"]:
        address = f"/inventory/east-1/2023-01/{line['term']}/{line['item'] or '-'}"
        assert f'href="{address}' in page
        for given in rows(asking, address + ".csv"):
            assert given["tier"] == "constant" or given["fact"] or given["factor"]
            if given["fact"]:
                assert asking.get(f"/figure/{given['fact']}").status_code == 200
            if given["factor"]:
                assert asking.get("/factors/" + quote(given["factor"])).status_code == 200


def test_a_value_of_activity_data_names_unit_item_and_evidence_on_its_own_page(asking: TestClient) -> None:
    given = next(
        row
        for row in rows(asking, "/inventory/east-1/2023-01/electricity/electricity.grid.csv")
        if row["fact"]
    )
    page = asking.get(f"/figure/{given['fact']}?lang=en").text
    assert "potline 1 (east-1)" in page and "electricity from the grid" in page and "on evidence: " in page
    for key in ("org.east-1", "activity.electricity", "activity.invoice"):
        assert key not in re.sub(r"<[^>]+>", " ", page)
    assert "一系列（east-1）" in asking.get(f"/figure/{given['fact']}?lang=zh").text


def test_a_line_stands_with_its_formula_in_words_and_in_numbers(asking: TestClient) -> None:
    page = asking.get("/inventory/east-1/2023-01/electricity/electricity.grid?lang=en").text
    assert "13400 MWh ×" in page and "purchased" in page


def test_what_is_missing_is_told_with_its_reason_and_count(asking: TestClient) -> None:
    missing = asking.get("/inventory.json?year=2023").json()["missing"]
    assert missing and all(each["why"] and each["why_zh"] for each in missing)
    assert f"{len(missing)} places" in asking.get("/inventory?year=2023&lang=en").text


def test_what_is_not_there_answers_404(asking: TestClient) -> None:
    for path in (
        "/inventory/nobody",
        "/inventory/east-1/2023-13/fuel/-",
        "/factors/none@none",
        "/methods/none",
    ):
        assert asking.get(path).status_code == 404
    assert asking.get("/methods/cn-ndrc-2013-al?against=none").status_code == 404


def test_a_folder_without_organisation_says_what_to_do(tmp_path: Path) -> None:
    with TestClient(console(touchstone.open(tmp_path / "empty")), base_url="http://127.0.0.1:8000") as client:
        assert "ORG-016" in client.get("/inventory").text
        assert client.get("/factors?q=anthracite").status_code == 200
        assert client.get("/methods/cn-cets-2024-al").status_code == 200


def test_an_import_is_on_the_page_at_once(tmp_path: Path, accounted: Workspace) -> None:
    workspace = touchstone.open(tmp_path / "workspace")
    (workspace.folder / "carbon").mkdir()
    text = (accounted.folder / "carbon" / "organisation.toml").read_text("utf-8")
    (workspace.folder / "carbon" / "organisation.toml").write_text(text, "utf-8")
    sent = tmp_path / "sent.csv"
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        seen = []
        for tonnes in (10, 20):
            sent.write_text(
                f"unit,month,item,parameter,value,measured_in,evidence\neast-1,2023-03,anthracite,,{tonnes},t,stock\n"
            )
            workspace.import_activity(sent)
            [line] = client.get("/inventory/east-1.json").json()["lines"]
            seen.append(Decimal(line["mass"]))
    assert abs(seen[1] - 2 * seen[0]) < Decimal("1e-8")


def test_factors_are_found_by_words_and_narrowed_by_filters(asking: TestClient) -> None:
    found = rows(asking, "/factors.csv?q=anthracite&kind=ncv")
    assert (
        found and {row["kind"] for row in found} == {"ncv"} and {row["of"] for row in found} == {"anthracite"}
    )
    assert rows(asking, "/factors.csv?q=nothing-of-the-kind") == []


def test_a_factor_says_document_clause_and_how_it_is_known(asking: TestClient) -> None:
    [first, *_] = rows(asking, "/factors.csv?q=anthracite&kind=ncv")
    page = asking.get(f"/factors/{quote(first['id'])}?lang=en").text
    assert first["document"] in page and "as transcribed in public" in page


def test_a_method_is_read_with_the_numbers_of_a_plant_and_against_another_edition(asking: TestClient) -> None:
    page = asking.get("/methods/cn-ndrc-2013-al?unit=east-1&month=2023-01&lang=en").text
    assert "13400 MWh ×" in page
    changes = rows(asking, "/methods/cn-cets-2024-al.csv?against=cn-ndrc-2013-al")
    assert any(change["kind"] == "term-added" for change in changes)


def test_a_treemap_writes_every_name_and_leaves_nothing_to_colour() -> None:
    areas = tuple(Area(f"works {n}", Decimal(size), str(size)) for n, size in enumerate((500, 120, 60, 3, 1)))
    drawn = treemap_svg(Treemap("t", areas, "alt"), 300, 200)
    assert all(f"works {n}" in drawn for n in range(5)) and 'aria-label="alt"' in drawn
    with pytest.raises(Unwritable):
        treemap_svg(Treemap("t", (), "alt"))


def test_a_sankey_names_every_end_and_refuses_what_has_no_width() -> None:
    ends = (End("a", 0, "coal", "5 t"), End("b", 1, "CO2", "10 t"))
    drawn = sankey_svg(Sankey("t", ends, (Flow("a", "b", Decimal(10)),), "alt"))
    assert "coal" in drawn and "5 t" in drawn
    with pytest.raises(Unwritable):
        sankey_svg(Sankey("t", ends, (Flow("a", "b", Decimal(0)),), "alt"))
