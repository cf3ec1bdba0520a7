"""The weekly bulletin, from the quotes of a week to a report. Read this file first.

A `Week` gathers quotes, moves and stated changes; each section is made by a module beside this one; `recheck` reads
the report as if it were somebody else's before it is written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.quotation import Quotations
from touchstone.facts.text import Text
from touchstone.publish.bulletin.charts import charts
from touchstone.publish.bulletin.commentary import review
from touchstone.publish.bulletin.digest import digest
from touchstone.publish.bulletin.headline import headline
from touchstone.publish.bulletin.judgement import Judgement
from touchstone.publish.bulletin.outlook import Outlook
from touchstone.publish.bulletin.parity import Disproved, parity_notes
from touchstone.publish.bulletin.remarks import remarks
from touchstone.publish.bulletin.sources import numbered, sources
from touchstone.publish.bulletin.tables import price_tables
from touchstone.publish.bulletin.week import Week
from touchstone.publish.dates import day as dated
from touchstone.publish.report.report import Block, Heading, Paragraph, Report, Sentence, Table

_NUMERALS = "一二三四五六七八九十"
_COMMENT = Text("分析评述：", "Comment:")
_FOOTER = Text(
    "价格、涨跌和比较由报价算出；按规则得出的和编者撰写的句子均有标注。",
    "Computed from quotes; sentences that follow from a rule or that the editor wrote are marked.",
)


@dataclass(frozen=True, slots=True)
class Material:
    """What a bulletin is made of besides its week.

    Attributes:
        known: the quotations of the workspace.
        outlook: what the rules say.
        document: gives a document by its hash.
        judgement: what the editor writes, None for nothing.
        others: facts of the week's documents, for the digest.
        as_of: the day up to which the ledger was read, None where it was read as it stands.
        disproved: prices whose market parity fails, by quotation; a note tells it.
        later: notes on what was published after the day about days of the week.
    """

    known: Quotations
    outlook: Outlook
    document: Callable[[str], Document]
    judgement: Judgement | None = None
    others: Sequence[Fact] = ()
    as_of: date | None = None
    disproved: Mapping[str, Disproved] = field(default_factory=dict)
    later: Sequence[Sentence] = ()


def bulletin(week: Week, material: Material) -> Report:
    """Put the report together: the sections of the layout that have something to say, numbered in order."""
    made = _sections(week, material)
    said = [(section.heading, made[section.key]) for section in week.layout.sections if made[section.key]]
    blocks: list[Block] = []
    for number, (heading, inside) in enumerate(said):
        blocks.append(Heading(Text(f"{_NUMERALS[number]}、{heading.zh}", f"{number + 1}. {heading.en}")))
        blocks += inside
    return Report(week.layout.title, _byline(week), week.day, tuple(blocks), _FOOTER)


def _sections(week: Week, material: Material) -> Mapping[str, list[Block]]:
    notes = parity_notes(week, material.disproved)
    figures = digest(material.others, week, material.known, material.document)
    numbers = numbered(week, (each.fact for each in figures))
    priced = (made for table in week.layout.tables for made in price_tables(table, week, notes))
    return {
        "review": list(_review(week, material.judgement)),
        "prices": [_captioned(table, number) for number, table in enumerate(priced, 1)],
        "outlook": list(_outlook(material.outlook, material.judgement)),
        "digest": [Paragraph((each.sentence(numbers[each.fact.source]),)) for each in figures],
        "charts": [chart for metal in week.layout.metals for chart in charts(metal, week, numbers)],
        "notes": [Paragraph((sentence,)) for sentence in (*remarks(week), *material.later)],
        "sources": [Paragraph((sentence,)) for sentence in sources(week, numbers, material.as_of)],
    }


def _captioned(table: Table, number: int) -> Table:
    caption = table.caption
    return replace(table, caption=Text(f"表{number} {caption.zh}", f"Table {number} {caption.en}"))


def _review(week: Week, judgement: Judgement | None) -> Iterator[Block]:
    """A heading for each metal with something to say, the computed sentences, then the editor's."""
    number = 0
    for metal in week.layout.metals:
        computed = review(metal, week)
        written = judgement.sentence(metal.code) if judgement else None
        if computed or written:
            number += 1
            title = headline(metal, week)
            yield Heading(Text(f"{number}、{title.zh}", f"{number}. {title.en}"), 2)
        if computed:
            yield computed
        if written:
            yield Paragraph((written,), _COMMENT)


def _outlook(outlook: Outlook, judgement: Judgement | None) -> Iterator[Block]:
    if outlook.sentences:
        yield Paragraph(outlook.sentences)
    written: Sentence | None = judgement.overall() if judgement else None
    if written:
        yield Paragraph((written,), _COMMENT)


def _byline(week: Week) -> Text:
    year, number, _ = week.day.isocalendar()
    zh = f"{year}年第{number}周 · 发布日期：{dated(week.day, 'zh')}"
    en = f"Week {number} of {year} · Published {dated(week.day, 'en')}"
    return Text(zh, en)
