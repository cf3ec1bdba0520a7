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


def test_a_row_with_a_missing_line_says_so_and_the_others_do_not() -> None:
    steam = entry("heat.steam", "5", "t", month="2023-02", plant="line-1")
    of = account(stone("line-1", "2023-01"), steam, stone("line-2", "2023-01"))
    assert [len(missing_of(of, ("unit",), (unit,))) for unit in ("line-1", "line-2")] == [1, 0]
    assert len(missing_of(of, ("enterprise", "month"), ("mine", "2023-02"))) == 1
    assert not missing_of(of, ("enterprise", "month"), ("mine", "2023-01"))
    assert len(missing_of(of, ("gas",), ("CO2",))) == 1, "nobody can say of which gas it would be"


def test_months_of_which_a_unit_states_nothing_are_gaps_while_it_is_there() -> None:
    every = [stone("line-1", f"2024-{month:02d}") for month in range(1, 13)]
    closed = [stone("line-2", f"2024-{month:02d}") for month in (1, 2, 4)]
    [gap] = gaps(account(*every, *closed))
    assert (gap.unit, gap.months) == ("line-2", ("2024-03", "2024-05", "2024-06")), "it was closed on 14 June"
    assert not gaps(account(*every))
