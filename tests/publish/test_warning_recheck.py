"""The weekly bulletin is read back before it is written: a changed sign, number, direction or colour is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from touchstone.calc.timeseries import TimeSeries
from touchstone.calc.warning.kept import KeptWall, turns
from touchstone.calc.warning.light import aged, wall
from touchstone.calc.warning.override import Override
from touchstone.calc.warning.rulebook import book
from touchstone.facts.text import Text
from touchstone.publish.report.report import Cell, Paragraph, Report, Table
from touchstone.publish.warning.bulletin import Week, warning_report
from touchstone.publish.warning.recheck import UnsoundWarning, check_bulletin

from ..calc.warning.made import worldbank

HAND = Override(
    "pb", "M", "price", 2.0, "Li", "3 mines shut since 2025-10", date(2025, 11, 1), date(2025, 12, 31)
)


def kept(series: dict[str, TimeSeries], day: date) -> KeptWall:
    lit = wall(book().materials, series, overrides=[HAND], day=day).lights
    return KeptWall(day, datetime(2025, 12, 5, tzinfo=UTC), tuple(aged(x, day) for x in lit), (), ())


@pytest.fixture(scope="module")
def week() -> Week:
    """The World Bank's prices to November 2025 against those to October."""
    whole = worldbank()
    before = {key: each.between(each.periods[0], "2025-10") for key, each in whole.items()}
    now, then = kept(whole, date(2025, 12, 5)), kept(before, date(2025, 11, 28))
    found = turns(then.lights, now.lights)
    assert found
    return Week(now, then, found, None, (), {})


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("mode", ["severity", "direction"])
def test_a_bulletin_that_says_what_the_wall_shows_passes(week: Week, lang: str, mode: str) -> None:
    read = replace(week, wall=week.wall.read_in(mode))
    check_bulletin(warning_report(read), read, lang)


def reworded(report: Report, change: Callable[[str], str], where: type) -> Report:
    """The report with the first sentence, or cell, that a change changes."""
    done = False

    def of(text: Text) -> Text:
        nonlocal done
        if done or change(text.en) == text.en:
            return text
        done = True
        return Text(text.zh, change(text.en))

    blocks = []
    for block in report.blocks:
        if isinstance(block, Paragraph) and where is Paragraph:
            block = Paragraph(
                tuple(replace(x, text=of(x.text)) if x.rule else x for x in block.sentences), block.label
            )
        elif isinstance(block, Table) and where is Table:
            block = replace(
                block,
                body=tuple(
                    tuple(_cell(cell, of, place) for place, cell in enumerate(row)) for row in block.body
                ),
            )
        blocks.append(block)
    assert done, "nothing was changed"
    return replace(report, blocks=tuple(blocks))


def _cell(cell: Cell, of: Callable[[Text], Text], place: int) -> Cell:
    return replace(cell, text=of(cell.text)) if place else cell


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        (", above +", ", below +"), (", below -", ", above -"), (": +", ": -"), (": -", ": +"), ("above +", "above +1"),
        (": yellow since", ": red since"), (": blue since", ": yellow since"), ("Set by hand to red", "Set by hand to blue"),
        (" periods", "0 periods"), (" days. ", "0 days. "), ("since Nov 2025", "since Sep 2025"), (" in Nov 2025", " in Oct 2025"),
        (". Price", ". Up 5 %: price"),
    ],
)  # fmt: skip
def test_a_changed_sign_number_direction_or_colour_of_a_sentence_is_refused(
    week: Week, was: str, is_now: str
) -> None:
    report = reworded(warning_report(week), lambda text: text.replace(was, is_now, 1), Paragraph)
    with pytest.raises(UnsoundWarning, match="WARN-017"):
        check_bulletin(report, week, "en")


@pytest.mark.parametrize(
    ("was", "is_now"), [(", above +", ", below +"), (": +", ": -"), ("above +", "above +1")]
)
def test_a_changed_reason_of_a_change_is_refused(week: Week, was: str, is_now: str) -> None:
    report = reworded(warning_report(week), lambda text: text.replace(was, is_now, 1), Table)
    with pytest.raises(UnsoundWarning, match="WARN-017"):
        check_bulletin(report, week, "en")


@pytest.mark.parametrize(
    ("was", "is_now"), [("red", "blue"), ("green", "red"), ("—", "green"), ("yellow", "green")]
)
def test_a_changed_colour_of_the_wall_or_of_a_change_is_refused(week: Week, was: str, is_now: str) -> None:
    report = reworded(
        warning_report(week), lambda text: is_now if text.rstrip("*○†‡") == was else text, Table
    )
    with pytest.raises(UnsoundWarning, match="WARN-017"):
        check_bulletin(report, week, "en")
