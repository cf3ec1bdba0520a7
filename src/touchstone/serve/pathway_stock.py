"""What the pages of pathways read: register, technologies and scenarios of a workspace and what models made of them, held until a file changes."""

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from touchstone.calc.pathway.compiled import Compiled, compiled
from touchstone.calc.pathway.dials import Dials, dialled
from touchstone.calc.pathway.pathway import Pathway, projected
from touchstone.calc.pathway.refusal import refusal
from touchstone.calc.pathway.register import Register
from touchstone.calc.pathway.scenario import Scenario
from touchstone.calc.pathway.technology import SYNTHETIC, Catalogue
from touchstone.errors import Refusal
from touchstone.facts.text import Text
from touchstone.flow.pathways import Pathways

_KEPT = 48
_T = TypeVar("_T")


class PathwayStock:
    """One version of the files; nothing is worked out before a page asks for it."""

    def __init__(self, files: Pathways) -> None:
        self.files = files
        self._made: dict[Hashable, Any] = {}

    @cached_property
    def register(self) -> Register:
        """Raises UnusablePathway: there is none, or it is wrong."""
        return self.files.register()

    @cached_property
    def catalogue(self) -> Catalogue:
        """Raises UnusablePathway: a technology of the folder is wrong."""
        return self.files.catalogue()

    @cached_property
    def scenarios(self) -> dict[str, Scenario | Refusal]:
        """Every scenario, or why it cannot be used."""
        return self.files.scenarios()

    @cached_property
    def usable(self) -> dict[str, Compiled | Refusal]:
        """Every scenario as models take it, or why it cannot be used."""
        return {key: self._compiled(each) for key, each in self.scenarios.items()}

    @property
    def named(self) -> dict[str, Text]:
        """The scenarios that can be used, as they are called; none where there is no register."""
        try:
            return {
                key: each.scenario.name for key, each in self.usable.items() if not isinstance(each, Refusal)
            }
        except Refusal:
            return {}

    @cached_property
    def synthetic(self) -> bool:
        """Whether a line or a value of a technology is made up."""
        values = (value for each in self.catalogue.values() for value in each.values)
        return any(line.source == SYNTHETIC for line in self.register.lines) or any(
            each.tag == SYNTHETIC for each in values
        )

    def compiled(self, key: str, dials: Dials | None = None) -> Compiled:
        """A scenario, with the dials turned. Raises UnusablePathway: PATHWAY-012 no such scenario; or why it cannot be used."""
        if key not in self.usable:
            raise refusal("PATHWAY-012", key, found=key, known=", ".join(self.usable) or "—")
        found = self.usable[key]
        if isinstance(found, Refusal):
            raise found
        return (
            self.made(("compiled", key, dials), lambda: dialled(found, dials))
            if dials and dials.turned
            else found
        )

    def projected(self, key: str, dials: Dials | None = None) -> Pathway:
        """Its projection. Raises UnusablePathway: as `compiled`."""
        return self.made(("projected", key, dials), lambda: projected(self.compiled(key, dials)))

    def made(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What was made for a question before, or is made now; the oldest is forgotten when there are too many."""
        if key not in self._made:
            while len(self._made) >= _KEPT:
                self._made.pop(next(iter(self._made)), None)
            self._made[key] = make()
        return self._made[key]

    def _compiled(self, scenario: Scenario | Refusal) -> Compiled | Refusal:
        if isinstance(scenario, Refusal):
            return scenario
        try:
            return compiled(self.register, self.catalogue, scenario)
        except Refusal as problem:
            return problem
