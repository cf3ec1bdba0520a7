"""Activity data: a filled-in template or a csv → facts, all of them or none, and everything that is wrong with the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from touchstone.errors import UnreadableFile
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.read import sniff
from touchstone.read.carbon.cells import Said, grids, together
from touchstone.read.carbon.expected import Expected
from touchstone.read.carbon.filled import stated_in_template
from touchstone.read.carbon.judged import Judge
from touchstone.read.carbon.row import Reference, Stated, Tell, Withdrawal
from touchstone.read.carbon.tabled import stated_in_table
from touchstone.read.edition import edition
from touchstone.read.read import read_bytes
from touchstone.read.refusal import refusal
from touchstone.read.sources.declaration import DECLARED

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class ActivityReading:
    """What became of a file.

    Attributes:
        facts: of every value; none where there is a problem, because half a file is no inventory.
        references: the evidence named in it.
        withdrawn: the values it takes back; none where there is a problem.
        problems: everything that is wrong; warnings: what is missing and does no harm to a number.
    """

    document: Document
    facts: tuple[Fact, ...]
    references: tuple[Reference, ...]
    withdrawn: tuple[Withdrawal, ...]
    problems: tuple[UnreadableFile, ...]
    warnings: tuple[UnreadableFile, ...]


def activity_edition() -> str:
    """The edition of a reading as activity data; a folder that is read later leaves such a file as it is."""
    return DECLARED + blake2b(f"{edition()} activity".encode(), digest_size=6).hexdigest()


def read_activity(data: bytes, name: str, expected: Expected, status: str = "reported") -> ActivityReading:
    """Read a file of activity data.

    Args:
        data: an xlsx template of Touchstone, or a csv.
        name: how the user knows it.
        expected: the units, items and quantities there are.
        status: of the facts: reported, estimated, or synthetic for made-up data.

    Raises:
        UnreadableFile: READ-…, the file as such cannot be read. What is wrong in it is a problem of the result.
    """
    document = read_bytes(data, name)
    problems: list[UnreadableFile] = []
    stated = _stated(document, data, problems.append)
    judge = Judge(expected, document.source.hash, status, problems.append)
    facts = judge.facts(stated.rows)
    references = tuple(_references(stated, judge, problems.append))
    judge.close()
    if not (facts or judge.withdrawn or problems):
        problems.append(refusal("ACTIVITY-017", name))
    if stated.blank:
        judge.warnings.append(
            refusal("ACTIVITY-023", together(each.where for each in stated.blank), n=len(stated.blank))
        )
    return ActivityReading(
        document, () if problems else tuple(facts), references, () if problems else tuple(judge.withdrawn), tuple(problems), tuple(judge.warnings),
    )  # fmt: skip


def read_references(data: bytes, name: str, expected: Expected) -> tuple[Reference, ...]:
    """The evidence that a file names; for one that was imported, so that what is wrong in it was told. Raises as `read_activity`."""
    document = read_bytes(data, name)
    problems: list[UnreadableFile] = []
    judge = Judge(expected, document.source.hash, "reported", problems.append)
    return tuple(_references(_stated(document, data, problems.append), judge, problems.append))


def _stated(document: Document, data: bytes, tell: Tell) -> Stated:
    """The rows of a workbook or a csv. Tells ACTIVITY-022: the file is neither."""
    media = document.source.media
    if media == sniff.XLSX:
        return stated_in_template(document, data, grids(document), tell)
    if media == sniff.CSV:
        return stated_in_table(next(iter(grids(document).values())), tell)
    old = media == sniff.XLS
    kind = (
        ("an old workbook (.xls)", "旧版工作簿（.xls）")
        if old
        else (f"a file of the kind {media}", f"文件类型为{media}")
    )
    tell(refusal("ACTIVITY-022", document.source.name, kind=kind))
    return Stated((), ())


def _references(stated: Stated, judge: Judge, tell: Tell) -> Iterator[Reference]:
    """The evidence that is named; a row without a reference and a day says nothing."""
    for unit, item, parameter, evidence, month, reference, day in stated.evidence:
        if reference.text or day.text:
            node, thing, kind = judge.unit(unit), judge.item(item), judge.evidence(evidence)
            quantity = judge.parameter(parameter, thing) if thing else None
            of, on = judge.month(month) if month.text else "", _day(day, tell)
            if node and thing and kind and quantity and of is not None:
                yield Reference(node, thing, quantity, kind, of, reference.text, on, reference.where)


def _day(said: Said, tell: Tell) -> date | None:
    if not said.text:
        return None
    found = _DAY.fullmatch(said.text.strip())
    try:
        return date(*map(int, found.groups())) if found else _no_day(said, tell)
    except ValueError:
        return _no_day(said, tell)


def _no_day(said: Said, tell: Tell) -> None:
    tell(refusal("ACTIVITY-015", said.where, found=said.text))
