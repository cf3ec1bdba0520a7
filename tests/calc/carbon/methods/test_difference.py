"""Two editions of a method, side by side: what was added, removed and changed, and nothing else."""

from pathlib import Path

from touchstone.calc.carbon.methods.difference import difference
from touchstone.calc.carbon.methods.method_file import FOLDER, method, method_of, methods

TEXT = (FOLDER / "cn-ndrc-2013-al.toml").read_text("utf-8")


def edition(folder: Path, *changes: tuple[str, str]) -> list[tuple[str, str, str, str, str]]:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "cn-ndrc-2013-al.toml"
    path.write_text(text, "utf-8")
    found = difference(method("cn-ndrc-2013-al"), method_of(path))
    return [(each.kind, each.where, each.what, each.before.en, each.after.en) for each in found]


def test_an_edition_is_no_different_from_itself() -> None:
    assert all(difference(each, each) == () for each in methods().values())


def test_a_changed_formula_is_one_change_with_the_parameters_it_takes(tmp_path: Path) -> None:
    change = ("metal * slope * aem / 1000", "metal * slope * aem * ratio / 1000")
    assert edition(tmp_path, change) == [
        ("formula-changed", "pfc-cf4-slope", "formula", *change),
        ("parameter-added", "pfc-cf4-slope", "ratio", "", "t/t"),
    ]


def test_a_changed_set_of_gwp_and_day_are_changes_of_the_method(tmp_path: Path) -> None:
    assert edition(tmp_path, ('gwp = "SAR"', 'gwp = "AR5"\nvalid_from = 2027-01-01')) == [
        ("method", "", "valid_from", "", "2027-01-01"),
        ("method", "", "gwp", "SAR", "AR5"),
    ]


def test_another_default_is_a_tier_that_goes_and_one_that_comes(tmp_path: Path) -> None:
    old = '{ kind = "default", factor = "consumption", of = "anode" }'
    assert edition(tmp_path, (old, old.replace(" }", ', document = "cn-cets-2024-al" }'))) == [
        ("tier-added", "anode", "net_consumption", "", "default, factor consumption, of anode, document cn-cets-2024-al"),
        ("tier-removed", "anode", "net_consumption", "default, factor consumption, of anode", ""),
    ]  # fmt: skip


def test_the_same_tiers_in_another_order_are_a_change(tmp_path: Path) -> None:
    lines = [line for line in TEXT.splitlines() if 'of = "electricity.grid", family' in line]
    [change] = {each[:3] for each in edition(tmp_path, ("\n".join(lines), "\n".join(lines[::-1])))
                if each[1] == "electricity"}  # fmt: skip
    assert change == ("parameter-changed", "electricity", "grid.tiers")


def test_a_term_that_went_and_one_that_came_are_told_with_their_formulas(tmp_path: Path) -> None:
    assert edition(tmp_path, ('key = "limestone"', 'key = "carbonate"')) == [
        ("term-added", "carbonate", "formula", "", "amount * emission"),
        ("term-removed", "limestone", "formula", "amount * emission", ""),
    ]


def test_from_the_guideline_of_2013_to_the_trading_scheme() -> None:
    found = difference(method("cn-ndrc-2013-al"), method("cn-cets-2024-al"))
    told = {(each.kind, each.where, each.what) for each in found}
    assert {
        ("method", "", "gwp"),
        ("term-removed", "anode", "formula"),
        ("term-added", "anode-gross", "formula"),
        ("term-removed", "limestone", "formula"),
        ("term-changed", "electricity", "level"),
        ("option-changed", "pfc", "choices"),
        ("tier-added", "fuel", "ncv"),
    } <= told
    assert all(each.before.zh != each.after.zh for each in found)
