"""What the pages of carbon read: the inventory of a workspace and what it was worked out with, held until something of it changes."""

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any

from touchstone.calc.carbon.factors.library import Library
from touchstone.calc.carbon.formula.expression import Expression
from touchstone.calc.carbon.inventory.doubts import doubts_of
from touchstone.calc.carbon.inventory.inventory import Inventory
from touchstone.calc.carbon.inventory.uncertainty import Slopes
from touchstone.calc.carbon.line import Line
from touchstone.calc.carbon.method import Method
from touchstone.calc.carbon.organisation import Organisation
from touchstone.calc.carbon.quality.quality import Quality
from touchstone.flow import Workspace

_VIEWS = 64
Version = tuple[object, ...]


def version_of(workspace: Workspace) -> Version:
    """Changes with whatever the inventory is worked out from: the ledger, own factors, the organisation, the methods of the folder."""
    folder = workspace.folder / "carbon"
    files = [folder / "organisation.toml", *sorted((folder / "methods").glob("*.toml"))]
    decided = workspace.factor_proposals().trail.length()
    return (
        workspace.ledger.last_write(),
        decided,
        *((str(f), f.stat().st_mtime_ns) for f in files if f.exists()),
    )


class Carbon:
    """One version of the inventory; nothing is worked out before a page asks for it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._views: dict[Hashable, Any] = {}

    @cached_property
    def organisation(self) -> Organisation:
        """Raises UnusableDeclaration: there is none, or it is wrong."""
        return self.workspace.organisation()

    @cached_property
    def library(self) -> Library:
        """The factors that come along and the accepted ones of this folder."""
        return self.workspace.factors()

    @cached_property
    def methods(self) -> dict[str, Method]:
        """All methods by key."""
        return self.workspace.carbon_methods()

    @cached_property
    def inventory(self) -> Inventory:
        """Raises UnusableDeclaration: the organisation is not there, or wrong."""
        return self.workspace.inventory()

    @cached_property
    def synthetic(self) -> frozenset[str]:
        """Units of which some activity data are made up."""
        made_up = {fact.id for fact in self.workspace.facts(status="synthetic")}
        entries = self.inventory.entries
        return frozenset(unit for unit, own in entries.items() if any(each.fact in made_up for each in own))

    @cached_property
    def quality(self) -> Quality:
        """What the declared checks find in all activity data. Raises UnusableDeclaration: as `inventory`."""
        return self.workspace.quality()

    @cached_property
    def slopes(self) -> Slopes:
        """What doubtful inputs move each line by."""
        return Slopes(
            self.formulas,
            doubts_of(self.library, (entry for own in self.inventory.entries.values() for entry in own)),
        )

    @cached_property
    def formulas(self) -> dict[tuple[str, str], Expression]:
        """The formula of each term, by the keys of method and term."""
        return {
            (key, term.key): term.formula for key, method in self.methods.items() for term in method.terms
        }

    @cached_property
    def opened(self) -> dict[str, list[Line]]:
        """The lines that an activity value went into, by the id of its fact."""
        found: dict[str, list[Line]] = {}
        for line in self.inventory.lines:
            for given in line.inputs:
                if given.fact:
                    found.setdefault(given.fact, []).append(line)
        return found

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The years there are lines of, in order."""
        return tuple(sorted({line.month[:4] for line in self.inventory.lines}))

    def view(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What was made for a question before, or is made now; the oldest answers are dropped."""
        if key not in self._views:
            found = make()
            while len(self._views) >= _VIEWS:
                self._views.pop(next(iter(self._views)), None)
            self._views[key] = found
        return self._views[key]
