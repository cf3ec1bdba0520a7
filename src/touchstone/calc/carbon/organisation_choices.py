"""What an organisation chooses for years and places without a published factor: `data_years` and `wider_places` of its file."""

from touchstone.calc.carbon.factors.context import WIDER
from touchstone.calc.field import Table
from touchstone.errors import Refusal

_FIRST, _LAST = 1990, 2100


def data_years(top: Table, wrong: list[Refusal]) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """`data_years = { 2024 = [2023, 2022] }`: where 2024 has no factor that of 2023 stands in, and else that of 2022."""
    try:
        if not top.has("data_years"):
            return ()
        given = top.table("data_years")
        return tuple(sorted((_year(given, each), _years(given, each)) for each in given.fields()))
    except Refusal as problem:
        wrong.append(problem)
        return ()


def wider_places(top: Table, wrong: list[Refusal]) -> tuple[tuple[int, str], ...]:
    """`wider_places = { 2023 = "grid" }`: a province with factors of other years only takes the grid's, or the country's."""
    try:
        if not top.has("wider_places"):
            return ()
        given = top.table("wider_places")
        return tuple(
            sorted((_year(given, each), given.choice(each, tuple(WIDER))) for each in given.fields())
        )
    except Refusal as problem:
        wrong.append(problem)
        return ()


def _year(given: Table, field: str) -> int:
    if not (field.isascii() and field.isdigit() and _FIRST <= int(field) <= _LAST):
        raise given.wrong(field, "a year", "年份", field)
    return int(field)


def _years(given: Table, field: str) -> tuple[int, ...]:
    try:
        return (given.whole(field, 0, _FIRST, _LAST),)
    except Refusal:
        pass
    refused = given.wrong(
        field, "a year, or years in order: [2023, 2022]", "年份，或依次列出的年份：[2023, 2022]"
    )
    try:
        years = given.numbers(field)
    except Refusal:
        raise refused from None
    if not years or len(set(years)) < len(years) or any(y % 1 or not _FIRST <= y <= _LAST for y in years):
        raise refused
    return tuple(map(int, years))
