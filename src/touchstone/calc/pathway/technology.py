"""Technologies: processes a line can be, and measures that change one; with every value cited, or empty with the reason.

A process is a whole state (electricity, direct emissions and energy of a tonne); a measure saves something of each tonne of the processes it
applies to. The files are `technologies.toml` (what there is) and `technology_values.csv` (what is known of it).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from touchstone.facts.text import Text

PARAMETERS = {
    "electricity": "MWh/t", "direct": "tCO2e/t", "energy": "tce/t", "saving.electricity": "MWh/t", "saving.direct": "tCO2e/t",
    "saving.energy": "tce/t", "investment": "CNY/t", "running": "CNY/t", "lifetime": "yr", "first_year": "", "last_year": "",
    "spread": "%", "ramp": "t/yr",
}  # fmt: skip
"""What can be said of a technology, and the unit models take it in. An investment is for a t/a of capacity."""
EVERYWHERE = ("lifetime", "first_year", "last_year", "spread", "ramp")
"""Parameters that are of all places together."""
BOUNDS = {
    "electricity": (0.0, 200.0), "direct": (0.0, 200.0), "energy": (0.0, 200.0), "saving.electricity": (-100.0, 1000.0),
    "saving.direct": (-100.0, 1000.0), "saving.energy": (-100.0, 1000.0), "investment": (0.0, 1e7), "running": (-1e6, 1e6),
    "lifetime": (1.0, 200.0), "first_year": (1900.0, 2200.0), "last_year": (1900.0, 2200.0), "spread": (0.0, 100.0), "ramp": (0.0, 1e9),
}  # fmt: skip
"""What a value can be at all, in the unit of `PARAMETERS`: a measure may use more of one thing to save another, nothing is built for less
than nothing."""
SYNTHETIC = "synthetic"
"""Tag of values that are made up for a sample, and say so."""


@dataclass(frozen=True, slots=True)
class Value:
    """One cited value, in the unit of `PARAMETERS`; None where it was not found, and `note` says why.

    Attributes:
        low, high: as stated, None where no range is.
        printed, unit: as the document has it. place: "" for everywhere. currency_year: whose prices, None for none.
        where: file and row.
    """

    parameter: str
    value: float | None
    low: float | None
    high: float | None
    printed: str
    unit: str
    document: str
    clause: str
    tag: str
    currency_year: int | None
    place: str
    note: Text | None
    where: str

    @property
    def usable(self) -> bool:
        """It has a value, and somebody saw it (or made it up and says so)."""
        return self.value is not None and self.tag != "unverified"


@dataclass(frozen=True, slots=True)
class Technology:
    """A process or a measure.

    Attributes:
        kind: "process" or "measure". applies_to: processes a measure can be added to. excludes: measures that cannot stand beside it.
        origins: processes a line can be changed from. buildable: whether a line can be built anew with it. scrap: whether its metal is made of scrap.
        readiness: technology readiness level 1 to 9, 0 where nobody stated it.
        values: everything that is said of it, cited first.
    """

    key: str
    name: Text
    kind: str
    product: str
    applies_to: tuple[str, ...]
    excludes: tuple[str, ...]
    origins: tuple[str, ...]
    buildable: bool
    scrap: bool
    readiness: int
    note: Text | None
    values: tuple[Value, ...]

    def value(self, parameter: str, place: str = "") -> Value | None:
        """What is taken: of the place before everywhere, the user's own before what comes with Touchstone; None where nothing usable is."""
        fits = [
            each
            for each in self.values
            if each.parameter == parameter and each.usable and each.place in ("", place)
        ]
        return max(enumerate(fits), key=lambda each: (bool(each[1].place), each[0]), default=(0, None))[1]

    def number(self, parameter: str, place: str = "") -> float | None:
        """The number of what is taken, in the unit of `PARAMETERS`."""
        found = self.value(parameter, place)
        return None if found is None else found.value


Catalogue = Mapping[str, Technology]
