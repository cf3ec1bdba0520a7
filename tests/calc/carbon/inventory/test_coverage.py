"""A total says what it lacks: rows with missing lines, and units that stated only some months."""

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.coverage import gaps, missing_of
from touchstone.calc.carbon.inventory.inventory import inventory
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import organisation_of

from ..made import GROUP
from .made import entry


def account(*entries: Entry, node: str = "") -> Account:
    known = organisation_of(GROUP, "organisation.toml", methods())
    made = inventory(known, entries, library(), methods())
    return Account(made, known, library(), methods(), node, entries[0].month[:4])


def stone(unit: str, month: str) -> Entry:
    return entry("limestone", "5", "t", month=month, plant=unit)


def fuel(unit: str, month: str) -> Entry:
    return entry("diesel", "5", "t", month=month, plant=unit)


def test_a_row_with_a_missing_line_says_so_and_the_others_do_not() -> None:
    steam = entry("heat.steam", "5", "t", month="2023-02", plant="line-1")
    of = account(stone("line-1", "2023-01"), steam, stone("line-2", "2023-01"))
    assert [len(missing_of(of, ("unit",), (unit,))) for unit in ("line-1", "line-2")] == [1, 0]
    assert len(missing_of(of, ("enterprise", "month"), ("mine", "2023-02"))) == 1
    assert not missing_of(of, ("enterprise", "month"), ("mine", "2023-01"))
    assert len(missing_of(of, ("gas",), ("CO2",))) == 1, "nobody can say of which gas it would be"


def test_months_of_which_a_unit_states_nothing_are_gaps_while_it_is_there() -> None:
    every = [fuel("line-1", f"2022-{month:02d}") for month in range(1, 13)]
    opened = [fuel("line-2", f"2022-{month:02d}") for month in (5, 6, 8, 9, 10, 11)]
    [gap] = gaps(account(*every, *opened))
    assert (gap.unit, gap.months) == ("line-2", ("2022-07", "2022-12")), "it was opened on 10 May"
    assert not gaps(account(*every))
