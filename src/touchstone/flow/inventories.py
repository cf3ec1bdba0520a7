"""Carbon inventories: activity data, methods and factors become lines, and the lines whatever total is asked for."""

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from touchstone.facts.reader import Moment
from touchstone.facts.restored import restored
from touchstone.flow.carbon_edition import edition
from touchstone.flow.carbon_evidence import CarbonEvidence
from touchstone.flow.records import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from touchstone.calc.carbon.activity import Entry
    from touchstone.calc.carbon.factors.library import Library
    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.calc.carbon.inventory.inventory import Inventory
    from touchstone.calc.carbon.inventory.lines import Worked
    from touchstone.calc.carbon.inventory.plant import Plant
    from touchstone.desk.factor_proposals import FactorProposals

_KIND = "carbon.lines/2"
"""Of the form in which lines are remembered."""


class Inventories(CarbonEvidence):
    """The inventory of one folder."""

    def factor_proposals(self) -> "FactorProposals":
        """Own factors of this folder: proposed with evidence, reviewed by somebody else."""
        from touchstone.desk.factor_proposals import FactorProposals

        return FactorProposals(self.ledger)

    def factors(self, as_of: Moment | None = None) -> "Library":
        """The factors that come with Touchstone, and the own ones of this folder that were accepted."""
        from touchstone.calc.carbon.factors.library import library

        return self.factor_proposals().library(library(), as_of)

    def inventory(self, as_of: Moment | None = None, progress: Progress | None = None) -> "Inventory":
        """The lines of every unit, by its methods, from the activity data in the ledger.

        A unit for which nothing has changed since it was last asked for is remembered.

        Args:
            as_of: activity data and own factors as they stood then, by the organisation and methods in force then.
            progress: told how many units are done, of how many, and the key.

        Raises:
            UnusableDeclaration: the organisation is not there or wrong.
        """
        from touchstone.calc.carbon.inventory.inventory import inventory
        from touchstone.calc.carbon.inventory.lines import Worked

        organisation, methods = self.organisation(as_of), self.carbon_methods(as_of)
        if as_of is None:
            self.keep_carbon_rules()
        known = self.factors(as_of)
        entries = self.activity(as_of)
        units = len({each.unit for each in entries})
        depends = repr(
            (edition(), known.factors, [repr(known.documents[key]) for key in sorted(known.documents)])
        )
        done = 0

        def answer(plant: "Plant", own: "tuple[Entry, ...]", make: "Callable[[], Worked]") -> "Worked":
            nonlocal done
            used = [methods[key] for key, _ in plant.methods if key in methods]
            told = self.memory.answer(_KIND, [depends, repr((plant, used, own))], lambda: _told(make()))
            done += 1
            if progress:
                progress(done, units, plant.key)
            return restored(Worked, told)

        made = inventory(organisation, entries, known, methods, answer)
        return replace(made, notes=self.carbon_rules_said(as_of))

    def record_inventory(self, made: "Inventory") -> int:
        """Keep what an inventory of the present gives as derived facts, with the activity data as their parents; the number of new ones."""
        from touchstone.calc.carbon.inventory.recorded import RULE, recorded
        from touchstone.facts.derived import fresh

        kept = list(self.facts(status="derived", rule=RULE))
        new = fresh(recorded(made, self.organisation(), kept), kept)
        return self.ledger.append(new) if new else 0

    def account(
        self, as_of: Moment | None = None, progress: Progress | None = None, **asked: str
    ) -> "Account":
        """What is asked of the inventory: `node`, `year`, `boundary`, `group`, `approach`, `asked_set` of an `Account`.

        Raises:
            UnusableDeclaration: as `inventory`; ORG-013 no such node, INVENTORY-001 no such boundary or set.
        """
        from touchstone.calc.carbon.inventory.account import Account

        made = self.inventory(as_of, progress)
        return Account(
            made, self.organisation(as_of), self.factors(as_of), self.carbon_methods(as_of), **asked
        )


def _told(worked: "Worked") -> Any:
    return json.loads(json.dumps(asdict(worked), default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no plain value")
