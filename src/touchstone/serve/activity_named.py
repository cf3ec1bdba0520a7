"""How a value of activity data is named: its unit by the organisation, its item and quantity by their vocabulary, its evidence in words."""

from dataclasses import dataclass

from touchstone.calc.carbon.factors.reference import items, kinds
from touchstone.errors import UnusableDeclaration
from touchstone.facts.activity import is_activity, measure_of, subject_of
from touchstone.facts.fact import Fact
from touchstone.facts.text import Text
from touchstone.publish.words import word
from touchstone.read.carbon.layout import EVIDENCE_NAMES
from touchstone.serve.carbon_shown import item_name
from touchstone.serve.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Activity:
    """The names of a value: with their keys in brackets, by which files and commands call them."""

    subject: Text
    measure: Text
    rule: Text


def activity_named(shelf: Shelf, fact: Fact) -> Activity | None:
    """The names of a value of activity data; None for any other fact."""
    if not is_activity(fact.rule):
        return None
    evidence = EVIDENCE_NAMES[fact.rule.removeprefix(measure_of("", "amount"))]
    said = (word("carbon.read_as", lang, evidence=getattr(evidence, lang)) for lang in ("zh", "en"))
    return Activity(_subject(shelf, fact.subject or ""), _measure(fact.measure), Text(*said))


def _subject(shelf: Shelf, subject: str) -> Text:
    key = subject.removeprefix(subject_of(""))
    try:
        node = shelf.stock.carbon().organisation.nodes.get(key)
    except UnusableDeclaration:
        node = None
    return Text(f"{node.name.zh}（{key}）", f"{node.name.en} ({key})") if node else Text(key, key)


def _measure(measure: str) -> Text:
    """The item, and what was measured of it where that is not its amount; the longest key that is an item."""
    said = measure.removeprefix(measure_of("", "amount"))
    item = max((key for key in items() if said == key or said.startswith(f"{key}.")), key=len, default=said)
    name, parameter = item_name(item), said[len(item) + 1 :]
    if not parameter:
        return name
    of = kinds()[parameter].name if parameter in kinds() else Text(parameter, parameter)
    return Text(f"{name.zh}·{of.zh}", f"{name.en}, {of.en}")
