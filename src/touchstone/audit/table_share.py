"""Shares in a table: an amount over the total row is the share printed beside it."""

import re
from collections.abc import Iterator

from touchstone.audit.case import Case
from touchstone.audit.figure import Figure
from touchstone.audit.finding import Finding
from touchstone.audit.portion import share_finding
from touchstone.audit.report import named
from touchstone.audit.rule import rule
from touchstone.audit.ruled import Ruled, is_earlier, ruled, total_of
from touchstone.facts.text import Text

_SHARE = re.compile(r"占比|比重|份额|share", re.I)
_OF_TOTAL = Text("合计", "the total row")


@rule(
    "table_share",
    zh="表中占比相符",
    en="shares of a table",
    zh_meaning="表中某行的数额除以合计行，应等于该行的占比。",
    en_meaning="An amount of a row over that of the total row is the share printed in the row.",
)
def table_share(case: Case) -> Iterator[Finding]:
    """One finding for each row with an amount and a share, in a table with one total row."""
    for page in case.pages:
        for table in ruled(page):
            totals = [r for r in table.rows if total_of(table.labels.get(r, "")) is not None]
            if len(totals) == 1:
                yield from _rows(table, totals[0])


def _rows(table: Ruled, last: int) -> Iterator[Finding]:
    for column in table.columns:
        whole, shares = table.amount_of(last, column), table.column(column)
        if not whole or not whole.is_positive or not _SHARE.search(table.heads.get(column, "")):
            continue
        if not _is_all(shares.get(last)):
            continue
        for row, share in sorted(shares.items()):
            part = table.amount_of(row, column)
            if row == last or is_earlier(table.labels.get(row, "")):
                continue
            if part and (share.dimension, part.dimension) == ("%", whole.dimension):
                yield share_finding("table_share", part, whole, share, named(share), _OF_TOTAL)


def _is_all(share: Figure | None) -> bool:
    """The total row has no share, or all of it; where it has 30 %, the shares are of something larger."""
    return share is None or abs(share.face - 100) <= 1
