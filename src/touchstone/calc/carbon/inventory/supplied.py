"""What one unit makes and another uses (heat, electricity): its emissions are those of the fuel that the maker burns, and are counted there.

A transfer that the organisation declares says who supplies whom. Where the maker is part of what is accounted for, and states what it
burns, the user's item is not counted as bought as well; by itself, the user has bought it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.calc.carbon.line import Line
from touchstone.calc.carbon.organisation import Organisation, Transfer
from touchstone.calc.carbon.organisation_checks import active, ancestors
from touchstone.facts.period import span

BOUGHT = 2
"""Scope of energy that was bought."""


@dataclass(frozen=True, slots=True)
class Supply:
    """Transfers by user and item, and the months in which nodes burn something.

    Attributes:
        burning: nodes, with all above them, and months of which there are direct emissions.
    """

    organisation: Organisation
    transfers: dict[tuple[str, str], list[Transfer]]
    burning: frozenset[tuple[str, str]]

    def maker(self, unit: str, item: str, month: str) -> str:
        """The node that supplies a unit with an item in a month and states what it burns for it; "" where there is none."""
        last = span(month)[1]
        for user in (unit, *ancestors(self.organisation, unit)):
            for each in self.transfers.get((user, item), ()):
                if active(each, last) and (each.maker, month) in self.burning:
                    return each.maker
        return ""


def supply(organisation: Organisation, lines: Iterable[Line]) -> Supply:
    """The supply within an organisation, as its inventory shows it."""
    transfers: dict[tuple[str, str], list[Transfer]] = defaultdict(list)
    for each in organisation.transfers:
        transfers[each.user, each.item].append(each)
    burning = {(line.unit, line.month) for line in lines if line.scope == 1}
    above = {(node, month) for unit, month in burning for node in (unit, *ancestors(organisation, unit))}
    return Supply(organisation, transfers, frozenset(above))
