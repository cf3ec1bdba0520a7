"""The methods of a workspace: the TOML files of its folder `methods`, and those that come with Touchstone."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from touchstone.desk.method import Method, method
from touchstone.desk.refusal import UnusableMethod, refusal

_SHIPPED = Path(__file__).parents[1] / "data" / "assessment" / "methods"


class Methods:
    """Editions by quotation; `problems` are the files that could not be used."""

    def __init__(self, editions: Iterable[Method], problems: Iterable[UnusableMethod] = ()) -> None:
        self.problems = tuple(problems)
        self._editions: dict[str, list[Method]] = {}
        for edition in editions:
            self._editions.setdefault(edition.quotation, []).append(edition)

    @property
    def quotations(self) -> tuple[str, ...]:
        """The quotations that have a method, in order."""
        return tuple(sorted(self._editions))

    def of(self, quotation: str) -> tuple[Method, ...]:
        """The editions of one quotation, oldest first."""
        return tuple(sorted(self._editions.get(quotation, ()), key=lambda edition: edition.valid_from))

    def on(self, quotation: str, day: date) -> Method:
        """The edition that is valid on a day.

        Raises:
            UnusableMethod: DESK-001, there is none, or there are two.
        """
        valid = [edition for edition in self.of(quotation) if edition.holds_on(day)]
        if len(valid) == 1:
            return valid[0]
        raise refusal(UnusableMethod, "DESK-001", f"{quotation} {day}", n=len(valid))


def methods(folder: Path) -> Methods:
    """Those of a folder, which need not exist, then the shipped ones of quotations it does not have.

    A file that cannot be used is a problem (DESK-002), and the rest goes on.
    """
    own, problems = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            own.append(_read(path))
        except UnusableMethod as problem:
            problems.append(problem)
    names = {edition.quotation for edition in own}
    return Methods([*own, *(each for each in _shipped() if each.quotation not in names)], problems)


@cache
def _shipped() -> tuple[Method, ...]:
    return tuple(_read(path) for path in sorted(_SHIPPED.glob("*.toml")))


def _read(path: Path) -> Method:
    try:
        return method(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValueError, OSError) as error:  # TOML and UTF-8 that are none are ValueErrors too
        raise refusal(UnusableMethod, "DESK-002", path.name, reason=str(error)) from error
