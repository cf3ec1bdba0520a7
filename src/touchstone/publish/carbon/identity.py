"""Who reports: particulars as the report form of a guideline asks for them, the enterprises and units, and the block for signatures.

What the organisation does not declare is a line to fill in by hand; nothing is made up.
"""

from collections.abc import Iterator

from touchstone.calc.carbon.consolidation import life
from touchstone.calc.carbon.factors.reference import items, sectors
from touchstone.calc.carbon.inventory.account import Account
from touchstone.calc.carbon.organisation import Node
from touchstone.facts.text import Text
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.carbon.blocks import BLANK, exact, heading, paragraph, row, same, stated
from touchstone.publish.carbon.labelled import both
from touchstone.publish.carbon.report_perimeter import changes, events
from touchstone.publish.report.report import Block, Cell, Sentence, Table
from touchstone.publish.words import LANGUAGES

_LINE = "_" * 24
_UNFILLED = "1"
"""Mark of the note below an empty line."""
_SIGNED_BY = ("signed_reporter", "signed_reviewer", "signed_representative", "signed_seal")


def identity(account: Account) -> Iterator[Block]:
    """The particulars of who reports; of a group, its enterprises too; the units counted, and what came and went."""
    yield heading("identity")
    yield _of_reporter(account)
    enterprises = _enterprises(account)
    if len(enterprises) > 1:
        yield _of_enterprises(account, enterprises)
    yield _units(account)
    yield from changes(account)


def signatures() -> Iterator[Block]:
    """The declaration and the places for signatures."""
    yield heading("signatures")
    yield paragraph([both("inventory_report.declaration")])
    body = tuple(
        (Cell(both(f"inventory_report.{key}")), *(Cell(same(_LINE[:14])) for _ in range(3)))
        for key in _SIGNED_BY
    )
    yield Table(both("inventory_report.signatures"), (row("role", "person", "signature", "date"),), body)


def _of_reporter(account: Account) -> Table:
    node = _reporter(account)
    own, sector = node.particulars if node else None, sectors().get(node.sector) if node else None
    told = (
        ("name", account.name(node.key) if node else None),
        ("credit_code", same(own.credit_code) if own and own.credit_code else None),
        ("representative", same(own.representative) if own and own.representative else None),
        ("industry", _industry(sector.name if sector else None, own.industry if own else "")),
        ("address", same(own.address) if own and own.address else None),
        ("contact", same(" ".join(filter(None, (own.contact, own.phone)))) if own and (own.contact or own.phone) else None),
        ("reporter", same(own.reporter) if own and own.reporter else None),
        ("period", both("inventory_report.period", first=f"{account.year}-01-01", last=f"{account.year}-12-31")),
        ("scope", both(f"inventory_boundary.{account.boundary}")),
    )  # fmt: skip
    body = tuple((Cell(both(f"inventory_identity.{key}")), _filled(said)) for key, said in told)
    empty = any(said is None for _, said in told)
    notes = ((_UNFILLED, Sentence(both("inventory_report.unfilled"))),) if empty else ()
    return Table(both("inventory_report.identity"), (row("particular", "content"),), body, notes)


def _filled(said: Text | None) -> Cell:
    return Cell(said) if said else Cell(same(_LINE), note=_UNFILLED)


def _industry(name: Text | None, code: str) -> Text | None:
    """The sector in words and its code; a sector alone is no code, so that the line for it stays."""
    if not code:
        return None
    return Text(*(" ".join(filter(None, (getattr(name, lang) if name else "", code))) for lang in LANGUAGES))


def _reporter(account: Account) -> Node | None:
    """The enterprise or group that reports; for a unit, the enterprise it is part of; None for everything at once."""
    asked = account.group or account.node
    if not asked:
        return None
    node = account.organisation.nodes[asked]
    above = account.inventory.where[asked]["enterprise"] if node.kind in ("facility", "unit") else ""
    return account.organisation.nodes[above] if above else node


def _enterprises(account: Account) -> list[Node]:
    keys = (account.inventory.where[unit]["enterprise"] for unit in _counted(account))
    return [account.organisation.nodes[key] for key in dict.fromkeys(filter(None, keys))]


def _counted(account: Account) -> list[str]:
    units = {each.unit for each in account.lines}
    return [key for key in account.organisation.nodes if key in units]


def _of_enterprises(account: Account, enterprises: list[Node]) -> Table:
    def cell(said: str) -> Cell:
        return Cell(same(said)) if said else Cell(same(_LINE[:8]), note=_UNFILLED)

    body = tuple(
        (
            Cell(each.name), cell(each.particulars.credit_code), cell(each.particulars.representative),
            cell(each.particulars.industry), cell(each.particulars.address), Cell(_place(each.place)),
        )
        for each in enterprises
    )  # fmt: skip
    empty = any(cell.note for cells in body for cell in cells)
    notes = ((_UNFILLED, Sentence(both("inventory_report.unfilled"))),) if empty else ()
    return Table(
        both("inventory_report.enterprises"),
        (row("enterprise", "credit_code", "representative", "industry", "stands", "place"),),
        body,
        notes,
    )


def _units(account: Account) -> Table:
    """Every unit counted: its key, what it makes, where it stands, and its days where they fall into the year."""
    body = []
    for key in _counted(account):
        node = account.organisation.nodes[key]
        since, until = life(account.organisation, key)
        days = [
            both(f"inventory_report.{word}", day=str(day))
            for word, day in (("since", since), ("until", until))
            if str(day)[:4] == account.year
        ] + events(account, key)
        body.append(
            (
                Cell(account.title(key)), Cell(same(key)),
                Cell(items()[node.product].name if node.product in items() else BLANK),
                stated(exact(node.capacity)) if node.capacity is not None else Cell(BLANK), Cell(_place(node.place)),
                Cell(Text("；".join(each.zh for each in days) or "—", "; ".join(each.en for each in days) or "—")),
            )
        )  # fmt: skip
    return Table(
        both("inventory_report.facilities"),
        (row("unit", "key", "product", "capacity", "place", "change"),),
        tuple(body),
    )


def _place(code: str) -> Text:
    return Text(*(vocabulary().name(code, lang) for lang in LANGUAGES)) if code else BLANK
