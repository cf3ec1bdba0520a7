"""A works of one enterprise and its account, for tests of whole years."""

from collections.abc import Iterable
from decimal import Decimal

from touchstone.calc.carbon.activity import Entry
from touchstone.calc.carbon.factors.library import Library, library
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.inventory.inventory import inventory
from touchstone.calc.carbon.methods.method_file import methods
from touchstone.calc.carbon.organisation_file import organisation_of

ALWAYS = 'cn-ndrc-2013-al = "always"'


def node(
    key: str, product: str = "aluminium.liquid", extra: str = "", parent: str = "works", kind: str = "unit"
) -> str:
    """A node of an organisation."""
    made = f'product = "{product}"' if product else ""
    above = f'parent = "{parent}"' if parent else ""
    return f'[[node]]\nkey = "{key}"\nkind = "{kind}"\nname = {{ zh = "{key}", en = "{key}" }}\n{above}\n{made}\n{extra}\n\n'


def group(*units: str, methods: str = ALWAYS, options: str = "", top: str = "", more: str = "") -> str:
    """A group with one enterprise in Shandong and its units (`line`, if none is given)."""
    works = f'place = "CN-37"\nsector = "aluminium"\nmethods = {{ {methods} }}\noptions = {{ {options} }}'
    return "".join((
        top, "\n", node("group", "", parent="", kind="group"), node("works", "", works, "group", "enterprise"), *(units or (node("line"),)), more
    ))  # fmt: skip


def stated(
    unit: str,
    month: str,
    item: str,
    value: object,
    unit_of: str,
    parameter: str = "amount",
    evidence: str = "meter",
) -> Entry:
    """One value."""
    fact = f"{unit} {month} {item} {parameter}"
    return Entry(unit, month, item, parameter, Decimal(str(value)), unit_of, evidence, fact)


def year(
    number: int, *rows: tuple[object, ...], unit: str = "line", months: Iterable[int] = range(1, 13)
) -> list[Entry]:
    """The same values month by month: item, value, unit of measure, and parameter where it is not the amount."""
    return [stated(unit, f"{number}-{month:02}", *row) for month in months for row in rows]  # type: ignore[arg-type]


def account(text: str, entries: Iterable[Entry], known: Library | None = None, **asked: str) -> Account:
    """The account of an organisation and its activity data."""
    organisation = organisation_of(text, "organisation.toml", methods())
    worked = inventory(organisation, entries, known or library(), methods())
    return Account(worked, organisation, known or library(), methods(), **asked)
