"""A total says what it lacks: rows with missing lines, and units that stated only some months."""

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.library import library
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.coverage import caution, gaps, missing_of
from touchstone.calc.carbon.inventory.inventory import inventory
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import organisation_of
from touchstone.calc.carbon.quality.declared import Finding
from touchstone.facts.text import Text

from ..made import GROUP
from . import works
from .made import entry

SAID = Text("可疑", "in question")


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


def test_the_trading_boundary_warns_of_errors_in_what_it_counts_and_of_no_others() -> None:
    """The power of the potline is in question, the anodes are not; the scheme counts no power."""
    options = 'anode = "net-per-tonne", pfc = "default"'
    text = works.group(methods='cn-cets-2024-al = "always"', options=options, top="data_years = { 2024 = 2023 }")  # fmt: skip
    entries = works.year(2024, ("aluminium.liquid", 10000, "t"), ("electricity.grid", 136000, "MWh"))
    power, metal = (
        next(each.fact for each in entries if each.item == item)
        for item in ("electricity.grid", "aluminium.liquid")
    )

    def told(boundary: str, fact: str) -> tuple[int, bool]:
        found = Finding(
            "size", "error", "line", "2024-01", fact.split()[2], "amount", SAID, SAID, SAID, (fact,)
        )
        said = caution(works.account(text, entries, year="2024", boundary=boundary), [found])
        return len(said.suspects), said.doubtful > 0

    assert told("enterprise", power) == told("enterprise", metal) == told("trading", metal) == (1, True)
    assert told("trading", power) == (0, False)
