"""Two values for one period: none is called true, the one whose findings hold is drawn."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

import touchstone
from touchstone.audit.finding import VERDICTS
from touchstone.facts.fact import Fact
from touchstone.serve.contest import settled
from touchstone.serve.series import address
from touchstone.serve.web import console

FACT = Fact(
    id="", subject="cu.refined", measure="output", period="2022-08", value=Decimal("91.7"), unit="万吨",
    half_width=Decimal("0.05"), source="a", locator=None, rule="test", published=date(2022, 9, 20),
)  # fmt: skip


def stated(id: str, value: str, **more: object) -> Fact:
    return replace(FACT, id=id, value=Decimal(value), **more)  # type: ignore[arg-type]


def test_the_value_whose_findings_hold_is_the_point_and_the_other_its_rival() -> None:
    facts = [stated("1", "91.7"), stated("2", "97.1")]
    for good, bad in (("1", "2"), ("2", "1")):
        found = settled(facts, lambda id, good=good: "holds" if id == good else "fails", lambda _: 0)
        assert [fact.id for fact in found.points] == [good]
        assert [fact.id for fact in found.rivals["2022-08"]] == [bad]


def test_of_two_values_that_fail_the_one_that_fails_less_is_the_point() -> None:
    found = settled(
        [stated("1", "91.7"), stated("2", "97.1")], lambda _: "fails", {"1": 1, "2": 4}.__getitem__
    )
    assert [fact.id for fact in found.points] == ["1"]


def test_a_later_publication_has_no_rival_in_an_earlier_one() -> None:
    found = settled(
        [stated("1", "91.7", published=date(2022, 9, 1)), stated("2", "97.1")],
        lambda id: "holds" if id == "1" else "fails",
        lambda _: 0,
    )
    assert ([fact.id for fact in found.points], found.rivals) == (["2"], {})


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from((*VERDICTS, "untested"))), min_size=1, max_size=8)
)
def test_every_period_has_one_point_and_no_rival_of_its_value(given_values: list[tuple[int, str]]) -> None:
    facts = [stated(str(n), str(value)) for n, (value, _) in enumerate(given_values)]
    found = settled(facts, lambda id: given_values[int(id)][1], lambda _: 0)
    [point] = found.points
    assert {point.value, *(f.value for f in found.rivals.get("2022-08", ()))} == {f.value for f in facts}
    assert point.value not in {f.value for f in found.rivals.get("2022-08", ())}


def test_the_page_shows_both_marks_the_one_that_fails_and_names_what_is_drawn(tmp_path: Path) -> None:
    workspace, file = touchstone.open(tmp_path / "w"), tmp_path / "铜.txt"
    file.write_text(
        "2022年7月，精炼铜产量87.0万吨。\n\n2022年8月，精炼铜产量91.7万吨。\n\n2022年8月，精炼铜产量97.1万吨。",
        "utf-8",
    )
    workspace.read(file)
    workspace.audit()
    [key] = workspace.series_keys()
    with TestClient(console(workspace), base_url="http://localhost") as asking:
        page = address(key.subject, key.measure, key.place, key.unit)
        html = asking.get(page, params={"lang": "zh"}).text
        said = asking.get(page + ".json").json()
    assert "2022年8月" in html and "91.7万吨" in html and "97.1万吨" in html
    assert "不止一个数值" in html and 'class="c-fails"' in html or 'class="c-other"' in html
    assert "细虚线" not in html and "小圆圈" not in html
    assert {p["value"] for p in (*said["points"], *said["rivals"])} == {"87.0", "91.7", "97.1"}
    assert said["points"][0]["period_zh"] == "2022年7月"
