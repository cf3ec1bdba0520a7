"""The evidence of activity data: numbers and days of the readings, invoices and reports that a value stands on."""

import os
from typing import TYPE_CHECKING

from touchstone.errors import UnusableDeclaration
from touchstone.facts.activity import evidence_of, is_activity, item_and_parameter, node_of
from touchstone.facts.reader import Moment
from touchstone.flow.carbon_activity import CarbonActivity

if TYPE_CHECKING:
    from touchstone.facts.fact import Fact
    from touchstone.read.carbon.row import Reference


class CarbonEvidence(CarbonActivity):
    """What they can show for it."""

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        super().__init__(folder)
        self._named: dict[str, dict[tuple[str, ...], list[Reference]]] = {}

    def evidence_of(self, fact: "Fact") -> "tuple[Reference, ...]":
        """The evidence that the file of a value names for it: that of its month, else that of the whole file.

        A correction by hand has that of what it corrects; what is no activity data has none.
        """
        from touchstone.calc.carbon.factors.reference import items

        while fact.replaces and not is_activity(fact.rule):
            fact = self.fact(fact.replaces)
        if not is_activity(fact.rule):
            return ()
        named = self._named_in(fact.source)
        key = (node_of(fact.subject), *item_and_parameter(fact.measure, items()), evidence_of(fact.rule))
        return tuple(named.get((*key, fact.period or "")) or named.get((*key, "")) or ())

    def activity_evidence(self, as_of: Moment | None = None) -> "dict[str, tuple[Reference, ...]]":
        """The evidence of each value of activity data, by the id of its fact; those that have some."""
        found = ((fact.id, self.evidence_of(fact)) for fact in self._activity_facts(as_of))
        return {id: references for id, references in found if references}

    def _named_in(self, hash: str) -> "dict[tuple[str, ...], list[Reference]]":
        """The evidence named in a file, by what it is for; none where no organisation says how to read it."""
        if hash not in self._named:
            named: dict[tuple[str, ...], list[Reference]] = {}
            try:
                references = self._activity_of(
                    self.raw(hash), self.document(hash).source.name, "reported"
                ).references
            except UnusableDeclaration:
                references = ()
            for each in references:
                named.setdefault(
                    (each.unit, each.item, each.parameter, each.evidence, each.month), []
                ).append(each)
            self._named[hash] = named
        return self._named[hash]
