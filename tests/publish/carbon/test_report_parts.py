"""Where only a part of a unit counts, the report says which, and its rows add up to what is counted."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.coverage import Caution
from touchstone.calc.carbon.inventory.doubted import doubted
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.facts.text import Text
from touchstone.publish.carbon.labelled import both, held
from touchstone.publish.carbon.recheck import UnsoundInventory, check_report
from touchstone.publish.carbon.report import inventory_report
from touchstone.publish.carbon.report_lines import with_months
from touchstone.publish.report.report import Report, Table

from ...calc.carbon.inventory.works import account as account_of
from ...calc.carbon.inventory.works import stated as stated_of
from .report_rows import assert_multiplies_out, cents, figure, product_of, table, texts

HEATED = """
[[node]]
key = "north"
kind = "group"
name = { zh = "集团", en = "group" }

[[node]]
key = "works"
kind = "enterprise"
parent = "north"
name = { zh = "厂", en = "works" }
place = "CN-37"
methods = { cn-ndrc-2013-al = "always" }
options = { pfc = "default" }

[[node]]
key = "boiler"
kind = "unit"
parent = "works"
name = { zh = "锅炉", en = "boiler" }
sector = "power"

[[node]]
key = "press"
kind = "unit"
parent = "works"
name = { zh = "挤压", en = "press" }
product = "aluminium.processed"

[[transfer]]
item = "heat"
maker = "boiler"
user = "press"
"""
HOLDINGS = """
[[holding]]
owner = "north"
owned = "works"
share = "60 %"
controls = true
until = 2022-01-31

[[holding]]
owner = "north"
owned = "works"
share = "45 %"
controls = true
since = 2022-02-01
"""


def unit_tables(report: Report) -> Iterator[Table]:
    head = row_of_head("parameter", "value", "measured_in", "source_and_evidence")
    return (
        each for each in report.blocks if isinstance(each, Table) and [c.text for c in each.head[0]] == head
    )


def row_of_head(*keys: str) -> list[Text]:
    return [both(f"inventory_column.{key}") for key in keys]


def assert_adds_up(account: Account, folder: Report) -> None:
    """Rows to the sum of each unit, sums of units to the total, months likewise; every one multiplies out."""
    of_unit: dict[str, Decimal] = {}
    for each in unit_tables(folder):
        unit = re.findall(r"（([a-z0-9-]+)）：", each.caption.zh)[0]
        rows = [row for row in texts(each) if len(row) > 1 and row[0].startswith("排放量")]
        for row in rows:
            assert_multiplies_out(row)
        counted = [figure(row[4]) for row in rows if len(row) == 5]
        if counted:
            name, total = texts(each)[-1]
            assert name == "计入合计（吨CO2当量）"
            assert abs(sum(counted) - figure(total)) <= Decimal("0.005") * (len(counted) + 1)
            of_unit[unit] = of_unit.get(unit, Decimal(0)) + figure(total)
    due = {each.key[0]: held(each.total, 2) for each in account.totals("unit")}
    assert of_unit.keys() == due.keys()
    assert all(abs(of_unit[unit] - due[unit]) <= Decimal("0.02") for unit in due)
    months: dict[str, list[Decimal]] = {}
    for row in texts(table(with_months(folder, account), "months")):
        if row[11] == "计入":
            months.setdefault(row[1], []).append(figure(row[10]))
            assert cents(product_of(row[7], row[8], row[9])) == figure(row[10])
    assert all(
        abs(sum(months[unit]) - due[unit]) <= Decimal("0.005") * (len(months[unit]) + 1) for unit in due
    )


def paper(account: Account) -> Report:
    return inventory_report(
        account, performed(account), doubted(account, 200), Caution(0, Fraction(0), 0, 0, ()), date(2024, 3, 1), None, True
    )  # fmt: skip


def test_heat_of_which_a_part_was_made_in_the_group_adds_up_to_what_the_report_counts() -> None:
    """
    boiler  2022-03  anthracite  10   t   holds 203.04 GJ
    press   2022-03  heat        500  GJ  from the boiler, which cannot have made the rest
    """
    entries = [
        stated_of("boiler", "2022-03", "anthracite", 10, "t"), stated_of("press", "2022-03", "heat", 500, "GJ"),
    ]  # fmt: skip
    account = account_of(HEATED, entries, year="2022")
    report = paper(account)
    assert_adds_up(account, report)
    [heat] = [row for each in unit_tables(report) for row in texts(each) if "计入部分" in "".join(row)]
    assert (heat[1], heat[4]) == ("55.00", "32.67") and "× 59.392%" in heat[3]
    for lang in ("zh", "en"):
        check_report(report, account, lang)


def test_under_equity_shares_the_share_is_printed_and_the_rows_add_up_to_the_equity_total() -> None:
    """The group owns 60 % of the works in January, and 45 % from February on."""
    entries = [
        stated_of(unit, month, thing, amount, measured)
        for month in ("2022-01", "2022-02", "2022-03")
        for unit, thing, amount, measured in (
            ("boiler", "anthracite", 10, "t"), ("press", "heat", 500, "GJ"), ("press", "electricity.grid", 77, "MWh"),
        )
    ]  # fmt: skip
    whole = account_of(HEATED + HOLDINGS, entries, year="2022", group="north", approach="control")
    account = replace(whole, approach="equity")
    assert account.total < whole.total * Fraction(3, 5)
    report = paper(account)
    assert_adds_up(account, report)
    coal = next(row for each in unit_tables(report) for row in texts(each) if len(row) == 5)
    assert "× 50%（计入部分）" in coal[3], "two months of 45 and one of 60"
    assert [row[8] for row in texts(table(with_months(report, account), "months"))[:3]] == ["60", "45", "45"]


def test_a_unit_that_says_more_than_counts_of_it_is_found_when_the_report_is_read_back() -> None:
    account = account_of(HEATED, [stated_of("press", "2022-03", "heat", 500, "GJ")], year="2022")
    report = paper(account)
    [last] = list(unit_tables(report))
    *cells, number = last.body[-1]
    wrong = replace(last, body=(*last.body[:-1], (*cells, replace(number, text=Text("56.00", "56.00")))))
    blocks = tuple(wrong if each is last else each for each in report.blocks)
    with pytest.raises(UnsoundInventory, match="INVENTORY-003"):
        check_report(replace(report, blocks=blocks), account, "en")
