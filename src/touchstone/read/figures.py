"""A document → its figures as facts: the entry of the reading of numbers.

Blocks are taken in order. A heading sets the period of what stands under it, a short block that
is nothing but a number is read together with the words above it, contents pages are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from touchstone.facts.document import Block, Cell, Document
from touchstone.facts.fact import Fact, Locator, fact_id
from touchstone.facts.period import frequency, span
from touchstone.facts.specification import marked
from touchstone.read.dates import DATE
from touchstone.read.moved import price_unit_of
from touchstone.read.normal import normal
from touchstone.read.numeral import CHARACTERS
from touchstone.read.prose import draw
from touchstone.read.reference import reference_of
from touchstone.read.scan import tokens
from touchstone.read.subject import code_of, topic
from touchstone.read.table import draw_table
from touchstone.read.tablemarket import market_above
from touchstone.read.walk import Drawn, Walk
from touchstone.read.when import Reference, resolve

_NOTHING = Decimal(0)
_MARKS = " \t◆●■▲*"
_BESIDE_A_NUMBER = re.compile(rf"[\s{_MARKS}]|以上|以下|左右")
_BEGINS_A_NUMBER = re.compile(rf"[\d{CHARACTERS}$€£¥A-Za-z-]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_MAYBE = re.compile(r"[\d一二两三四五六七八九十百千万亿变平]")
"""Without one of these a Chinese text holds no figure: a digit, a numeral, 不变, 持平."""


def read_figures(document: Document) -> list[Fact]:
    """All figures of a document.

    Returns:
        Facts in the order of their places; prices and bands printed as one range give two
        facts with one quote, any other range is one fact with `value_high`.
    """
    text = normal(document.text)
    around = reference_of(document, text)
    facts: list[Fact] = []
    section: str | None = None
    heading: Block | None = None
    over: list[Block] = []
    told: Walk | None = None
    spoken, headed, previous = "", "", None
    for index, block in enumerate(document.blocks):
        if block.where == "contents":
            continue
        if block.kind == "heading":
            section = _heading_period(text[block.start : block.end], around.reference)
            heading = block
            over = [*(above for above in over if above.level < block.level), block]
        if block.kind != "table" and not _may_hold_figures(text[block.start : block.end]):
            previous = section or previous
            continue
        walk = Walk(around.reference.copy(), around.year, around.usual, around.default)
        walk.period, walk.previous, walk.plan = section, previous, around.plan
        if block.kind == "table":
            walk.place = market_above(document, text, over)
            for drawn, cell in draw_table(block, text, walk, _caption(document, text, index)):
                facts += _facts(document, drawn, index, cell)
            continue
        if heading:
            words = text[heading.start : heading.end]
            spoken, headed, heading = topic(words), price_unit_of(words), None
        walk.subject = told.subject if told and _goes_on(document, text, index) else spoken
        walk.headed = headed
        for drawn in _prose(document, text, index, walk):
            facts += _facts(document, drawn, index, None)
        previous, told = walk.period or previous, walk
    return facts


def _goes_on(document: Document, text: str, index: int) -> bool:
    """Whether a paragraph is the next line of the one above: a line that was cut speaks of the same thing."""
    above, block = document.blocks[index - 1], document.blocks[index]
    return above.kind == block.kind == "paragraph" and text[above.end : block.start] == "\n"


def _may_hold_figures(words: str) -> bool:
    return bool(_MAYBE.search(words)) or not _CHINESE.search(words)


def _heading_period(words: str, reference: Reference) -> str | None:
    """The period a heading names for what stands under it; a day or a time to come is none."""
    for token in tokens(words):
        if token.match and (code := resolve(token.match, reference.copy())):
            ahead = reference.day is not None and span(code)[0] > reference.day
            return None if frequency(code) == "D" or ahead else code
    return None


def _opening_period(document: Document, text: str, index: int, walk: Walk) -> str | None:
    if index + 1 < len(document.blocks):
        below = document.blocks[index + 1]
        found = DATE.match(text, below.start) if below.kind == "paragraph" else None
        code = resolve(found, walk.reference.copy()) if found else None
        return code if code and frequency(code) != "D" else None
    return None


def _caption(document: Document, text: str, index: int) -> str:
    """The words right above a table: its heading and a line such as 单位：万吨."""
    above = [
        b for b in document.blocks[max(0, index - 2) : index] if b.kind != "table" and b.end - b.start <= 60
    ]
    return " ".join(text[block.start : block.end].strip() for block in above)


def _prose(document: Document, text: str, index: int, walk: Walk) -> Iterator[Drawn]:
    block = document.blocks[index]
    start = block.start
    words = text[block.start : block.end]
    if block.kind == "heading" and walk.period is None:
        walk.period = _opening_period(document, text, index, walk)
    if index and len(words) <= 24 and _only_number(words):
        above = document.blocks[index - 1]
        if above.kind != "table" and above.end - above.start <= 60:
            start = above.start
            words = text[start : block.end].replace("\n", " ")
    for drawn in draw(words, walk):
        drawn.token.start += start
        drawn.token.end += start
        if drawn.token.start >= block.start:
            yield drawn


def _only_number(words: str) -> bool:
    """Whether a block is a number with its unit and nothing else, as in a call-out."""
    if not _BEGINS_A_NUMBER.search(words.lstrip(_MARKS), 0, 2):
        return False
    found = [token for token in tokens(words) if token.kind == "quantity"]
    return (
        len(found) == 1
        and len(_BESIDE_A_NUMBER.sub("", words))
        <= len(words[found[0].start : found[0].end].replace(" ", "")) + 1
    )


def _facts(document: Document, drawn: Drawn, index: int, cell: Cell | None) -> Iterator[Fact]:
    token = drawn.token
    if len(drawn.shared) > 1:
        for subject in drawn.shared:
            yield from _facts(document, replace(drawn, subject=subject, shared=()), index, cell)
    elif token.high is None:
        yield _fact(document, drawn, index, cell, drawn.measure, token.value, None)
    elif drawn.measure in ("price", "band") and drawn.status != "target":
        yield _fact(document, drawn, index, cell, f"{drawn.measure}.low", token.value, None)
        yield _fact(document, drawn, index, cell, f"{drawn.measure}.high", token.high, None)
    else:
        low, high = sorted((token.value, token.high))
        yield _fact(document, drawn, index, cell, drawn.measure, low, high)


def _fact(
    document: Document,
    drawn: Drawn,
    index: int,
    cell: Cell | None,
    measure: str,
    value: Decimal,
    high: Decimal | None,
) -> Fact:
    token = drawn.token
    if measure == "band":
        measure = "band.high" if token.approx == "under" else "band.low"
    if drawn.sign < 0 and value > _NOTHING:
        # 下降3%至5% is from -5 to -3
        value, high = (-value, None) if high is None else (-high, -value)
    source = document.source.hash
    rule = f"{token.rule}+{drawn.rule}" if drawn.rule != token.rule else token.rule
    place = Locator(index, token.start, token.end, cell.row if cell else None, cell.column if cell else None)
    words = marked((drawn.subject, drawn.delivery)) if drawn.delivery else drawn.subject
    said = (words, measure, drawn.period, drawn.place, drawn.base, drawn.status, token.approx)
    return Fact(
        id=fact_id(source, token.start, token.end, value, high, token.half, token.unit, rule, *said),
        subject=code_of(drawn.subject),
        measure=measure,
        period=drawn.period,
        value=value,
        unit=token.unit,
        half_width=token.half,
        source=source,
        locator=place,
        rule=rule,
        quote=document.text[token.start : token.end],
        subject_words=words,
        place=drawn.place,
        value_high=high,
        status=drawn.status,
        approx=token.approx,
        base=drawn.base,
        form=token.form,
        published=document.source.published,
    )
