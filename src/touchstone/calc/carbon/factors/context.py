"""What a factor is asked for: when, where, by whom, for what, from which documents."""

from dataclasses import dataclass
from datetime import date

from touchstone.calc.carbon.factor import Factor
from touchstone.calc.carbon.factors.reference import grids
from touchstone.facts.vocabulary import vocabulary

PURPOSES = ("inventory", "footprint")
OWN = ("measured", "own")
PUBLISHED = ("provincial", "regional", "national", "international")
"""Levels of `reference.levels`: what users measured or declared, and what is published."""
WIDER = {"grid": ("provincial", "regional"), "country": ("national",)}
"""What may be taken in the place of a nearer value that is not known, by the choice of the user: levels of the precedence."""


@dataclass(frozen=True, slots=True)
class Context:
    """The case for which a factor is resolved.

    Attributes:
        year: of the activity; `day`, the day where that is known (its year is then meant). Both None: only what holds
            whatever the year can be taken.
        data_years: other years chosen by the user, in order, where that of the activity has no value.
        wider: of `WIDER`, the wider place chosen by the user where the nearest that has values has none of the year; it goes
            before another year. "" for none: that is then refused.
        region: place code of the unit (CN-53, CN-5301); grid: its regional grid where that has to be said, of either division:
            grid.north stands for grid6.north as well.
        documents: keys; only these are official here, in this order of preference. Empty for all.
        asked_by: key of the document whose method asks; it may let the latest earlier year stand.
        family: of electricity factors; gas: of the emission; "" where there is one only.
        levels: keys of `reference.levels`; only these tiers are allowed. Empty for all.
        owner: nodes of the organisation, from the unit upwards, whose own factors apply.
        purpose: of `PURPOSES`.
    """

    year: int | None = None
    day: date | None = None
    data_years: tuple[int, ...] = ()
    wider: str = ""
    region: str = "CN"
    grid: str = ""
    documents: tuple[str, ...] = ()
    asked_by: str = ""
    family: str = ""
    gas: str = ""
    levels: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    purpose: str = "inventory"

    @property
    def activity_year(self) -> int | None:
        """The year of the activity."""
        return self.day.year if self.day else self.year

    def regions(self) -> tuple[str, ...]:
        """Where a factor may be of, from the nearest to the widest: nodes, place, province, grids, country, everywhere."""
        places, code = [], self.region
        while code:
            places.append(code)
            code = vocabulary().parent(code) or ""
        lies_in = [key for key, grid in grids().items() if set(grid.places) & set(places)]
        side = self.grid.partition(".")[2]
        named = [key for key in grids() if key.partition(".")[2] == side] if self.grid else lies_in
        *below, country = places or [""]
        nodes = [f"org.{node}" for node in self.owner]
        return tuple(dict.fromkeys((*nodes, *below, *named, country, "")))


def level_of(factor: Factor) -> str:
    """Key of the step of the precedence that a factor stands on."""
    if factor.tag == "user":
        return "measured" if factor.clause == "measured" else "own"
    if not factor.region:
        return "international"
    if factor.region in grids():
        return "regional"
    return "provincial" if "-" in factor.region else "national"
