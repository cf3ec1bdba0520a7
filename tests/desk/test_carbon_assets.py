"""Carbon assets: what is allocated, bought, moved, surrendered and corrected always balances, and nobody gives what they lack."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import touchstone
from touchstone.calc.carbon.assets.position import Emitted
from touchstone.desk.carbon_asset_book import COUNTERS, Posting, balanced
from touchstone.desk.carbon_assets import CarbonAssets
from touchstone.desk.refusal import DamagedTrail, NotAllowed
from touchstone.errors import UnusableDeclaration
from touchstone.facts.text import Text

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
D = Decimal


def opened(folder: Path) -> CarbonAssets:
    desk = touchstone.open(folder).carbon_assets()
    for minute, (key, zh, en) in enumerate((("smelter-1", "一厂", "Smelter 1"), ("smelter-2", "二厂", "Smelter 2"))):  # fmt: skip
        desk.open(key, Text(zh, en), "周", NOW + timedelta(minutes=minute))
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> CarbonAssets:
    """Two smelters; the first has verified emissions of 2024 and 2025."""
    desk = opened(tmp_path / "w")
    desk.verify("smelter-1", 2024, Emitted(D("1000")), "核查报告2024", "周", NOW + timedelta(minutes=5))
    desk.verify("smelter-1", 2025, Emitted(D("1100"), D("1050"), D("1180")), "核查报告2025", "周", NOW + timedelta(minutes=6))  # fmt: skip
    return desk


def refused(code: str, act: object, *args: object, **more: object) -> NotAllowed:
    with pytest.raises(NotAllowed, match=code) as caught:
        act(*args, **more)  # type: ignore[operator]
    assert caught.value.zh and all(caught.value.zh)
    return caught.value


def held(desk: CarbonAssets, account: str, vintage: int = 2024, asset: str = "cea", on: date | None = None) -> Decimal:  # fmt: skip
    return desk.book().holdings(on).get((account, asset, vintage), D(0))


def test_allowances_of_2024_are_the_verified_emissions_and_are_surrendered_in_time(desk: CarbonAssets) -> None:  # fmt: skip
    got = desk.allocate("smelter-1", "cn-al-2024", date(2025, 11, 20), "周")
    assert got.postings == (
        Posting("issuer", "cea", 2024, D(-1000)), Posting("smelter-1", "cea", 2024, D(1000)),
    )  # fmt: skip
    assert got.rule == "cn-al-2024" and got.written.en == "1000 t CO2e"
    desk.surrender("smelter-1", 2024, "cea", 2024, D(1000), date(2025, 12, 30), "周")
    [first, _] = desk.positions(2024)
    assert (first.held, first.surrendered, first.balance, first.to_surrender) == (0, 1000, 0, 0)
    assert {d.duty.key: d.state for d in desk.due("smelter-1", date(2026, 1, 5))}["surrender-2024"] == "done"
    assert {d.duty.key: d.state for d in desk.due("smelter-2", date(2026, 1, 5))}["surrender-2024"] == "late"


def test_a_surrender_after_the_day_for_another_year_or_of_another_asset_is_refused(desk: CarbonAssets) -> None:  # fmt: skip
    desk.allocate("smelter-1", "cn-al-2024", date(2025, 11, 20), "周")
    desk.issue("smelter-1", "ccer", 2024, D(10), date(2025, 11, 20), "登记", "周")
    refused("ASSET-003", desk.surrender, "smelter-1", 2024, "cea", 2024, D(1), date(2026, 1, 1), "周")
    refused("ASSET-004", desk.surrender, "smelter-1", 2025, "cea", 2024, D(1), date(2025, 12, 1), "周")
    refused("ASSET-004", desk.surrender, "smelter-1", 2031, "cea", 2031, D(1), date(2025, 12, 1), "周")
    refused("ASSET-004", desk.surrender, "smelter-1", 2024, "ccer", 2024, D(1), date(2025, 12, 1), "周")
    assert held(desk, "retired") == 0


def test_the_allocation_of_2025_stays_empty_until_its_open_parameter_is_given(desk: CarbonAssets) -> None:  # fmt: skip
    before = desk.allocate("smelter-1", "cn-al-2025-pre", date(2026, 4, 1), "周")
    assert before.postings[1].amount == 700
    told = refused("ASSET-009", desk.allocate, "smelter-1", "cn-al-2025", date(2026, 10, 1), "周")
    assert "surplus" in told.expected and "not found" in told.found and "公式" in told.zh[0]  # type: ignore[index]
    surplus = {"surplus": D("-0.02")}
    refused("DESK-019", desk.allocate, "smelter-1", "cn-al-2025", date(2026, 10, 1), "周", surplus)
    final = desk.allocate("smelter-1", "cn-al-2025", date(2026, 10, 1), "周", surplus, "主管部门核定")
    assert final.postings[1].amount == 1100 * D("0.98") - 700
    refused("ASSET-018", desk.allocate, "smelter-1", "cn-al-2025", date(2026, 10, 1), "周", surplus, "再来")
    refused("ASSET-018", desk.allocate, "smelter-1", "cn-al-2025-pre", date(2026, 10, 1), "周")
    refused("ASSET-012", desk.correct, before.id, "错", "周")
    desk.correct(final.id, "核定有误", "周")
    desk.correct(before.id, "重来", "周")
    assert held(desk, "smelter-1", 2025) == 0


def test_a_band_is_applied_only_where_it_is_given(desk: CarbonAssets) -> None:
    wide = desk.allowance("smelter-1", "cn-al-2025", {"surplus": D("0.08")})
    assert wide.amount == 1100 * D("1.08") and not wide.bound
    narrow = desk.allowance("smelter-1", "cn-al-2025", {"surplus": D("0.08"), "band": D("0.05")})
    assert narrow.amount == 1100 * D("1.05") and narrow.bound == (("surplus", D("0.08")),)
    refused("ASSET-008", desk.allowance, "smelter-1", "cn-al-2025", {"benchmark": D(1)})
    refused("ASSET-010", desk.allowance, "smelter-1", "cn-al-2030", {})


def test_nobody_gives_more_than_they_hold_on_any_day(desk: CarbonAssets) -> None:
    desk.buy("smelter-1", "cea", 2024, D(100), D("57.97"), date(2025, 10, 10), "周")
    refused("ASSET-002", desk.sell, "smelter-1", "cea", 2024, D(101), D(60), date(2025, 10, 12), "周")
    refused("ASSET-002", desk.sell, "smelter-1", "cea", 2024, D(1), D(60), date(2025, 10, 9), "周")
    refused("ASSET-002", desk.sell, "smelter-1", "cea", 2025, D(1), D(60), date(2025, 10, 12), "周")
    desk.sell("smelter-1", "cea", 2024, D(80), D(60), date(2025, 10, 20), "周")
    late = refused("ASSET-002", desk.sell, "smelter-1", "cea", 2024, D(30), D(60), date(2025, 10, 12), "周")
    assert "2025-10-20" in late.found  # on the 12th there was enough; on the 20th it was sold


def test_a_correction_reverses_and_changes_nothing(desk: CarbonAssets) -> None:
    wrong = desk.buy("smelter-1", "cea", 2024, D(100), D(60), date(2025, 10, 10), "周")
    refused("DESK-019", desk.correct, wrong.id, " ", "周")
    refused("ASSET-008", desk.correct, wrong.id, "数量有误", "周", date(2025, 10, 9))
    back = desk.correct(wrong.id, "数量有误", "周", date(2025, 10, 15))
    assert back.reverses == wrong.id and back.postings == tuple(
        Posting(p.account, p.asset, p.vintage, -p.amount) for p in wrong.postings
    )
    assert held(desk, "smelter-1", on=date(2025, 10, 14)) == 100 and held(desk, "smelter-1") == 0
    assert desk.book().bookings[wrong.id] == wrong
    refused("ASSET-012", desk.correct, wrong.id, "再冲", "周")
    refused("ASSET-012", desk.correct, back.id, "冲回", "周")
    refused("ASSET-011", desk.correct, "b999", "无", "周")


def test_what_has_gone_since_cannot_be_corrected_away(desk: CarbonAssets) -> None:
    bought = desk.buy("smelter-1", "cea", 2024, D(100), D(60), date(2025, 10, 10), "周")
    desk.transfer("smelter-1", "smelter-2", "cea", 2024, D(40), date(2025, 10, 11), "周")
    refused("ASSET-002", desk.correct, bought.id, "数量有误", "周")
    assert (held(desk, "smelter-1"), held(desk, "smelter-2")) == (60, 40)


def test_entries_that_do_not_balance_are_refused_and_leave_nothing(desk: CarbonAssets) -> None:
    entries = desk.trail.entries()
    into = Posting("smelter-1", "gec", 2025, D(5))
    told = refused("ASSET-001", desk.post, [into], date(2025, 10, 1), "期初", "周")
    assert "+5" in told.found
    refused("ASSET-001", desk.post, [into, Posting("issuer", "gec", 2024, D(-5))], date(2025, 10, 1), "期初", "周")  # fmt: skip
    refused("ASSET-001", desk.post, [into, Posting("issuer", "ccer", 2025, D(-5))], date(2025, 10, 1), "期初", "周")  # fmt: skip
    refused("ASSET-008", desk.post, [], date(2025, 10, 1), "期初", "周")
    assert desk.trail.entries() == entries
    desk.post([into, Posting("issuer", "gec", 2025, D(-5))], date(2025, 10, 1), "期初", "周")
    out = [Posting("retired", "gec", 2025, D(-1)), Posting("smelter-1", "gec", 2025, D(1))]
    refused("ASSET-008", desk.post, out, date(2025, 10, 2), "取回", "周")


def test_bad_amounts_prices_names_and_days_are_refused(desk: CarbonAssets) -> None:
    day = date(2025, 10, 10)
    for amount in ("-1", "0", "NaN", "Infinity", "1E+12", "0.0000000001"):
        refused("ASSET-006", desk.buy, "smelter-1", "cea", 2024, D(amount), D(60), day, "周")
    for price in (None, D(0), D(-1), D("NaN")):
        refused("ASSET-007", desk.buy, "smelter-1", "cea", 2024, D(1), price, day, "周")
    refused("ASSET-007", desk.post, [Posting("market", "cea", 2024, D(-1)), Posting("smelter-1", "cea", 2024, D(1))], day, "买", "周")  # fmt: skip
    near = refused("ASSET-005", desk.buy, "smelter-3", "cea", 2024, D(1), D(60), day, "周")
    assert "smelter-1" in near.expected
    for giver, taker in (("market", "smelter-1"), ("smelter-1", "retired"), ("issuer", "smelter-1")):
        refused("ASSET-005", desk.transfer, giver, taker, "cea", 2024, D(1), day, "周")
    refused("ASSET-008", desk.transfer, "smelter-1", "smelter-1", "cea", 2024, D(1), day, "周")
    refused("ASSET-008", desk.buy, "smelter-1", "eua", 2024, D(1), D(60), day, "周")
    refused("ASSET-008", desk.buy, "smelter-1", "cea", 20240, D(1), D(60), day, "周")
    refused("ASSET-013", desk.buy, "smelter-1", "cea", 2024, D(1), D(60), date(9999, 1, 1), "周")
    refused("ASSET-014", desk.open, "market", Text("市场", "market"), "周")
    refused("ASSET-014", desk.open, "smelter-1", Text("一厂", "Smelter 1"), "周")
    refused("ASSET-017", desk.verify, "smelter-1", 2025, Emitted(D(5), D(6), D(7)), "报告", "周")
    refused("ASSET-017", desk.verify, "smelter-1", 2025, Emitted(D(5), D(4)), "报告", "周")
    refused("DESK-018", desk.buy, "smelter-1", "cea", 2024, D(1), D(60), day, " ")


def test_duties_are_done_late_or_open(desk: CarbonAssets) -> None:
    on = date(2025, 10, 20)
    at = NOW + timedelta(days=1)
    desk.fulfil("smelter-1", "evidence-2025-07", date(2025, 9, 9), "", "周", at)
    desk.fulfil("smelter-1", "evidence-2025-08", date(2025, 10, 11), "", "周", at + timedelta(minutes=1))
    states = {each.duty.key: each.state for each in desk.due("smelter-1", on)}
    assert states["evidence-2025-07"] == "done" and states["evidence-2025-08"] == "done-late"
    assert states["evidence-2025-09"] == "open" and states["backfill-2025h1"] == "open"
    assert "evidence-2025-10" not in states and "list-2027" not in states
    assert {each.duty.key: each.state for each in desk.due("smelter-2", on)}["evidence-2025-07"] == "late"
    for duty in ("evidence-2025-07", "surrender-2024", "list-2027", "evidence-2031-01"):
        refused("ASSET-016", desk.fulfil, "smelter-1", duty, on, "", "周")


def test_the_book_is_as_it_stood_on_a_moment(desk: CarbonAssets) -> None:
    early, late = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    desk.buy("smelter-1", "cea", 2024, D(100), D(60), date(2025, 10, 10), "周", at=early)
    desk.verify("smelter-1", 2024, Emitted(D(900)), "复核", "周", late)
    assert next(p.balance for p in desk.positions(2024, as_of=early)) == -900
    assert next(p.balance for p in desk.positions(2024)) == -800
    assert desk.positions(2024, as_of=NOW)[0].held == 0
    assert desk.positions(2024, {("smelter-1", 2024): Emitted(D(50))})[0].balance == 50
    assert desk.positions(2024, lambda *_: None)[0].balance is None


def test_a_damaged_trail_is_refused(desk: CarbonAssets) -> None:
    with sqlite3.connect(desk.trail.path) as db:
        db.execute("drop trigger entry_is_final")
        db.execute("update entry set content = '{}' where number = 1")
    with pytest.raises(DamagedTrail, match="DESK-035"):
        desk.buy("smelter-1", "cea", 2024, D(1), D(60), date(2025, 10, 10), "周")
    with pytest.raises(DamagedTrail, match="DESK-038"):
        desk.book()


WHO = st.sampled_from(["smelter-1", "smelter-2", "outside", "smelter-9"])
AMOUNT = st.decimals("0.001", "500", places=3)
DAY = st.dates(date(2025, 10, 1), date(2026, 1, 10))
VINTAGE = st.sampled_from([2024, 2025])
ASSET = st.sampled_from(["cea", "ccer", "gec"])
ACT = st.one_of(
    st.tuples(st.just("issue"), WHO, ASSET, VINTAGE, AMOUNT, DAY, st.just("登记"), st.just("周")),
    st.tuples(st.just("buy"), WHO, ASSET, VINTAGE, AMOUNT, st.just(D(60)), DAY, st.just("周")),
    st.tuples(st.just("sell"), WHO, ASSET, VINTAGE, AMOUNT, st.just(D(60)), DAY, st.just("周")),
    st.tuples(st.just("transfer"), WHO, WHO, ASSET, VINTAGE, AMOUNT, DAY, st.just("周")),
    st.tuples(st.just("surrender"), WHO, VINTAGE, ASSET, VINTAGE, AMOUNT, DAY, st.just("周")),
    st.tuples(st.just("cancel"), WHO, ASSET, VINTAGE, AMOUNT, DAY, st.just("自愿"), st.just("周")),
    st.tuples(st.just("correct"), st.integers(1, 14).map("b{}".format), st.just("错"), st.just("周"), DAY),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACT, min_size=4, max_size=14))
def test_any_accepted_acts_keep_every_asset_and_vintage_balanced_and_no_holding_negative(
    acts: list[tuple[object, ...]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = opened(Path(folder) / "w")
        accepted = 0
        for name, *given_ in acts:
            try:
                getattr(desk, str(name))(*given_)
                accepted += 1
            except NotAllowed:
                pass
        book = desk.book()
        assert len(book.bookings) == accepted
        assert all(not balanced(each.postings) for each in book.bookings.values())
        for day in sorted({each.day for each in book.bookings.values()}):
            holdings = book.holdings(day)
            assert not balanced([Posting(*holding, amount) for holding, amount in holdings.items()])
            assert all(amount > 0 for (who, *_), amount in holdings.items() if who not in COUNTERS)
            assert all(amount > 0 for (who, *_), amount in holdings.items() if who == "retired")


def test_a_final_allocation_equal_to_the_one_before_is_booked_as_the_last_word(desk: CarbonAssets) -> None:
    desk.allocate("smelter-1", "cn-al-2025-pre", date(2026, 4, 1), "周")
    desk.verify("smelter-1", 2025, Emitted(D(700)), "核查报告", "周")
    final = desk.allocate("smelter-1", "cn-al-2025", date(2026, 10, 1), "周", {"surplus": D(0)}, "依据")
    assert [each.amount for each in final.postings] == [0, 0] and final.stage == "final"
    assert held(desk, "smelter-1", 2025) == 700
    refused("ASSET-018", desk.allocate, "smelter-1", "cn-al-2025-pre", date(2026, 10, 1), "周")
    assert [each.amount for each in desk.correct(final.id, "有误", "周").postings] == [0, 0]


def test_no_emissions_are_allocated_nothing_and_leave_nothing_to_surrender(desk: CarbonAssets) -> None:
    desk.verify("smelter-2", 2024, Emitted(D(0)), "停产", "周", NOW + timedelta(minutes=9))
    assert desk.allocate("smelter-2", "cn-al-2024", date(2025, 11, 20), "周").stage == "final"
    [surrender] = [each for each in desk.due("smelter-2", date(2026, 1, 5)) if each.duty.key == "surrender-2024"]  # fmt: skip
    assert (surrender.state, surrender.done) == ("nothing", None)


@pytest.mark.parametrize(
    "given",
    [{"surplus": "NaN"}, {"surplus": "0.1", "band": "NaN"}, {"surplus": "0.1", "band": "-0.03"}, {"surplus": "Infinity"}],
)  # fmt: skip
def test_a_parameter_that_cannot_be_reckoned_with_is_refused(desk: CarbonAssets, given: dict[str, str]) -> None:  # fmt: skip
    values = {key: D(value) for key, value in given.items()}
    with pytest.raises(UnusableDeclaration, match="ASSET-019") as caught:
        desk.allocate("smelter-1", "cn-al-2025", date(2026, 10, 1), "周", values, "依据")
    assert caught.value.zh and desk.book().bookings == {}


def test_duties_and_rules_of_a_sector_are_those_of_its_enterprises(tmp_path: Path) -> None:
    of = {"smelter-1": frozenset({"aluminium", "power"}), "smelter-2": frozenset({"copper"})}
    workspace = touchstone.open(tmp_path / "w")
    opened(tmp_path / "w")
    desk = CarbonAssets(workspace.ledger, sectors=of)
    on = date(2026, 1, 5)
    assert desk.due("smelter-2", on) == () and len(desk.due("smelter-1", on)) > 5
    desk.verify("smelter-2", 2024, Emitted(D(100)), "核查报告", "周", NOW + timedelta(minutes=9))
    told = refused("ASSET-020", desk.allocate, "smelter-2", "cn-al-2024", date(2025, 11, 20), "周")
    assert "copper" in told.found and "铜冶炼" in told.text("zh")
    refused("ASSET-016", desk.fulfil, "smelter-2", "report-2025", date(2026, 3, 30), "", "周")
