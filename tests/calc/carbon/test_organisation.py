"""Organisations: what a carbon accountant writes, what is refused, and what of it belongs to whom on a day."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touchstone.calc.carbon.consolidation import (
    APPROACHES,
    below,
    by_park,
    by_province,
    methods_on,
    perimeter,
    share,
)
from touchstone.calc.carbon.inventory.inventory import belonging
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import _built, organisation_of, read_organisation
from touchstone.errors import UnusableDeclaration

from .made import GROUP
from .methods.test_any_file import ODD, places


def _refused(text: str) -> list[str]:
    found, wrong = read_organisation(text, "organisation.toml", methods())
    assert found is None
    assert all(each.where.startswith("organisation.toml") and each.zh for each in wrong)
    return [each.code for each in wrong]


def test_a_unit_has_the_place_park_methods_and_options_of_its_enterprise_where_it_says_nothing() -> None:
    nodes = organisation_of(GROUP, "organisation.toml", methods()).nodes
    line = nodes["line-1"]
    assert (line.place, line.park) == ("CN-5301", "west park")
    assert line.options == (("anode", "net-per-tonne"), ("pfc", "slope"))
    assert line.methods == nodes["mine"].methods
    assert nodes["joint"].methods == (("cn-energy", None),)
    assert nodes["line-2"].place == "CN-62"


def test_a_unit_that_names_no_sector_is_of_that_of_its_enterprise_and_one_that_names_its_own_keeps_it() -> (
    None
):
    """A group's copper, lead and zinc lines fell under no sector, though their enterprises name one."""
    power = GROUP.replace('product = "aluminium.liquid"', 'product = "power"\nsector = "power"')
    for text, sector in ((GROUP, "aluminium"), (power, "power")):
        organisation = organisation_of(text, "organisation.toml", methods())
        assert {key: belonging(organisation, key)["sector"] for key in ("line-1", "line-2", "joint")} == {
            "line-1": sector, "line-2": "aluminium", "joint": ""
        }  # fmt: skip


def test_everything_that_is_wrong_with_a_file_is_told_at_once() -> None:
    """A share without its sign hid a sector and a parent that there are none of, one round after the other."""
    text = GROUP.replace('share = "60 %"', 'share = "60"').replace(
        'sector = "aluminium"', 'sector = "aluminum"'
    )
    text = text.replace(
        'parent = "smelting"\nname = { zh = "合营"', 'parent = "smelter"\nname = { zh = "合营"'
    )
    assert len(_refused(text)) >= 3
    with pytest.raises(UnusableDeclaration) as refused:
        organisation_of(text, "organisation.toml", methods())
    told = " ".join(each.text() for each in (refused.value, *refused.value.also))
    assert "60" in told and "aluminum" in told and "smelter" in told


def test_a_method_is_applied_from_the_day_that_is_declared() -> None:
    organisation = organisation_of(GROUP, "organisation.toml", methods())
    assert methods_on(organisation, "line-1", date(2023, 12, 31)) == ("cn-ndrc-2013-al",)
    assert methods_on(organisation, "line-1", date(2024, 1, 1)) == ("cn-cets-2024-al", "cn-ndrc-2013-al")


def test_shares_multiply_down_a_chain_and_several_chains_add() -> None:
    """60 % of half the joint works, and 10 % of it directly."""
    organisation = organisation_of(GROUP, "organisation.toml", methods())
    early, late = date(2023, 1, 1), date(2023, 8, 1)
    assert share(organisation, "north", "joint", early, "equity") == Fraction(4, 10)
    assert share(organisation, "north", "joint", late, "equity") == Fraction(1, 6) + Fraction(1, 10)
    assert share(organisation, "north", "joint", early, "control") == 1
    assert share(organisation, "north", "joint", late, "control") == 0
    assert share(organisation, "south", "joint", late, "control") == 1


