"""What people do with lights: matters that changes open, lights set by hand, rule files of their own; and what is refused of it."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.calc.warning.override import Override
from touchstone.calc.warning.rulebook import FOLDER
from touchstone.desk import dispatch
from touchstone.desk.light_overrides import read_overrides
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.serve.web import console

from .copper import leap, watching


@pytest.fixture(autouse=True)
def in_march_2025(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day after the leap was published."""
    monkeypatch.setattr(Workspace, "today", lambda _: date(2025, 3, 2))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return watching(tmp_path)


def test_a_change_of_light_opens_one_matter_with_whom_it_concerns_and_never_a_second(
    workspace: Workspace,
) -> None:
    assert not workspace.warnings().turns, "the first wall has nothing to differ from"
    workspace.ledger.append(leap())
    turned = workspace.warnings().turns
    assert ("cu", "M", "price") in {(x.material, x.frequency, x.side) for x in turned}
    assert all(x.matter for x in turned)
    matters = workspace.dispatch().matters()
    assert [each.name for each in matters[0].affected] == ["样例企业甲"]
    assert matters[0].change.facts and matters[0].change.reasons
    workspace.warnings()
    (workspace.folder / "warning" / "wall.json.zz").unlink()
    workspace.warnings()
    assert workspace.dispatch().matters() == matters


