"""The plant register: production lines with technology, capacity, vintage and what a tonne takes.

A line is what is replaced, retrofitted or retired as a whole: a potline, a furnace with its refinery.
"""

from dataclasses import dataclass

from touchstone.facts.text import Text

WORDS = (
    "line", "name_zh", "name_en", "plant", "enterprise", "enterprise_en", "place", "park", "park_en", "product", "technology", "status", "quota", "inventory",
    "source", "note",
)  # fmt: skip
NUMBERS = {
    "capacity": "t/yr",
    "output": "t",
    "electricity": "MWh/t",
    "direct": "tCO2e/t",
    "energy": "tce/t",
    "latitude": "",
    "longitude": "",
    "since": "",
    "until": "",
}
"""Columns of numbers and the unit a `Line` keeps them in; a head states its own, `capacity [1e4 t/yr]`."""
STATUSES = ("operating", "idle", "planned")


@dataclass(frozen=True, slots=True)
class Line:
    """One production line.

    Attributes:
        capacity: t/a; output: t in the base year; electricity: MWh/t; direct: t CO2e/t of fuels and process; energy: tce/t besides power;
            None where it is not known.
        since, until: first and last year it stands, None where nothing is said.
        quota: lines whose retired capacity it was built by, with t/a of each; inventory: key of its unit in the carbon inventory.
        row: of the file; enterprise_en, park_en: their names where English is read, "" where only one is known.
    """

    key: str
    name: Text
    plant: str
    enterprise: str
    place: str
    park: str
    product: str
    technology: str
    status: str
    capacity: float
    output: float | None
    electricity: float | None
    direct: float | None
    energy: float | None
    since: int | None
    until: int | None
    latitude: float | None
    longitude: float | None
    quota: tuple[tuple[str, float], ...]
    inventory: str
    source: str
    note: str
    row: int
    enterprise_en: str = ""
    park_en: str = ""

    @property
    def owner(self) -> Text:
        """Its enterprise in words."""
        return Text(self.enterprise, self.enterprise_en or self.enterprise)

    @property
    def grounds(self) -> Text:
        """Its park in words."""
        return Text(self.park, self.park_en or self.park)


@dataclass(frozen=True, slots=True)
class Register:
    """All lines of a file, in its order."""

    file: str
    lines: tuple[Line, ...]

    def of(self, key: str) -> Line | None:
        """The line of a key."""
        return next((each for each in self.lines if each.key == key), None)

    def owner(self, key: str) -> Text:
        """An enterprise in words."""
        return next((each.owner for each in self.lines if each.enterprise == key), Text(key, key))

    def grounds(self, key: str) -> Text:
        """A park in words."""
        return next((each.grounds for each in self.lines if each.park == key), Text(key, key))

    def where(self, line: Line) -> str:
        """The file and row of a line, for messages."""
        return f"{self.file}:{line.row}"
