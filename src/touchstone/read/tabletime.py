"""When a cell of a table is: a date in its head or its row's name, with a year there or in the title."""

import re

from touchstone.facts.period import year_before
from touchstone.read.compared import compared_with
from touchstone.read.dates import DATE, dates
from touchstone.read.measure import base_measure
from touchstone.read.subject import is_measure_only
from touchstone.read.tablehead import BRACKETS, Row
from touchstone.read.walk import since_january
from touchstone.read.when import Reference, resolve

_TERM = re.compile(r"(?P<last>上年同?期|去年同?期|上期|期初|上年)|本期|本年|当期|报告期|期末")
_PRINTED_YEAR = re.compile(r"(?:19|20)\d\d(?=\s?年|\s*$)")
_COMPARED = re.compile(r"[较比]\s?$")
_CUMULATIVE = re.compile(r"累计|[Cc]umulative|[Yy]ear[- ]to[- ]date|YTD")


def period_of_cell(row: Row, c: int, names: list[str], heads: list[str], priced: bool) -> str | None:
    """A date in the head or the row's name, together with a year there or in the title."""
    reference = row.walk.reference.copy()
    for words in (row.title, *heads, *names):
        if found := _PRINTED_YEAR.search(words):
            reference.year, reference.fixed = int(found.group()), True
    if row.walk.default and heads and (term := _TERM.search(heads[-1])):
        return year_before(row.walk.default) if term["last"] else row.walk.default
    for words in [*reversed(heads), *names]:
        for found in dates(words):
            if (
                compared_with(words)
                or _COMPARED.search(words, 0, found.start())
                or found.lastgroup in ("now", "rel")
            ):
                continue
            if code := resolve(found, reference):
                return since_january(code) if _CUMULATIVE.search(" ".join(heads)) else code
    if behind := _beside(row, c, heads, reference):
        return behind
    for found in dates(row.title):
        if code := resolve(found, reference):
            return code
    return row.walk.default or (row.walk.usual if priced else None)


def _beside(row: Row, c: int, heads: list[str], reference: Reference) -> str | None:
    """For a column of changes beside columns of periods.

    The period of the column to the left where that names what it measures (1-8月累计), else the
    latest one (2023年, 2022年, 同比).
    """
    if not heads or not (compared_with(heads[-1]) or is_measure_only(BRACKETS.sub("", heads[-1]))):
        return None
    codes: list[str] = []
    for k in sorted(row.section.heads, key=lambda k: (k > c, -k)):
        for words in row.heads(k):
            for found in dates(words):
                apart = found.lastgroup in ("now", "rel") or compared_with(words)
                code = None if apart else resolve(found, reference.copy())
                if code and k < c and (base_measure(words) or _CUMULATIVE.search(words)):
                    return since_january(code) if _CUMULATIVE.search(words) else code
                codes += [code] if code else []
    return max(codes, default=None)


def base_in_head(against: str, reference: Reference) -> str:
    """What 较1月24日 and 较上周 in a head are against: the code of a day, else the words."""
    found = DATE.fullmatch(against)
    return (resolve(found, reference.copy()) if found else None) or against
