"""The workbench and its rooms: scenarios side by side, dials, least-cost plans, chances, costs and reasons, without script."""

import re
import time
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

import touchstone
from touchstone.serve.web import console

BENCH = "/pathway?s=plan&s=reference"


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A visitor of a console with the sample province."""
    opened = touchstone.open(tmp_path_factory.mktemp("pathways"))
    opened.pathways().take_sample("province")
    return TestClient(console(opened), base_url="http://127.0.0.1")


def token(page: str) -> str:
    """The token of the forms of a page."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "address", [BENCH, "/pathway/plans?s=plan", "/pathway/chances?s=plan&draws=200", "/pathway/costs?s=plan", "/pathway/why?s=plan&s=reference"]
)  # fmt: skip
def test_every_room_is_there_in_both_languages_and_as_data(
    visitor: TestClient, address: str, lang: str
) -> None:
    path, _, query = address.partition("?")
    page = visitor.get(f"{address}&lang={lang}")
    assert page.status_code == 200 and f'<html lang="{lang}">' in page.text
    for form in ("json", "csv"):
        assert visitor.get(f"{path}.{form}?{query}").status_code == 200


def test_a_dial_that_is_turned_changes_the_answer_and_stays_in_the_address(visitor: TestClient) -> None:
    as_it_is = visitor.get(f"/pathway.json?{BENCH.partition('?')[2]}").json()
    turned = visitor.get(f"/pathway.json?{BENCH.partition('?')[2]}&demand=20").json()
    assert turned[0]["emissions"][-1] > 1.15 * as_it_is[0]["emissions"][-1]
    assert turned[0]["emissions"][0] == as_it_is[0]["emissions"][0] and turned[1] == as_it_is[1]
    assert 'name="demand" min="-50" max="100" step="1" value="20"' in visitor.get(f"{BENCH}&demand=20").text


def test_dials_turn_the_scenario_that_the_form_says_whatever_the_order_of_the_others(
    visitor: TestClient,
) -> None:
    """The form is sent as a browser sends it: boxes in the order of the page, not of the address it was opened with."""
    page = html.fromstring(visitor.get("/pathway?s=reference&s=plan").text)
    form = next(each for each in page.forms if each.get("id") == "dials")
    sent = [(name, "20" if name == "demand" else value) for name, value in form.form_values()]
    assert [value for name, value in sent if name == "dial"] == ["reference"]
    turned = visitor.get("/pathway.json", params=sent).json()
    as_it_is = {each["scenario"]: each for each in visitor.get("/pathway.json?s=reference&s=plan").json()}
    assert [each["scenario"] for each in turned] == ["reference", "plan"]
    assert turned[0]["emissions"][-1] > 1.15 * as_it_is["reference"]["emissions"][-1]
    assert turned[1] == as_it_is["plan"]


def test_what_a_dial_changes_can_be_had_alone(visitor: TestClient) -> None:
    answer = visitor.get(f"{BENCH}&green=10&part=answer").text
    assert "<svg" in answer and "<html" not in answer


@pytest.mark.parametrize(
    ("query", "code"),
    [("s=nowhere", "PATHWAY-012"), ("s=plan&demand=1000", "PATHWAY-015"), ("s=plan&pace=1.5", "PATHWAY-015"), ("s=plan&demand=x", "PATHWAY-015"),
     ("s=a&s=b&s=c&s=d&s=e", "PATHWAY-014")],
)  # fmt: skip
def test_what_cannot_be_shown_says_why(visitor: TestClient, query: str, code: str) -> None:
    page = visitor.get(f"/pathway?{query}")
    assert page.status_code == 404 and code in page.text


def test_a_dial_that_gives_way_says_so_beside_its_answer(visitor: TestClient) -> None:
    page = visitor.get("/pathway?s=plan&green=100&pace=-10&lang=en").text
    assert 'id="gave-way"' in page and "cannot begin before" in page
    assert 'id="gave-way"' not in visitor.get("/pathway?s=plan&lang=en").text


