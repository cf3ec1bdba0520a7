"""What the checks of activity data find, as the pages of an inventory show it: the worst first, with what people accepted last."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from touchstone.audit.audit import Acceptance
from touchstone.calc.carbon.activity import AMOUNT
from touchstone.calc.carbon.line import Line
from touchstone.calc.carbon.quality.case import what
from touchstone.calc.carbon.quality.declared import SEVERITIES, Declared, Finding, declared
from touchstone.calc.carbon.quality.score import Score
from touchstone.facts.text import Text
from touchstone.serve.carbon_shown import item_name, line_address, term_name
from touchstone.serve.carbon_stock import Carbon

_LEAF = 12
_PLACES = 6
"""Of the values or lines of one finding that are linked."""
VERDICTS = {"error": "fails", "warning": "warning", "notice": "edge"}
"""How a severity is drawn: like the verdict of an audit that is as serious."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding with what a reader needs of it.

    Attributes:
        acceptance: by a person, None while it stands open.
        item: what it is about, in words; None of a unit as a whole.
        facts: ids of the values it rests on; more: how many others there are.
        lines: name and address of the emissions that were worked out with the value in question.
    """

    finding: Finding
    check: Declared
    acceptance: Acceptance | None
    item: Text | None
    facts: tuple[str, ...]
    more: int
    lines: tuple[tuple[Text, str], ...]

    @property
    def verdict(self) -> str:
        """As that of an audit."""
        return "accepted" if self.acceptance else VERDICTS[self.finding.severity]


@dataclass(frozen=True, slots=True)
class Checks:
    """The findings of some units.

    Attributes:
        leaf, leaves: which part of all is in `cases`, and how many parts there are.
        open: by severity, how many stand open; accepted: how many do not.
        of_year: errors of the year asked for that stand open.
        scores: of enterprises; by_enterprise: open findings of each by severity.
    """

    cases: tuple[Checked, ...]
    leaf: int
    leaves: int
    open: Mapping[str, int]
    accepted: int
    of_year: int
    scores: tuple[Score, ...]
    by_enterprise: Mapping[str, Mapping[str, int]]
    today: str


def checks(carbon: Carbon, units: Collection[str], year: str, query: Mapping[str, str]) -> Checks:
    """The findings of units, those that stand open first and of them the worst.

    Args:
        query: `finding` opens the part in which it stands, `leaf` a part by number.

    Raises:
        UnreadableFile: ACCEPT-001, accepted.toml is not as it should be.
    """
    accepted = carbon.workspace.acceptances()
    found = [each for each in carbon.quality.findings if each.unit in units]
    found.sort(
        key=lambda each: (each.id in accepted, SEVERITIES.index(each.severity), each.month[:4] != year)
    )
    still = [each for each in found if each.id not in accepted]
    where = carbon.inventory.where
    every = carbon.workspace.quality_scores(carbon.quality, accepted)
    enterprises = {where[unit]["enterprise"] for unit in units if unit in where}
    by_enterprise: dict[str, Counter[str]] = {}
    for each in still:
        by_enterprise.setdefault(where.get(each.unit, {}).get("enterprise", ""), Counter())[
            each.severity
        ] += 1
    leaves = max(1, -(-len(found) // _LEAF))
    leaf = min(_leaf(found, query), leaves - 1)
    return Checks(
        tuple(_checked(carbon, each, accepted.get(each.id)) for each in found[leaf * _LEAF : (leaf + 1) * _LEAF]),
        leaf, leaves, Counter(each.severity for each in still), len(found) - len(still),
        sum(each.severity == "error" and each.month[:4] in ("", year) for each in still),
        tuple(sorted((each for each in every if each.key in enterprises), key=lambda each: (each.points, each.key))),
        by_enterprise, date.today().isoformat(),
    )  # fmt: skip


def checks_data(carbon: Carbon, units: Collection[str]) -> list[dict[str, Any]]:
    """All findings of units, for the twin of a page."""
    accepted = carbon.workspace.acceptances()
    return [
        {
            "id": each.id, "check": each.check, "severity": each.severity, "unit": each.unit, "month": each.month, "item": each.item,
            "parameter": each.parameter, "said": each.said.en, "said_zh": each.said.zh, "expected": each.expected.en,
            "expected_zh": each.expected.zh, "remedy": each.remedy.en, "remedy_zh": each.remedy.zh, "facts": each.facts,
            "accepted": accepted[each.id].said.en if each.id in accepted else None,
        }
        for each in carbon.quality.findings
        if each.unit in units
    ]  # fmt: skip


def _leaf(found: list[Finding], query: Mapping[str, str]) -> int:
    wanted, leaf = query.get("finding", ""), query.get("leaf", "")
    at = next((number for number, each in enumerate(found) if each.id == wanted), None)
    if at is not None:
        return at // _LEAF
    return max(0, int(leaf) - 1) if leaf.isascii() and leaf.isdigit() and len(leaf) < 7 else 0


def _checked(carbon: Carbon, found: Finding, acceptance: Acceptance | None) -> Checked:
    item = what(found.item, found.parameter or AMOUNT) if found.item else None
    lines = dict.fromkeys(line for fact in found.facts[:_PLACES] for line in carbon.opened.get(fact, ()))
    addresses = {line_address(line): _named(carbon, line) for line in lines}
    told = tuple((name, address) for address, name in addresses.items())[:_PLACES]
    facts = found.facts[:_PLACES]
    return Checked(
        found, declared()[found.check], acceptance, item, facts, len(found.facts) - len(facts), told
    )


def _named(carbon: Carbon, line: Line) -> Text:
    """The term and item of a line, with its month."""
    term = term_name(carbon.methods, line.method, line.term)
    of = item_name(line.item) if line.item else None
    zh, en = (
        (*filter(None, (getattr(term, lang), of and getattr(of, lang))), line.month) for lang in ("zh", "en")
    )
    return Text(" ".join(zh), ", ".join(en))
