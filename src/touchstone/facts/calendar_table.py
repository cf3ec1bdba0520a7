"""The files of data/calendars, read: which days are holidays, which weekend days are worked, and how far that is known."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from touchstone.facts.text import Text

_FOLDER = Path(__file__).parents[1] / "data" / "calendars"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One calendar as the files state it.

    Attributes:
        code: `CN.spot`; what a calendar is asked for by.
        name: the market it is of.
        rule: what counts as a trading day there.
        beyond: when and how a year that is not known yet becomes known.
        first, last: the days between which it is known, both included.
        rests: holidays with their names, those on weekends included, exceptions applied.
        works: weekend days that are working days of the country.
        works_weekends: whether the market works on those.
    """

    code: str
    name: Text
    rule: Text
    beyond: Text
    first: date
    last: date
    rests: Mapping[date, Text]
    works: frozenset[date]
    works_weekends: bool


@cache
def codes() -> tuple[str, ...]:
    """The codes of all calendars."""
    return tuple(_rows())


@cache
def entry(code: str) -> Entry:
    """The entry of a code. Raises KeyError: there is no such calendar."""
    row, data = _rows()[code]
    rests: dict[date, Text] = {}
    works: set[date] = set()
    first, last = _reach(row, data)
    names = {key: Text(**each) for key, each in data["names"].items() if key != "source"}
    if "notice" in data:
        for notice in data["notice"]:
            _announce(notice, names, rests, works)
    else:
        rests.update(_computed(data["base"], names, first, last))
    for exception in data.get("exception", ()):
        if code in exception["calendars"]:
            rests.pop(exception["day"], None)
            if not exception["open"]:
                rests[exception["day"]] = names[exception["name"]]
    return Entry(
        code, Text(**row["name"]), Text(**row["rule"]), Text(**row["beyond"]), first, last,
        rests, frozenset(works), row["works_weekends"],
    )  # fmt: skip


@cache
def _rows() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The row of each calendar, with the file it stands in."""
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.toml"))]
    return {row["code"]: (row, data) for data in files for row in data["calendar"]}


def _reach(row: dict[str, Any], data: dict[str, Any]) -> tuple[date, date]:
    """The days a calendar is known for: its own limits, or the years of the notices."""
    if "notice" not in data:
        return row["first"], row["last"]
    years = [notice["year"] for notice in data["notice"]]
    return date(min(years), 1, 1), date(max(years), 12, 31)


def _announce(
    notice: dict[str, Any], names: Mapping[str, Text], rests: dict[date, Text], works: set[date]
) -> None:
    """Apply one notice: what it says of a day replaces what an earlier one said."""
    for stretch in notice["rest"]:
        parts = [names[part] for part in stretch["name"].split("、")]
        name = Text("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))
        for day in days(stretch["first"], stretch["last"]):
            rests[day] = name
            works.discard(day)
    for day in notice["work"]:
        works.add(day)
        rests.pop(day, None)


def _computed(
    base: dict[str, str], names: Mapping[str, Text], first: date, last: date
) -> Iterator[tuple[date, Text]]:
    """Holidays of the package `holidays`; a name that has no translation yet stands as it is.

    A day in lieu goes by the name of its holiday.
    """
    from holidays import registry

    years = range(first.year, last.year + 1)
    if "market" in base:
        listed = _entity("financial", registry.FINANCIAL, base["market"])(years=years)
    else:
        listed = _entity("countries", registry.COUNTRIES, base["country"])(
            subdiv=base["subdivision"], years=years
        )
    for day, printed in listed.items():
        name = printed.removesuffix(" (observed)")
        yield day, names.get(name, Text(name, name))


def _entity(folder: str, registered: Mapping[str, tuple[str, ...]], code: str) -> Any:
    """The class that lists the holidays of a code, loaded from its own file.

    Asked for by its code, the package loads the files of all countries, which takes longer than all else here.
    """
    import holidays

    name, row = next((name, row) for name, row in registered.items() if code in row[1:])
    path = Path(holidays.__file__).parent / folder / f"{name}.py"
    spec = spec_from_file_location(f"holidays.{folder}.{name}", path)
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, row[0])


def days(first: date, last: date) -> Iterator[date]:
    """Every calendar day from `first` to `last`, both included."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
