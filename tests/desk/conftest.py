"""A desk to work at: germanium in Rotterdam, weekly, with people who put in, judge, approve and publish."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import touchstone
from touchstone.desk.assessment import Assessment
from touchstone.desk.input import Input, Origin
from touchstone.desk.result import Result
from touchstone.desk.stated import input_of
from touchstone.flow import Workspace

EXAMPLE = Path(touchstone.__file__).parent / "data" / "assessment" / "methods" / "ge.ingot.rotterdam.toml"
GE = "ge.ingot@market.rotterdam"
FRIDAY = date(2020, 10, 9)
WEEK = timedelta(days=7)


class Work:
    """A workspace, its desk, and a clock that moves on a minute with every act."""

    def __init__(self, folder: Path) -> None:
        self.workspace: Workspace = touchstone.open(folder)
        self.desk = self.workspace.desk()
        self._now = datetime(2018, 7, 1, 12, tzinfo=UTC)

    def now(self, day: date | None = None) -> datetime:
        """The next minute; on a day where one is asked for, unless that has passed."""
        asked = datetime(day.year, day.month, day.day, 17, tzinfo=UTC) if day else self._now
        self._now = max(asked, self._now) + timedelta(minutes=1)
        return self._now

    def declare(self, more: str = "", **changed: str) -> Path:
        """A method of the workspace's own: the example with some of its lines changed, and more behind them."""
        text = EXAMPLE.read_text(encoding="utf-8")
        for name, value in changed.items():
            text, found = re.subn(rf"^{name} = .*$", f"{name} = {value}", text, flags=re.MULTILINE)
            assert found, name
        path = self.workspace.folder / "methods" / f"{changed.get('edition', 'own').strip(chr(34))}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{text}\n{more}\n", encoding="utf-8")
        return path

    def put(self, *lines: str) -> list[Input]:
        """Take in inputs: `deal 985 2020-10-09`, with a unit, parties and a quantity where they matter."""
        inputs = [line_input(line) for line in lines]
        self.desk.add(inputs, "Zhao", self.now(max(given.day for given in inputs)))
        return inputs

    def draft(self, day: date, low: str, high: str, words: str = "") -> Assessment:
        """A draft of a day with a value."""
        id = self.desk.open(GE, day, "Li", self.now(day)).id
        return self.desk.judge(id, Decimal(low), Decimal(high), words, "Li", self.now())

    def submitted(self, day: date, low: str, high: str, words: str = "") -> Assessment:
        """The same, submitted."""
        return self.desk.submit(self.draft(day, low, high, words).id, "Li", self.now())

    def published(self, day: date, low: str, high: str, words: str = "") -> Assessment:
        """The same, approved by Wang, whatever the tests say, and published."""
        given = self.submitted(day, low, high, words)
        failing = self.failing(given, "Wang")
        self.desk.approve(given.id, {each.id: "looked at" for each in failing}, "Wang", self.now())
        return self.desk.publish(given.id, "Li", self.now())

    def failing(self, given: Assessment, second: str = "") -> list[Result]:
        """The tests that fail on the day of the assessment."""
        found = self.desk.results(given, given.day, second)
        return [each for each in found if each.verdict == "fails"]

    def verdict(self, test: str, given: Assessment, second: str = "", today: date | None = None) -> str:
        """The worst verdict of one test."""
        found = [
            each.verdict for each in self.desk.results(given, today or given.day, second) if each.test == test
        ]
        return next(each for each in ("fails", "holds", "untested") if each in found)

    def weeks(self, *ranges: str, until: date = FRIDAY) -> None:
        """Published weeks before a Friday, oldest first: `980 1000`, each from a deal at either end."""
        for back, ends in zip(range(len(ranges), 0, -1), ranges, strict=True):
            day = until - back * WEEK
            low, high = ends.split()
            self.put(f"deal {low} {day} P01/B01", f"deal {high} {day} P02/B02")
            self.published(day, low, high)


def line_input(line: str) -> Input:
    """An input from a line: kind, price, day, then in any order a unit, a lot such as 500kg, codes of parties."""
    kind, price, day, *more = line.split()
    fields = {
        "kind": kind,
        "price": price,
        "day": day,
        "unit": "USD/kg",
        "parties": f"P{abs(hash(line)) % 97}",
    }
    for word in more:
        if word.endswith("kg") and word[0].isdigit():
            fields["quantity"] = word
        elif "/" in word and not word.split("/")[0][-1].isdigit():
            fields["unit"] = word
        elif ":" in word:
            fields["time"] = word
        elif word in ("included", "excluded"):
            fields["tax"] = word
        else:
            fields["parties"] = word
    return input_of(fields, GE, line, Origin(place=line))


def of_day(given: Input, day: date) -> Input:
    """The same input on another day."""
    return replace(given, day=day, origin=Origin(place=f"{given.origin.place} again"))


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """An empty desk."""
    return Work(tmp_path / "w")
