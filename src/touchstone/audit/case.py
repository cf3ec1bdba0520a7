"""The case: everything one audit looks at, indexed once so that rules join instead of search."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from touchstone.audit.amount import base_unit
from touchstone.audit.figure import Figure, figure
from touchstone.audit.page import Page
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.period import span

T = TypeVar("T")
Key = tuple[str, str | None, str, str]


def about(page: Page, figure: Figure, dimension: str | None = None) -> Key:
    """What a figure is about: stem, place, dimension (or another one), and whose figure it is."""
    whose = f"{page.scope} {figure.circle}".strip()
    return figure.stem, figure.place, figure.dimension if dimension is None else dimension, whose


class Case:
    """Pages in the order of their names, whatever order the readings came in."""

    def __init__(self, readings: Sequence[tuple[Document, Sequence[Fact]]]) -> None:
        ordered = sorted(readings, key=lambda r: (r[0].source.name, r[0].source.hash))
        self.pages = [Page(document, [_figure(f) for f in facts]) for document, facts in ordered]
        self._made: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for this case; several rules stand on the same joins."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def spans(self) -> Mapping[str, tuple[date, date]]:
        """First and last day of every period code that occurs."""
        codes = {f.fact.period for p in self.pages for f in p.figures if f.fact.period}
        return {c: days for c in sorted(codes) if (days := _days(c))}

    def last_day(self, figure: Figure) -> date | None:
        """The last day of the period a figure is about; None where the period is not known."""
        days = self.spans.get(figure.fact.period or "")
        return days[1] if days else None

    @cached_property
    def levels(self) -> Mapping[Key, list[tuple[Page, Figure]]]:
        """Figures of level with a period, by what they are about."""
        return self._indexed("level")

    @cached_property
    def changes(self) -> Mapping[Key, list[tuple[Page, Figure]]]:
        """Figures of change with a period, by what they are about."""
        return self._indexed("change")

    def _indexed(self, kind: str) -> Mapping[Key, list[tuple[Page, Figure]]]:
        found: dict[Key, list[tuple[Page, Figure]]] = defaultdict(list)
        for page in self.pages:
            for f in page.figures:
                if f.kind == kind and f.fact.period in self.spans:
                    found[about(page, f)].append((page, f))
        return found


def _figure(fact: Fact) -> Figure:
    return figure(fact, base_unit(fact.unit))


def _days(code: str) -> tuple[date, date] | None:
    try:
        return span(code)
    except ValueError:
        return None
