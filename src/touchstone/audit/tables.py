"""Dated prices: for each product and place, the rows of the price tables in the order of their dates."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.page import Page
from touchstone.audit.subject import metal_form, same, stem

_TO = re.compile(r"\s*[-—–~～至到]\s*$")
Side = str
"""`price.low`, `price.high` or `price`."""


@dataclass(frozen=True, slots=True)
class Row:
    """The prices of one product on one day: by measure."""

    day: date
    prices: Mapping[Side, Figure]


@dataclass(frozen=True, slots=True)
class Column:
    """One product in one place: its subject, and its rows by day."""

    subject: Figure
    place: str | None
    rows: tuple[Row, ...]


def columns(case: Case, page: Page) -> list[Column]:
    """The dated price columns of a page's tables."""
    return case.once(("columns", page), lambda: _columns(case, page))


def _columns(case: Case, page: Page) -> list[Column]:
    found: dict[tuple[str, str, str | None], dict[date, dict[Side, Figure]]] = defaultdict(
        lambda: defaultdict(dict)
    )
    for f in page.figures:
        day = case.last_day(f)
        if day and f.is_price and page.in_table(f):
            found[f.fact.subject, f.fact.subject_words, f.fact.place][day].setdefault(f.fact.measure, f)
    return [_column(key, rows) for key, rows in found.items()]


def _column(key: tuple[str, str, str | None], rows: Mapping[date, Mapping[Side, Figure]]) -> Column:
    ordered = tuple(Row(day, rows[day]) for day in sorted(rows))
    return Column(next(iter(ordered[0].prices.values())), key[2], ordered)


def matching(figure: Figure, among: list[Column]) -> list[Column]:
    """Columns of the same product and place, the closest names first; empty where none is clear."""
    here = [c for c in among if c.place == figure.fact.place]
    for match in (_same_subject, _same_stem, _same_metal):
        if found := [c for c in here if match(figure, c.subject)]:
            return found if len(found) == 1 else []
    return []


def _same_subject(one: Figure, other: Figure) -> bool:
    return one.fact.subject == other.fact.subject


def _same_stem(one: Figure, other: Figure) -> bool:
    if same(one.stem, other.stem):
        return True
    return bool(one.fact.subject_words) and stem(one.fact.subject_words) == stem(other.fact.subject_words)


def _same_metal(one: Figure, other: Figure) -> bool:
    form = metal_form(one.fact.subject, one.fact.subject_words)
    return form is not None and form == metal_form(other.fact.subject, other.fact.subject_words)


def quoted(page: Page) -> Iterator[tuple[Figure, Figure]]:
    """Low and high of each price range in running text or side by side in a table."""
    # an end belongs to one range: behind a pair the next one begins
    last: Figure | None = None
    for f in page.figures:
        if last and _are_ends(last, f) and _are_one_quote(page, last, f):
            low, high = sorted((last, f), key=lambda end: end.fact.measure, reverse=True)
            yield low, high
            last = None
        else:
            last = f


def _are_ends(one: Figure, other: Figure) -> bool:
    """A low and a high of one thing."""
    if {f.fact.measure.rsplit(".", 1)[-1] for f in (one, other)} != {"low", "high"}:
        return False
    ends = {(f.fact.subject, f.fact.place, f.fact.period, f.dimension) for f in (one, other)}
    return len(ends) == 1


def _are_one_quote(page: Page, one: Figure, other: Figure) -> bool:
    """In one row of a table, or printed as one range: two quotes of a day are two ranges."""
    at, to = one.fact.locator, other.fact.locator
    if not at or not to or at.block != to.block:
        return False
    if page.in_table(one):
        return at.row == to.row
    return (at.start, at.end) == (to.start, to.end) or bool(_TO.match(page.between(one, other)))
