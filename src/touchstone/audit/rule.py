"""Rules: one generator of findings per kind of identity, declared where it is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from touchstone.audit.case import Case
from touchstone.audit.finding import Finding
from touchstone.facts.text import Text

Generator = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of identity: its id, its name and meaning in both languages, its generator."""

    id: str
    name: Text
    meaning: Text
    find: Generator

    def findings(self, case: Case) -> list[Finding]:
        """All findings of this rule in a case, made once."""
        return case.once(self.id, lambda: list(self.find(case)))


def rule(id: str, *, zh: str, en: str, zh_meaning: str, en_meaning: str) -> Callable[[Generator], Rule]:
    """Declare the decorated generator to be the rule of this id."""

    def declare(find: Generator) -> Rule:
        return Rule(id, Text(zh, en), Text(zh_meaning, en_meaning), find)

    return declare