def test_a_matter_the_register_refused_is_asked_for_again_until_it_is_open(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On 5 January 2027 no calendar counts the working days of a deadline; the change is not forgotten over it."""
    workspace.warnings()
    workspace.ledger.append(leap())
    with monkeypatch.context() as then:
        then.setattr(dispatch, "today", lambda at=None: date(2027, 1, 5))
        first = workspace.warnings()
        assert workspace.warnings().turns == first.turns
    assert first.turns and not any(turn.matter for turn in first.turns)
    assert any("CAL-002" in each.en for each in first.refused)
    assert not workspace.dispatch().matters()
    wall = workspace.warnings()
    assert len(wall.turns) == len(first.turns) and all(turn.matter for turn in wall.turns)
    assert {turn.matter for turn in wall.turns} == {each.id for each in workspace.dispatch().matters()}


def test_a_light_that_turns_from_tight_to_loose_of_one_colour_is_a_change(workspace: Workspace) -> None:
    workspace.ledger.append(leap())
    hand = Override("cu", "M", "demand", 2.0, "李", "订单", date(2025, 1, 1), date(2025, 4, 1))
    workspace.override(hand)
    workspace.warnings()
    workspace.override(replace(hand, score=-2.0, reason="退单"))
    [turn] = workspace.warnings().turns
    assert turn.reversed and (turn.before, turn.after) == ("red", "red")
    assert turn.reasons[0].zh == "由偏紧转为偏松" and workspace.dispatch().matter(turn.matter).change.reversed


@pytest.mark.parametrize(
    ("author", "reason", "material", "code"),
    [("", "停产", "cu", "WARN-015"), ("李", " ", "cu", "WARN-015"), ("李", "停产", "gold", "WARN-016")],
)
def test_an_override_nobody_answers_for_is_refused_and_not_written(
    workspace: Workspace, author: str, reason: str, material: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        workspace.override(
            Override(material, "M", "price", 2.0, author, reason, date(2025, 1, 1), date(2025, 2, 1))
        )
    assert refused.value.code == code and workspace.overrides() == ((), ())


def test_a_row_of_overrides_that_cannot_be_read_is_named_and_the_others_hold(workspace: Workspace) -> None:
    workspace.override(Override("cu", "M", "price", 2.0, "李", "停产", date(2025, 1, 1), date(2025, 2, 1)))
    path = workspace.folder / "warning" / "overrides.toml"
    path.write_text(path.read_text("utf-8") + '\n[[override]]\nmaterial = "cu"\n', encoding="utf-8")
    found, refused = workspace.overrides()
    assert len(found) == 1 and refused[0].where == "overrides.toml override 2"
    assert any("override 2" in text.en for text in workspace.warnings().refused)


def test_a_reason_with_a_character_that_cannot_be_printed_is_refused_and_harms_no_other(
    workspace: Workspace,
) -> None:
    """DEL, which TOML forbids, pasted into the form."""
    hand = Override("cu", "M", "price", 2.0, "李", "停产", date(2025, 1, 1), date(2025, 2, 1))
    workspace.override(hand)
    workspace.warnings()
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        token = re.search(r'name="token" value="([^"]+)"', asking.get("/warning/cu").text)
        assert token
        form = {
            "token": token[1],
            "material": "cu",
            "frequency": "M",
            "side": "price",
            "light": "red",
            "by": "李",
        }
        days = {"since": "2025-01-01", "until": "2025-02-01"}
        answer = asking.post("/warning/override", data={**form, **days, "reason": "a\x7fb"})
        assert answer.status_code == 409 and "WARN-015" in answer.text
        assert asking.get("/warning").status_code == 200
    assert workspace.overrides() == ((hand,), ())


@pytest.mark.parametrize(
    "text",
    [
        "override = 5\n", "override = [5]\n",
        '[[override]]\nmaterial = "cu"\nfrequency = "M"\nside = "price"\nscore = 2.0\nauthor = "Li"\nreason = "r"\n'
        "since = 2025-01-01T08:00:00\nuntil = 2025-12-31T08:00:00\n",
    ],
)  # fmt: skip
def test_overrides_that_say_something_else_than_a_day_are_refused_by_name_and_the_wall_goes_on(
    workspace: Workspace, text: str
) -> None:
    path = workspace.folder / "warning" / "overrides.toml"
    path.parent.mkdir()
    path.write_text(text)
    wall = workspace.warnings()
    assert any("WARN-015" in each.en and "overrides.toml" in each.en for each in wall.refused)
    assert not any(light.override for light in wall.lights)


def test_two_processes_that_set_lights_at_once_lose_none(tmp_path: Path) -> None:
    told = (
        "import sys, datetime as dt, pathlib\n"
        "from touchstone.calc.warning.override import Override\n"
        "from touchstone.desk.light_overrides import add_override\n"
        "day = dt.date(2025, 1, 1)\n"
        "for n in range(20):\n"
        "    add_override(pathlib.Path(sys.argv[1]), Override('cu', 'M', 'price', 2.0, 'Li', f'{sys.argv[2]}{n}', day, day))\n"
    )
    path = tmp_path / "overrides.toml"
    ours = {**os.environ, "PYTHONPATH": str(Path(touchstone.__file__).parents[1])}
    both = [subprocess.Popen([sys.executable, "-c", told, str(path), name], env=ours) for name in "ab"]
    assert [each.wait() for each in both] == [0, 0]
    found, refused = read_overrides(path)
    assert not refused and {each.reason for each in found} == {
        f"{name}{n}" for name in "ab" for n in range(20)
    }


def test_a_material_whose_key_has_a_dot_and_one_declared_in_two_files_are_refused(
    workspace: Workspace,
) -> None:
    own = workspace.folder / "warning" / "rules"
    own.mkdir(parents=True)
    copper = (FOLDER / "copper.toml").read_text("utf-8")
    (own / "my_copper.toml").write_text(copper, "utf-8")
    (own / "zinc.toml").write_text(copper.replace('key = "cu"', 'key = "cu.lme"'), "utf-8")
    book = workspace.rulebook()
    assert {each.where: each.code for each in book.refused} == {
        "my_copper.toml key cu": "WARN-014", "zinc.toml key": "WARN-013"
    }  # fmt: skip
    assert [each.key for each in book.materials].count("cu") == 1
    wall = workspace.warnings()
    assert "cu" in wall.materials() and any("cu.lme" in each.en for each in wall.refused)
