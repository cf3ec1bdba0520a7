"""What the folder `pathway` of a workspace says of targets beside those of Touchstone: own targets, measured values, budgets, score sheet, parks."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from touchstone.calc.pathway.refusal import UnusablePathway
    from touchstone.calc.target.allocation_rules import Rule as Shared
    from touchstone.calc.target.budget import Path as Way
    from touchstone.calc.target.light import Rules as Lights
    from touchstone.calc.target.park_figures import LineFigures
    from touchstone.calc.target.ratios import Rules
    from touchstone.calc.target.sharer import Stated
    from touchstone.calc.target.sheet import Sheet
    from touchstone.calc.target.system import Systems
    from touchstone.calc.target.target import Targets
    from touchstone.calc.target.tracked import Series
    from touchstone.errors import Refusal

FILES = (
    "targets.toml",
    "measured.toml",
    "budgets.toml",
    "warning.toml",
    "score.toml",
    "parks.toml",
    "replacement.toml",
    "allocation.toml",
)


class Demands:
    """The files of one folder; one that is not there says nothing, and what comes with Touchstone holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def targets(self) -> "Targets":
        """Own targets before those of Touchstone, key by key. Raises UnusablePathway: TARGET-001."""
        from touchstone.calc.target.target import targets

        return targets(self.text("targets.toml") or None)

    def measured(self) -> "tuple[tuple[Series, ...], tuple[UnusablePathway, ...]]":
        """Stated values, and why others could not be read. Raises UnusablePathway: TARGET-001."""
        from touchstone.calc.target.tracked import read_series

        return read_series(self.text("measured.toml"))

    def budgets(self) -> "tuple[tuple[Way, ...], tuple[UnusablePathway, ...]]":
        """Paths of budgets, and why others could not be read. Raises UnusablePathway: TARGET-001."""
        from touchstone.calc.target.budget import read_paths

        return read_paths(self.text("budgets.toml"))

    def lights(self) -> "Lights":
        """Rules of early warning: own ones in place of those of Touchstone. Raises as `light.read_rules`."""
        from touchstone.calc.target.light import read_rules, shipped

        return read_rules(own) if (own := self.text("warning.toml")) else shipped()

    def sheet(self) -> "Sheet":
        """The score sheet: the own one in place of the example. Raises as `sheet.read_sheet`."""
        from touchstone.calc.target.sheet import example, read_sheet

        return read_sheet(own, "pathway/score.toml") if (own := self.text("score.toml")) else example()

    def systems(self) -> "Systems":
        """Systems of indicators for parks: own ones beside those of Touchstone. Raises as `system.read_systems`."""
        from touchstone.calc.target.system import Systems, read_systems, shipped

        known = shipped()
        if not (own := self.text("parks.toml")):
            return known
        given = read_systems(own, base=known)
        return Systems(given.figures, given.ratios, {**known.systems, **given.systems})

    def park_figures(
        self, lines: "Collection[str]"
    ) -> "tuple[dict[str, LineFigures], tuple[UnusablePathway, ...]]":
        """What lines of the register state for parks, and why rows could not be read. Raises UnusablePathway: TARGET-001."""
        from touchstone.calc.target.park_figures import read_figures

        return read_figures(self.text("parks.toml"), self.systems().figures, lines, "pathway/parks.toml")

    def ratios(self) -> "Rules":
        """Ratios of replacement: own ones before those of Touchstone. Raises as `replacement.read_rules`."""
        from touchstone.calc.target.ratios import Rules, read_rules, shipped

        known = shipped()
        if not (own := self.text("replacement.toml")):
            return known
        given = read_rules(own)
        return Rules(given.ratios + known.ratios, {**known.none, **given.none})

    def allocation(self) -> "tuple[dict[str, Shared], Stated, tuple[UnusablePathway, ...]]":
        """Rules of allocation, own ones before those of Touchstone key by key; what is stated of enterprises; and why rules could not be read.

        Raises UnusablePathway: TARGET-001.
        """
        from touchstone.calc.target.allocation_rules import read_rules, shipped
        from touchstone.calc.target.sharer import read_stated

        own, file = self.text("allocation.toml"), "pathway/allocation.toml"
        rules, refused = read_rules(own, file)
        return (
            {**rules, **{key: each for key, each in shipped().items() if key not in rules}},
            read_stated(own, file),
            refused,
        )

    def wrong(self, lines: "Collection[str]") -> "tuple[Refusal, ...]":
        """Everything that is wrong with these files, each fault once; `lines`: keys of the register, of which parks state figures."""
        from touchstone.errors import Refusal

        readers: tuple[Callable[[], Iterable[Refusal]], ...] = (
            lambda: self.targets().refused,
            lambda: self.measured()[1],
            lambda: self.budgets()[1],
            lambda: self.allocation()[1].refused,
            lambda: self.allocation()[2],
            lambda: self.park_figures(lines)[1],
            lambda: _read(self.lights),
            lambda: _read(self.sheet),
            lambda: _read(self.ratios),
        )
        found: dict[str, Refusal] = {}
        for reader in readers:
            try:
                problems = tuple(reader())
            except Refusal as problem:
                problems = (problem, *problem.also)
            found |= {str(each): each for each in problems}
        return tuple(found.values())

    def text(self, name: str) -> str:
        """The text of a file, "" where it is not there. Raises UnusablePathway: PATHWAY-013, it cannot be read."""
        from touchstone.flow.pathways import text_of

        path = self.folder / name
        return text_of(path) if path.exists() else ""


def _read(reader: "Callable[[], object]") -> "tuple[Refusal, ...]":
    """Nothing, of a file that can be read. Raises Refusal: of one that cannot."""
    reader()
    return ()
