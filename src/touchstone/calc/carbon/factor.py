"""A factor: one cited value, with the document, edition and clause it stands in, its validity and how it became known.

A factor is never changed: another edition is another factor that may say which one it supersedes.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from touchstone.facts.text import Text

TAGS = ("F", "C", "D", "user", "unverified")
"""How a value became known: F found in the text of the document; C only as transcribed in public code or data; D worked out
from such values; user, measured or declared by a user with evidence; unverified, not seen anywhere: never official."""
FAMILIES = ("grid-average", "excluding-market", "fossil", "life-cycle", "old-grid")
"""Families of electricity factors; they answer different questions and are never mixed."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """What a factor, a method or a limit is cited from.

    Attributes:
        number: as the issuer numbers it; "" where it has none.
        issued, in_force: None where not known.
        status: in-force, superseded, draft, or open where its text has not been seen; `status_note` says more.
        address: where it can be read; "" where none is known.
        earlier_year: where it lets the latest earlier data year stand for one that is not published, in its words; else None.
    """

    key: str
    title: Text
    issuer: Text
    number: str
    edition: str
    issued: date | None
    in_force: date | None
    status: str
    status_note: Text | None
    address: str
    earlier_year: Text | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """One value of one kind for one thing.

    Attributes:
        id: stable; says kind, thing, document, region and year (`of.anthracite@cn-ndrc-2013-al`).
        kind: what it is a factor of: ncv, carbon-content, oxidation, emission, purity, share, ratio, slope, gwp,
            standard-coal, or as `data/carbon/kinds.toml` adds.
        of: key of the item (`data/carbon/items.toml`) or of the process it belongs to.
        value: as printed, so a decimal with its own places; None where it is known that there is one and not what it is:
            `note` says why it stays empty.
        unit: of the value (tC/GJ, GJ/t, tCO2/MWh).
        gas: CO2, CH4, N2O, CF4, C2F6, SF6, or CO2e where only the sum is stated; "" for what is no emission.
        document: key of a `CitedDocument`; `clause` the place in it, and for tag user `measured` or `own`.
        data_year: the year whose data it is made of; None where that has no sense.
        valid_from, valid_to: first and last day it may be applied; None where open.
        region: place code (CN, CN-53), a grid region (grid.north), or `org.<node>` for what a user measured or declared there;
            "" where it holds everywhere.
        family: of `FAMILIES` for electricity, else "".
        tag: of `TAGS`.
        low, high: 95 % range; None where none is stated.
        distribution: normal, lognormal, uniform, triangular, truncated-normal, beta; "" for what the range implies.
        supersedes: id of the factor it takes the place of, "" for none.
        note: what a user must know; None for nothing.
    """

    id: str
    kind: str
    of: str
    value: Decimal | None
    unit: str
    gas: str
    document: str
    clause: str
    data_year: int | None
    valid_from: date | None
    valid_to: date | None
    region: str
    family: str
    tag: str
    low: Decimal | None = None
    high: Decimal | None = None
    distribution: str = ""
    supersedes: str = ""
    note: Text | None = None