def test_without_a_register_the_page_says_what_to_do(tmp_path: Path) -> None:
    page = TestClient(console(touchstone.open(tmp_path)), base_url="http://127.0.0.1").get("/pathway?lang=en")
    assert page.status_code == 200 and "PATHWAY-011" in page.text and "sample" in page.text


def test_a_plan_is_asked_for_watched_and_read_with_its_gap_and_the_price_of_its_targets(
    visitor: TestClient,
) -> None:
    before = visitor.get("/pathway/plans?s=plan&lang=en")
    assert "no plan of this scenario yet" in before.text
    asked = visitor.post(
        "/pathway/plans",
        data={"token": token(before.text), "s": "plan", "level": "paths", "seconds": "60"},
        follow_redirects=False,
    )
    assert asked.status_code == 303
    page = ""
    for _ in range(240):
        page = visitor.get("/pathway/plans?s=plan&level=paths&lang=en").text
        if 'role="status"' not in page:
            break
        time.sleep(0.25)
    assert "above the optimum" in page and "What each target costs" in page and "Works" in page
    told = visitor.get("/pathway/plans.json?s=plan&level=paths").json()
    assert (
        told["plan"]["gap"] < 0.01 and told["plan"]["bound"] <= told["plan"]["cost"] + told["plan"]["missed"]
    )
    assert visitor.get("/pathway/chances?s=plan&plan=optimum&draws=200&lang=en").status_code == 200


def test_nobody_without_the_page_can_start_a_solve(visitor: TestClient) -> None:
    assert visitor.post("/pathway/plans", data={"token": "no", "s": "plan"}).status_code == 403
    page = visitor.get("/pathway/plans?s=plan").text
    for wrong in ({"level": "magic"}, {"seconds": "-1"}, {"seconds": "1e9"}, {"s": "nowhere"}):
        answer = visitor.post("/pathway/plans", data={"token": token(page), "s": "plan"} | wrong)
        assert answer.status_code >= 400


def test_chances_say_of_which_kind_they_are_and_how_sure(visitor: TestClient) -> None:
    page = visitor.get("/pathway/chances?s=plan&draws=500&lang=en").text
    assert "fixed plan under uncertain drivers" in page and "standard error" in page
    told = visitor.get("/pathway/chances.json?s=plan&draws=500").json()
    assert (
        told["draws"] == 500
        and 0 < told["peak_before"]["share"] < 1
        and told["peak_before"]["standard_error"] > 0
    )
    assert told == visitor.get("/pathway/chances.json?s=plan&draws=500").json()


def test_the_least_cost_plan_has_no_chances_before_it_is_worked_out(visitor: TestClient) -> None:
    page = visitor.get("/pathway/chances?s=delayed&plan=optimum")
    assert page.status_code == 404 and "PATHWAY-019" in page.text


def test_steps_of_the_cost_curve_add_up_to_all_that_is_avoided(visitor: TestClient) -> None:
    steps = visitor.get("/pathway/costs.json?s=plan&year=2030").json()
    assert steps and all(each["avoided_t_co2e_a"] > 0 for each in steps)
    assert steps[0]["cost_cny_a"] <= steps[-1]["cost_cny_a"]


def test_reasons_add_up_to_the_difference(visitor: TestClient) -> None:
    told = visitor.get("/pathway/why.json?s=plan&from=2020&to=2030").json()
    assert sum(told["effects"].values()) == pytest.approx(told["after"] - told["before"], abs=1e-6)


def test_reasons_are_shown_without_dust_and_still_add_up(visitor: TestClient) -> None:
    """Every row and column of the table, read as it is printed, sums to what is printed at its end."""
    table = html.fromstring(visitor.get("/pathway/why?s=plan&from=2020&to=2035&lang=en").text).xpath(
        "//table"
    )[0]
    rows = [
        [cell.text_content().strip() for cell in row.xpath("./td")]
        for row in table.xpath("./tbody/tr | ./tfoot/tr[1]")
    ]
    assert not any("0.0000" in cell for row in rows for cell in row)
    shown = [[int(cell.replace(",", "").replace("−", "-")) for cell in row] for row in rows]
    assert all(sum(row[:-1]) == row[-1] for row in shown)
    assert all(sum(column[:-1]) == column[-1] for column in zip(*shown, strict=True))


