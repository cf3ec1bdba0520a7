"""Who emits: a group with its segments, enterprises, facilities and units, who owns what from which day, and where it stands."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from touchstone.calc.carbon.particulars import Particulars
from touchstone.facts.text import Text

KINDS = ("group", "segment", "enterprise", "facility", "unit")
"""From the whole to the part; a node stands under one of a kind further left."""


@dataclass(frozen=True, slots=True)
class Node:
    """One part of an organisation.

    Attributes:
        key: unique, short, of letters, digits and hyphens; it is the subject of the node's facts as `org.<key>`.
        parent: key of the node it is part of, "" for a group.
        place: place code (CN-53); park: name of an industrial park, "" for none. Both are inherited where empty.
        grid: regional grid (grid.north) where the place lies in several or in none that is known; "" for that of the place.
            Inherited where empty, by what stands in the same place.
        sector: key of the kind of production (`data/carbon/sectors.toml`: power, aluminium, alumina, copper ...). Inherited where empty.
        product: item key of its main product, "" for none; capacity of it in t a year, None where unknown.
        methods: keys of methods, each with the first day it is applied here; inherited where empty.
        options: what the plant declares of the options of its methods (technology = CWPB); inherited, option by option.
        since, until: first and last day it is part of the organisation; None where open.
        trading: whether it surrenders allowances of the national scheme, or the first day from which it does; None where its methods say so.
            Inherited where nothing is said.
        particulars: name, address and codes by its papers, for reports.
    """

    key: str
    name: Text
    kind: str
    parent: str
    place: str
    park: str
    sector: str
    product: str
    capacity: Fraction | None
    methods: tuple[tuple[str, date | None], ...]
    options: tuple[tuple[str, str], ...]
    since: date | None
    until: date | None
    grid: str = ""
    trading: bool | date | None = None
    particulars: Particulars = field(default_factory=Particulars)


@dataclass(frozen=True, slots=True)
class Holding:
    """A share of one node that another holds from a day to a day; `controls`, whether it directs its operations."""

    owner: str
    owned: str
    share: Fraction
    controls: bool
    since: date | None
    until: date | None


OWN = "electricity.own"
"""The item of electricity that the organisation makes itself."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """An item that one unit makes and another uses (power, steam, anodes): counted once, at the unit that makes it."""

    item: str
    maker: str
    user: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A series of the ledger, read from documents, that stands for a value of an item of a unit, month by month.

    Attributes:
        subject, measure, place: of the series; place "" for none.
        parameter: of the item, `amount` for the quantity itself.
    """

    unit: str
    item: str
    parameter: str
    subject: str
    measure: str
    place: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """All nodes by key, holdings, transfers and figures of documents.

    Attributes:
        data_years: years of activity, each with the years whose factors the organisation chose where it has none, in order.
        wider_places: years of activity, each with what it chose where a place has factors of other years, though none of that:
            "grid" or "country". Every line that rests on either choice says so.
    """

    nodes: dict[str, Node]
    holdings: tuple[Holding, ...]
    transfers: tuple[Transfer, ...]
    data_years: tuple[tuple[int, tuple[int, ...]], ...] = ()
    figures: tuple[Figure, ...] = ()
    wider_places: tuple[tuple[int, str], ...] = ()