def test_a_holding_that_changes_within_a_month_counts_for_the_month_as_on_its_last_day() -> None:
    organisation = organisation_of(GROUP, "organisation.toml", methods())
    assert perimeter(organisation, "north", "2023-06", "equity")["line-1"] == Fraction(6, 10)
    assert perimeter(organisation, "north", "2023-07", "equity")["line-1"] == Fraction(1, 3)
    assert "line-1" not in perimeter(organisation, "north", "2023-07", "control")


def test_a_new_unit_counts_from_its_first_month_and_a_closed_one_up_to_its_last() -> None:
    organisation = organisation_of(GROUP, "organisation.toml", methods())
    counted = {
        month: "line-2" in perimeter(organisation, "mine", month, "equity")
        for month in ("2022-04", "2022-05", "2024-06", "2024-07")
    }
    assert counted == {"2022-04": False, "2022-05": True, "2024-06": True, "2024-07": False}
    assert "line-2" not in below(organisation, "mine", date(2024, 6, 15))
    assert below(organisation, "mine", date(2024, 6, 14)) == ("mine", "line-1", "line-2")


def test_units_are_found_by_province_and_by_park() -> None:
    organisation = organisation_of(GROUP, "organisation.toml", methods())
    assert by_province(organisation, ("line-1", "line-2", "south")) == {
        "CN-53": ("line-1",), "CN-62": ("line-2",), "": ("south",),
    }  # fmt: skip
    assert by_park(organisation, ("line-1", "joint"))[""] == ("joint",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text.replace('parent = "north"', 'parent = "nort"'), "ORG-003"),
        (lambda text: text.replace('place = "CN-62"', 'place = "CN-999"'), "ORG-003"),
        (lambda text: text.replace('sector = "aluminium"', 'sector = "aluminum"'), "ORG-003"),
        (lambda text: text.replace('"aluminium.liquid"', '"aluminum.liquid"'), "ORG-003"),
        (lambda text: text.replace('cn-energy = "always"', 'cn-enrgy = "always"'), "ORG-003"),
        (lambda text: text.replace('item = "electricity.own"', 'item = "own power"'), "ORG-003"),
        (lambda text: text.replace('kind = "segment"', 'kind = "unit"'), "ORG-004"),
        (lambda text: text.replace('parent = "smelting"', "", 1), "ORG-004"),
        (lambda text: text.replace('share = "1/3"', 'share = "34 %"'), "ORG-006"),
        (lambda text: text.replace('key = "line-2"', 'key = "line-1"'), "ORG-007"),
        (lambda text: text.replace("until = 2024-06-14", "until = 2022-05-09"), "ORG-008"),
        (lambda text: text.replace("2024-01-01 }", "2023-12-31 }"), "ORG-009"),
        (lambda text: text.replace('pfc = "slope"', 'pfc = "slop"'), "ORG-010"),
        (lambda text: text.replace('pfc = "slope"', 'pcf = "slope"'), "ORG-010"),
        (lambda text: text.replace('user = "line-2"', 'user = "line-1"'), "ORG-011"),
        (lambda text: text.replace("controls = false", "controls = true", 1), "ORG-012"),
        (lambda text: text.replace("2023-07-15", "2023-07-16"), "ORG-012"),
        (lambda text: text.replace('share = "10%"', 'share = "110 %"'), "ORG-001"),
        (lambda text: text.replace('share = "10%"', "share = 10"), "ORG-001"),
        (lambda text: text.replace('kind = "segment"', 'kind = "branch"'), "ORG-001"),
        (lambda text: text.replace("controls = false\n", "", 1), "ORG-001"),
        (lambda text: text + "[[nodes]]\n", "ORG-001"),
        (lambda text: text + "[[", "ORG-002"),
        (lambda text: "", "ORG-001"),
    ],
)
def test_what_an_organisation_cannot_be_is_refused_by_its_code(
    change: Callable[[str], str], code: str
) -> None:
    assert code in _refused(change(GROUP))


