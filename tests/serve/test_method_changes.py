"""Two editions of a guideline side by side: in words, what changes results first, and whichever of the two a plant used."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from touchstone.calc.carbon.factors.reference import documents
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.flow import Workspace
from touchstone.serve.method_changes import in_order, told_changes
from touchstone.serve.web import console

OLD, NEW = "cn-ndrc-2013-al", "cn-cets-2024-al"
RAW = re.compile(r"valid_from|net_consumption|factor ncv|\bpfc-|carbon_content|document cn-|\{item\}|_")


@pytest.fixture(scope="module")
def asking(accounted: Workspace) -> Iterator[TestClient]:
    with TestClient(console(accounted), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


def section(page: str) -> str:
    return page.split('id="against"')[1].split("</section>")[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_pair_of_editions_is_told_in_words_without_keys(lang: str) -> None:
    known = list(methods().values())
    for a in known:
        for b in known:
            for each in told_changes(a, b, documents(), lang):
                said = " ".join((*each.where, each.what, each.before, each.after))
                assert not RAW.search(said), (a.key, b.key, said)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_clause_that_is_only_numbered_otherwise_is_folded_under_what_changes_results(
    asking: TestClient, lang: str
) -> None:
    said = section(asking.get(f"/methods/{NEW}?against={OLD}&lang={lang}").text)
    numbers, wording = said.index("<details open"), said.rindex("<details><summary>")
    assert numbers < wording and "AR5" in said[numbers:wording]
    assert "第6章" not in said[numbers:wording] and "第6章" in said[wording:]


def test_the_same_change_of_several_sources_is_told_once() -> None:
    told = told_changes(*(methods()[key] for key in (OLD, NEW)), documents(), "en")
    levels = [each for each in told if each.what == "level" and each.after == "process"]
    assert len(levels) == 1 and len(levels[0].where) == 4


def test_the_earlier_edition_is_the_one_before_whichever_page_is_open(asking: TestClient) -> None:
    assert in_order(methods()[NEW], methods()[OLD]) == (methods()[OLD], methods()[NEW])
    for own, other in ((OLD, NEW), (NEW, OLD)):
        told = asking.get(f"/methods/{own}.json?against={other}").json()
        assert (told["before"], told["after"]) == (OLD, NEW)


@pytest.mark.parametrize(("own", "other"), [(OLD, NEW), (NEW, OLD)])
def test_a_month_of_a_plant_is_worked_out_by_both_editions_from_either_page(
    asking: TestClient, own: str, other: str
) -> None:
    page = asking.get(f"/methods/{own}?unit=east-1&month=2023-01&against={other}&lang=en").text
    assert '<option value="east-1" selected>' in page and "<option selected>2023-01</option>" in page
    trial = section(page).split("</table>")[0]
    assert trial.count("<tr>") == 3 and "SAR" in trial and "AR5" in trial
    assert ('class="numbers"' in page) == (own == OLD), (
        "the newer one asks for an option that the works has not declared"
    )


def test_the_twin_keeps_the_keys_for_programs(asking: TestClient) -> None:
    text = asking.get(f"/methods/{NEW}.csv?against={OLD}").text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    assert any(row["what"] == "gwp" and row["after_en"] == "AR5" for row in csv.DictReader(io.StringIO(text)))
