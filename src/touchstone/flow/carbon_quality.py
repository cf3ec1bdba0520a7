"""The quality of activity data: declared checks over the ledger, a score for each enterprise, and the data-quality-control plan."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from touchstone.facts.reader import Moment
from touchstone.facts.restored import restored
from touchstone.flow.carbon_assets import Assets
from touchstone.flow.records import Progress

if TYPE_CHECKING:
    from touchstone.calc.carbon.quality.case import Case
    from touchstone.calc.carbon.quality.quality import Quality
    from touchstone.calc.carbon.quality.score import Score
    from touchstone.publish.report.report import Report


_EDITION = "carbon.quality/1"
"""Of the code that checks: another one asks every answer anew."""


class CarbonQuality(Assets):
    """What is wrong with the activity data of one folder, and how good they are."""

    def quality(self, as_of: Moment | None = None, progress: Progress | None = None) -> "Quality":
        """Carry out all declared checks on the activity data of all units; what is asked again of the same data is remembered.

        Raises:
            UnusableDeclaration: the organisation is not there or wrong.
        """
        from touchstone.calc.carbon.quality.declared import declared
        from touchstone.calc.carbon.quality.quality import Quality, quality

        def made() -> object:
            return json.loads(json.dumps(asdict(quality(self._case(as_of), progress=progress))))

        rules = [self.organisation(as_of), self.carbon_methods(as_of), declared()]
        key = [repr(rules), self.ledger.last_write(), str(as_of)]
        return restored(Quality, self.memory.answer(_EDITION, key, made))

    def quality_scores(self, found: "Quality", accepted: Iterable[str] = ()) -> "tuple[Score, ...]":
        """The score of every enterprise. Args: found: as `quality` gives it; accepted: ids of findings that a person accepted."""
        from touchstone.calc.carbon.inventory.inventory import belonging
        from touchstone.calc.carbon.quality.score import scores

        organisation = self.organisation()
        of = {unit: belonging(organisation, unit)["enterprise"] for unit in organisation.nodes}
        return scores(found.findings, of, found.counted, frozenset(accepted))

    def quality_plan(self, enterprise: str, year: int, day: date) -> "Report":
        """The data-quality-control plan of an enterprise for a year, dated a day.

        Raises:
            UnusableDeclaration: the organisation is wrong, has no such node, or none of it is there in the year.
        """
        from touchstone.publish.carbon.plan import plan

        return plan(self.organisation(), enterprise, year, self.carbon_methods(), self.activity(), day)

    def _case(self, as_of: Moment | None) -> "Case":
        from touchstone.calc.carbon.inventory.inventory import plant_of
        from touchstone.calc.carbon.quality.case import Deposit, case_of

        organisation = self.organisation(as_of)
        plants = {unit: plant_of(organisation, unit) for unit in organisation.nodes}
        deposits = [
            Deposit(each.unit, each.item, each.parameter, each.month, each.reference, each.day)
            for each in self.activity_references(as_of)
            if each.day
        ]
        return case_of(
            organisation, self.activity_statements(as_of), plants, self.carbon_methods(as_of), deposits
        )
