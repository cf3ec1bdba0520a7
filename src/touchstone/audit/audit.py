"""The audit: every rule over every figure, in one deterministic pass.

Read this file first. A `Case` indexes the readings, each rule joins figures into identities
and judges them, and the findings come back sorted from the most to the least serious.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from touchstone.audit.band import band
from touchstone.audit.case import Case
from touchstone.audit.change import change
from touchstone.audit.cumulative import cumulative, cumulative_joint
from touchstone.audit.disjoint import disjoint_shares
from touchstone.audit.finding import Finding
from touchstone.audit.granularity import granularity
from touchstone.audit.growth import base_chain, weighted_growth
from touchstone.audit.heading_text import heading_text
from touchstone.audit.index_band import index_band
from touchstone.audit.index_breadth import index_breadth
from touchstone.audit.joint import joint
from touchstone.audit.part_of_whole import part_of_whole
from touchstone.audit.publication import period_publication
from touchstone.audit.repeat import across_documents, repeat, twin_languages
from touchstone.audit.report import severity
from touchstone.audit.rule import Rule
from touchstone.audit.share import share_of_total
from touchstone.audit.stated_count import stated_count
from touchstone.audit.sum import sum_
from touchstone.audit.table_share import table_share
from touchstone.audit.text_table import text_table
from touchstone.audit.unchanged import unchanged
from touchstone.audit.unit_sanity import unit_sanity
from touchstone.audit.within_range import within_range
from touchstone.audit.words_figures import words_figures
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.text import Text

RULES: tuple[Rule, ...] = (
    cumulative,
    cumulative_joint,
    weighted_growth,
    base_chain,
    joint,
    sum_,
    part_of_whole,
    share_of_total,
    table_share,
    change,
    disjoint_shares,
    granularity,
    stated_count,
    text_table,
    unchanged,
    heading_text,
    words_figures,
    band,
    index_band,
    index_breadth,
    within_range,
    unit_sanity,
    period_publication,
    repeat,
    twin_languages,
    across_documents,
)
"""Every rule, in the order they run."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A failed identity that a person accepted.

    `expires` is the last day it counts; None means until withdrawn.
    """

    reason: str
    by: str = ""
    expires: date | None = None

    def counts(self, today: date | None) -> bool:
        """Whether it has not expired; without a day none has."""
        return not (self.expires and today and today > self.expires)

    @property
    def said(self) -> Text:
        """Reason, by whom and until when."""
        return Text(_said_zh(self), _said_en(self))


def audit(
    readings: Sequence[tuple[Document, Sequence[Fact]]],
    today: date | None = None,
    accepted: Mapping[str, Acceptance] | None = None,
) -> list[Finding]:
    """Test the figures of all documents against each other.

    Args:
        readings: each document with the facts read from it, in any order.
        today: the day against which acceptances expire; None lets none expire.
        accepted: acceptances by finding id.

    Returns:
        One finding for each identity tested, those that hold included, sorted by severity and
        then by id; the same readings always give the same list.
    """
    case = Case(readings)
    found: dict[str, Finding] = {}
    for finding in (finding for rule in RULES for finding in rule.findings(case)):
        # one identity reached in two ways counts once, by its more serious reading
        if finding.id not in found or finding.severity > found[finding.id].severity:
            found[finding.id] = finding
    settled = (_settle(f, (accepted or {}).get(f.id), today) for f in found.values())
    return sorted(settled, key=lambda f: (-f.severity, f.rule, f.id))


def _settle(finding: Finding, acceptance: Acceptance | None, today: date | None) -> Finding:
    """Turn a finding that a person accepted, and whose acceptance has not expired, into `accepted`."""
    if acceptance is None or finding.verdict == "holds":
        return finding
    if not acceptance.counts(today):
        return finding
    serious = severity(finding.rule, "accepted", None, None)
    return replace(finding, verdict="accepted", note=acceptance.said, severity=serious)


def _said_zh(acceptance: Acceptance) -> str:
    until = f"有效至 {acceptance.expires}" if acceptance.expires else "长期有效"
    return f"已认可：{acceptance.reason}（{'，'.join(filter(None, (acceptance.by, until)))}）"


def _said_en(acceptance: Acceptance) -> str:
    until = f"until {acceptance.expires}" if acceptance.expires else "without expiry"
    return f"Accepted: {acceptance.reason} ({', '.join(filter(None, (acceptance.by, until)))})"
