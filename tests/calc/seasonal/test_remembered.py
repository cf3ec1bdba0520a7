"""What was worked out is remembered by all it depends on, and by nothing else."""

import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.linkage.methods import declared
from touchstone.calc.seasonal import program, trading, x13
from touchstone.calc.seasonal.choice import model_of
from touchstone.calc.seasonal.parts import parts_of
from touchstone.calc.seasonal.seasonal import adjust
from touchstone.errors import UnusableSeries
from touchstone.facts.memory import Memory

from . import made
from .test_seasonal import QUICK, needs_x13


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The series for which the program is run from now on."""
    runs: list[str] = []
    real = x13.run
    monkeypatch.setattr(x13, "run", lambda key, *more: runs.append(key) or real(key, *more))
    return runs


@needs_x13
def test_everything_that_is_kept_comes_back_the_same_from_json(tmp_path: Path) -> None:
    given, memory = made.output(months=96), Memory(tmp_path / "memory.sqlite")
    found = adjust(given, QUICK, memory)
    assert found.parts and found.model
    assert parts_of(json.loads(json.dumps(asdict(found.parts)))) == found.parts
    assert model_of(json.loads(json.dumps(asdict(found.model)))) == found.model
    again = adjust(given, QUICK, Memory(tmp_path / "memory.sqlite"))
    assert again.parts == found.parts


@needs_x13
def test_what_was_worked_out_is_not_worked_out_again_and_a_changed_value_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given, memory = made.output(months=96), Memory()
    first = adjust(given, QUICK, memory)
    runs = counted(monkeypatch)
    assert adjust(given, QUICK, memory).series.values.tolist() == first.series.values.tolist() and not runs
    changed = made.series("made", "2008-01", given.values * np.where(np.arange(96) == 50, 1.01, 1))
    assert adjust(changed, QUICK, memory).series.values.tolist() != first.series.values.tolist() and runs


@needs_x13
def test_a_refusal_of_the_program_is_remembered_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, hurried = made.output(), replace(QUICK, seconds=0.001)
    impossible = replace(QUICK, arima="(0 1 99)(0 1 1)")
    first = [adjust(given, each, Memory(tmp_path / "m.sqlite")).why for each in (hurried, impossible)]
    runs = counted(monkeypatch)
    again = [adjust(given, each, Memory(tmp_path / "m.sqlite")).why for each in (hurried, impossible)]
    assert again == first and not runs
    with pytest.raises(UnusableSeries, match="SEASON-004  made") as refused:
        adjust(given, replace(hurried, fallback=False), Memory(tmp_path / "m.sqlite"))
    assert refused.value.zh and not runs
    assert adjust(given, QUICK, Memory(tmp_path / "m.sqlite")).how == "x13", "more time is another question"


@needs_x13
def test_an_answer_is_not_remembered_across_another_holiday_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    given, memory = made.output(), Memory()
    choice = replace(QUICK, trading="china", spans=False)
    first = adjust(given, choice, memory)
    real = trading.working_days
    monkeypatch.setattr(
        trading,
        "working_days",
        lambda p, *more: (real(p, *more)[0] + 3 * (p[5:] == "05" and int(p[:4]) % 2), real(p, *more)[1]),
    )
    trading._means.cache_clear()
    again = adjust(given, choice, memory)
    assert again.series.values.tolist() == adjust(given, choice, Memory()).series.values.tolist()
    assert again.series.values.tolist() != first.series.values.tolist()
    trading._means.cache_clear()


@needs_x13
def test_an_answer_is_not_remembered_across_other_limits_or_another_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given, memory = made.output(months=96), Memory()
    choice = replace(QUICK, spans=False)
    runs = counted(monkeypatch)
    adjust(given, choice, memory)
    adjust(given, choice, memory)
    assert len(runs) == 1
    limit = next(row for row in declared("seasonal")["diagnostic"] if row["key"] == "M7")
    monkeypatch.setitem(limit, "good", 0.0)
    monkeypatch.setitem(limit, "poor", 0.0)
    assert next(c for c in adjust(given, choice, memory).diagnostics if c.key == "M7").verdict == "fails"
    monkeypatch.setattr(program, "digest", lambda: "another build")
    adjust(given, choice, memory)
    assert len(runs) == 3


@needs_x13
@pytest.mark.parametrize("decomposition", ["x11", "seats"])
def test_a_notice_that_is_added_for_a_year_to_come_moves_no_adjusted_value(
    decomposition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sample to December 2025 stands alike on a package that knows the notices to 2025 and on one that knows that of 2026."""
    given = made.output(months=216)
    choice = replace(QUICK, trading="china", spans=False, decomposition=decomposition)
    now = adjust(given, choice, Memory())
    assert now.model and now.model.trading == "china"
    then = replace(trading.calendar("CN.spot"), last=date(2025, 12, 31))
    monkeypatch.setattr(trading, "calendar", lambda code: then)
    trading._means.cache_clear()
    assert adjust(given, choice, Memory()).parts == now.parts
    trading._means.cache_clear()