def test_a_circle_of_owners_is_refused_with_the_whole_circle() -> None:
    circle = (
        GROUP
        + '[[holding]]\nowner = "joint"\nowned = "mine"\nshare = "1/3"\ncontrols = false\nuntil = 2023-01-01\n'
    )
    _, wrong = read_organisation(circle, "organisation.toml", methods())
    assert [each.code for each in wrong] == ["ORG-005"]
    assert "mine" in wrong[0].found and "joint" in wrong[0].found


def test_a_circle_of_parents_is_refused() -> None:
    assert "ORG-005" in _refused(
        GROUP.replace('kind = "segment"\nparent = "north"', 'kind = "segment"\nparent = "mine"')
    )


def test_everything_that_is_wrong_is_told_at_once() -> None:
    spoilt = GROUP.replace('place = "CN-62"', 'place = "CN-999"').replace(
        'item = "electricity.own"', 'item = "x"'
    )
    assert len(_refused(spoilt.replace("until = 2024-06-14", "until = 2022-05-09"))) == 3


def test_a_node_or_an_approach_that_is_not_there_is_refused() -> None:
    organisation = organisation_of(GROUP, "organisation.toml", methods())
    with pytest.raises(UnusableDeclaration, match="ORG-013"):
        below(organisation, "nothing", date(2024, 1, 1))
    with pytest.raises(UnusableDeclaration, match="ORG-014"):
        share(organisation, "north", "mine", date(2024, 1, 1), "proportional")


@st.composite
def _chains(draw: st.DrawFn) -> tuple[str, int]:
    """Two groups and some enterprises, each owned by groups and by enterprises before it, up to the whole."""
    count = draw(st.integers(1, 6))
    keys = ["north", "south", *(f"e{n}" for n in range(count))]
    text = "".join(
        f'[[node]]\nkey = "{key}"\nkind = "group"\nname = {{ zh = "甲", en = "a" }}\n' for key in keys[:2]
    )
    for place, key in enumerate(keys[2:], 2):
        text += f'[[node]]\nkey = "{key}"\nkind = "enterprise"\nparent = "north"\nname = {{ zh = "甲", en = "a" }}\n'
        owners = draw(st.lists(st.sampled_from(keys[:place]), min_size=1, max_size=3, unique=True))
        parts = [draw(st.integers(1, 9)) for _ in owners]
        for number, (owner, part) in enumerate(zip(owners, parts, strict=True)):
            rules = str(number == 0).lower()
            text += f'[[holding]]\nowner = "{owner}"\nowned = "{key}"\nshare = "{part}/{sum(parts)}"\ncontrols = {rules}\n'
    return text, count


@settings(max_examples=40, deadline=None)
@given(_chains())
def test_what_is_owned_wholly_between_two_groups_is_shared_out_wholly(chain: tuple[str, int]) -> None:
    text, count = chain
    organisation = organisation_of(text, "organisation.toml", methods())
    day = date(2024, 1, 31)
    for key in (f"e{n}" for n in range(count)):
        for approach in APPROACHES:
            parts = [share(organisation, group, key, day, approach) for group in ("north", "south")]
            assert sum(parts) == 1
            assert all(0 <= part <= 1 for part in parts)
        assert perimeter(organisation, "north", "2024-01", "equity").get(key, 0) == share(
            organisation, "north", key, day, "equity"
        )


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_an_odd_value_in_any_field_is_read_or_refused(odd: Any) -> None:
    given = tomllib.loads(GROUP)
    refused = 0
    for place in places(given):
        changed = deepcopy(given)
        node = changed
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = odd
        found, wrong = _built(changed, "organisation.toml", methods())
        assert (found is None) == bool(wrong)
        assert all(each.where.startswith("organisation.toml") and each.zh and all(each.zh) for each in wrong)
        refused += bool(wrong)
    assert refused > 20