def test_four_scenarios_stand_side_by_side_with_their_regret_and_the_warning(visitor: TestClient) -> None:
    page = visitor.get("/pathway/chances?s=plan&s=reference&draws=200&lang=en").text
    assert 'id="table"' in page and 'id="robust"' in page
    assert "Regret compares decisions" in page and "not a target of this scenario" in page
    told = visitor.get("/pathway/chances.json?s=plan&s=reference&draws=200").json()
    assert [each["scenario"] for each in told["scenarios"]] == ["plan", "reference"]
    assert min(each["regret"] for each in told["robust"]) >= 0
    assert visitor.get("/pathway/chances?s=a&s=b&s=c&s=d&s=e").status_code == 404


def test_a_driver_is_told_in_words_and_opens_to_its_line(visitor: TestClient) -> None:
    page = visitor.get("/pathway/chances?s=plan&draws=200&lang=en").text
    assert (
        "each year&#39;s growth differs from the scenario&#39;s by" in page
        or "each year's growth differs" in page
    )
    assert "/pathway/stated?at=pathway/scenarios/reference.toml:" in page


def test_what_could_be_reached_is_asked_for_apart_stopped_and_kept(visitor: TestClient) -> None:
    """A bound, of another title and kind than the chances of a plan; stopped, what is done stays."""
    page = visitor.get("/pathway/known?s=plan&futures=400&lang=en").text
    assert "If the future were known" in page and "Nothing was solved yet" in page
    asked = {"token": token(page), "s": "plan", "futures": "400", "seed": "1", "before": "2030"}
    assert (
        "/pathway/known?s=plan"
        in visitor.post("/pathway/known", data=asked, follow_redirects=False).headers["location"]
    )
    visitor.post("/pathway/known/stop", data=asked)
    for _ in range(600):
        page = visitor.get("/pathway/known?s=plan&futures=400&lang=en").text
        if 'role="status"' not in page:
            break
        time.sleep(0.1)
    assert "CHANCE-012" in page, "stopped before two batches were done, which is said"
    assert visitor.post("/pathway/known", data=asked | {"futures": "5"}).status_code == 409


@pytest.mark.parametrize("room", ["budget", "allocation", "league", "score", "report", "targets"])
def test_each_page_has_one_tab_of_one_name_and_its_own_is_lit(visitor: TestClient, room: str) -> None:
    """The report and the allocation of budgets have theirs too; nothing stands in two rows under two names."""
    page = html.fromstring(visitor.get(f"/pathway/{room}?lang=en").text)
    tabs = page.xpath("//nav[contains(@class, 'places')]/a")
    addresses = [each.get("href") for each in tabs]
    assert len(addresses) == len(set(addresses)) and "/pathway/report" in addresses
    assert [each.get("href") for each in tabs if each.get("aria-current") == "page"] == [f"/pathway/{room}"]
    names = [each.text for each in tabs]
    assert len(names) == len(set(names))


def test_a_line_worse_than_the_baseline_is_not_praised_and_no_verdict_breaks_in_two(
    visitor: TestClient,
) -> None:
    said = visitor.get("/pathway/league?lang=en").text
    assert "beyond the baseline" not in said and "worse than the baseline" in said
    page = html.fromstring(visitor.get("/pathway/scenario/plan").text)
    verdicts = page.xpath("//span[contains(@class, 'verdict-holds') or contains(@class, 'verdict-fails')]")
    assert verdicts and all(
        "nowrap" in each.get("class") for each in verdicts if each.text in ("达到", "未达到")
    )
