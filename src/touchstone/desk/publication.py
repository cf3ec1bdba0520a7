"""Publication: the record of an assessment as a document of the library, and its figures as facts that open to it.

A record is text that anybody can read without this program. Its first table holds the price; a fact is the cell it
stands in. A correction notice is a record too: its facts replace those before it, which stay as vintages.
Its last block names the last entry of the trail before it, so that a trail cut short or written anew is found out.
What people say stands in one line each, so that no words of theirs can look like another part of the record.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256

from touchstone.desk.assessment import Assessment, Correction, Override
from touchstone.desk.declared import causes, kinds
from touchstone.desk.input import Input
from touchstone.facts.document import Block, Cell, Document, Source
from touchstone.facts.fact import Fact, Locator, fact_id

MEDIA = "text/x-touchstone-assessment"
RULE = "assessment"
_MEASURES = ("price.low", "price.high")
_ANCHOR = re.compile(r"trail ([0-9]+) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Record:
    """A record ready to be kept: the document, its bytes, and the facts it states."""

    document: Document
    data: bytes
    facts: tuple[Fact, ...]

    @property
    def hash(self) -> str:
        """SHA-256 of the bytes, by which the trail and the facts name it."""
        return self.document.source.hash


def record_of(
    given: Assessment, inputs: Mapping[str, Input], published: date, head: tuple[int, str], status: str
) -> Record:
    """The record of a publication.

    Args:
        given: the assessment as approved.
        head: number and hash of the last entry of the trail.
        status: of the facts, reported or carried-over.
    """
    assert given.value and given.proposal
    page = _Page(f"{given.method.name.zh} {given.method.name.en}：价格评估 price assessment {given.id}")
    price = page.price(given, given.value)
    page.paragraph(f"方法 method: {given.quotation}, {given.method.edition}, {given.method.hash[:12]}")
    steps = given.proposal.arithmetic
    page.paragraph("按方法计算 by the method:", *steps.zh.split("\n"), *steps.en.split("\n"))
    page.paragraph(_basis(given))
    page.paragraph(f"评估人 assessor: {', '.join(given.assessors)}", f"复核人 second person: {_by(given)}")
    page.table(
        [("类型 kind", "价格 price", "单位 unit", "日期 day", "处理 treatment"), *_treated(given, inputs)]
    )
    page.let_pass(given.overrides)
    return page.record(given, _name(given), published, head, price, status, "")


def notice_of(
    given: Assessment, notice: Correction, second: str, published: date, head: tuple[int, str]
) -> Record:
    """The record of a correction; one without a right figure takes the publication back and states no fact.

    Args:
        given: the assessment as it was published until then.
        notice: the correction, with the failing tests that its second person let pass.
        second: who issues it.
    """
    number, cause = len(given.corrections) + 1, causes()[notice.cause]
    title = f"{given.method.name.zh} {given.method.name.en}：更正通知 correction notice {number}, {given.id}"
    page = _Page(title)
    wrong = " - ".join(f"{end:f}" for end in notice.wrong)
    price = page.price(given, notice.right) if notice.right else None
    page.paragraph(f"原发布 published before: {wrong} {given.method.unit}")
    if not notice.right:
        page.paragraph("撤回 withdrawn: 不另发布数值 no figure takes its place")
    page.paragraph(f"原因 cause: {cause.zh} {cause.en}", notice.drafted.words)
    page.paragraph(f"拟稿 drafted by: {notice.drafted.by}", f"复核人 second person: {second}")
    page.let_pass(notice.overrides)
    name = f"{_name(given)}/correction {number}"
    return page.record(given, name, published, head, price, "reported", given.record)


def anchor_of(document: Document) -> tuple[int, str] | None:
    """Number and hash of the entry of the trail that a record names in its last block; None where it names none."""
    last = document.blocks[-1] if document.blocks else None
    found = last and _ANCHOR.fullmatch(document.text, last.start, last.end)
    return (int(found[1]), found[2]) if found else None


def fact_ids(record: str) -> tuple[str, str]:
    """The ids of the low and the high that a record states, by its hash."""
    low, high = (fact_id(record, measure, RULE) for measure in _MEASURES)
    return low, high


def _name(given: Assessment) -> str:
    """The name of its record; one that was published anew after it was taken back has a name of its own."""
    again = f"/reopened {given.reopened}" if given.reopened else ""
    return f"assessments/{given.id}{again}"


def _basis(given: Assessment) -> str:
    """What the price rests on: the words of the assessor, or that it is what the method gives."""
    words = given.judged.words if given.judged else ""
    return (
        f"判断 judgement: {words}" if words else "判断 judgement: 与按方法计算的一致 as the method gives it"
    )


def _by(given: Assessment) -> str:
    return given.approved.by if given.approved else ""


def _treated(given: Assessment, inputs: Mapping[str, Input]) -> Iterable[tuple[str, ...]]:
    """One row an input that was looked at: used, not reached, left out and why. Parties stay at the desk."""
    assert given.proposal
    criteria = {each.id: each.name for each in given.method.criteria}
    for id in given.proposal.used:
        yield *_told(inputs[id]), "采用 used"
    for id in given.proposal.unneeded:
        yield *_told(inputs[id]), "次序靠后，未用 not reached by the order"
    for aside in given.proposal.aside:
        yield (
            *_told(inputs[aside.input]),
            f"不符合方法 does not meet the method: {aside.why.zh} {aside.why.en}",
        )
    for each in given.exclusions.values():
        name = criteria.get(each.criterion)
        spoken = f"{name.zh} {name.en}" if name else each.criterion
        yield *_told(inputs[each.input]), f"剔除 excluded: {spoken}; {each.act.words} ({each.act.by})"


def _told(given: Input) -> tuple[str, str, str, str]:
    kind = kinds()[given.kind]
    return f"{kind.zh} {kind.en}", given.printed, given.unit, given.day.isoformat()


class _Page:
    """Blocks put one after the other into one text, so that every offset is exact."""

    def __init__(self, title: str) -> None:
        self._text, self.title = "", title
        self._blocks: list[Block] = []
        self._add("heading", title)

    def paragraph(self, *lines: str) -> None:
        """Append a paragraph; a line stays one line, whatever breaks were typed into it."""
        self._add("paragraph", "\n".join(" ".join(line.split()) for line in lines))

    def let_pass(self, overrides: Iterable[Override]) -> None:
        """Append the failing tests that the second person let pass, with the reasons."""
        for override in overrides:
            said = override.result.arithmetic
            self.paragraph(f"放行 let pass: {override.result.test}: {said.zh} {said.en}", override.reason)

    def table(self, rows: Sequence[Sequence[str]]) -> int:
        """Append a table; the index of its block."""
        start, cells = self._open(), []
        for number, row in enumerate(rows):
            self._text += "\n" if number else ""
            for column, text in enumerate(row):
                self._text += "\t" if column else ""
                at = len(self._text)
                self._text += " ".join(text.split())
                cells.append(Cell(number, column, at, len(self._text)))
        place = f"table {sum(block.kind == 'table' for block in self._blocks) + 1}"
        self._blocks.append(Block("table", start, len(self._text), 0, place, tuple(cells)))
        return len(self._blocks) - 1

    def price(self, given: Assessment, value: tuple[Decimal, Decimal]) -> int:
        """Append the table of the price: its second row is the day, the low, the high and the unit."""
        head = ("日期 day", "最低 low", "最高 high", "单位 unit")
        return self.table(
            [head, (given.day.isoformat(), f"{value[0]:f}", f"{value[1]:f}", given.method.unit)]
        )

    def record(
        self, given: Assessment, name: str, published: date, head: tuple[int, str], price: int | None, status: str,
        replaced: str,
    ) -> Record:  # fmt: skip
        """The record of what was put down, with the facts of its price table."""
        self.paragraph(f"trail {head[0]} {head[1]}")
        data = self._text.encode("utf-8", "replace")
        source = Source(sha256(data).hexdigest(), name, MEDIA, len(data), self.title, published)
        document = Document(source, data.decode(), tuple(self._blocks))
        facts = () if price is None else _facts(document, given, price, status, replaced)
        return Record(document, data, facts)

    def _add(self, kind: str, text: str) -> None:
        start = self._open()
        self._text += text.strip()
        self._blocks.append(Block(kind, start, len(self._text)))

    def _open(self) -> int:
        self._text += "\n" if self._blocks else ""
        return len(self._text)


def _facts(document: Document, given: Assessment, price: int, status: str, replaced: str) -> tuple[Fact, ...]:
    """The low and the high of the price table, each replacing the one of the record before, where there is one."""
    block = document.blocks[price]
    by_column = {cell.column: cell for cell in block.cells if cell.row == 1}
    before = fact_ids(replaced) if replaced else (None, None)
    made = []
    for id, measure, column, old in zip(
        fact_ids(document.source.hash), _MEASURES, (1, 2), before, strict=True
    ):
        cell = by_column[column]
        quote = document.text[cell.start : cell.end]
        value = Decimal(quote)
        places = value.as_tuple().exponent
        assert isinstance(places, int)
        made.append(
            Fact(
                id=id,
                subject=given.method.commodity,
                measure=measure,
                period=given.day.isoformat(),
                value=value,
                unit=given.method.unit,
                half_width=Decimal(5).scaleb(places - 1),
                source=document.source.hash,
                locator=Locator(price, cell.start, cell.end, 1, column),
                rule=RULE,
                quote=quote,
                subject_words=given.method.name.zh,
                place=given.method.market,
                status=status,
                parents=(old,) if old else (),
                published=document.source.published,
                replaces=old,
            )
        )
    return tuple(made)
