"""The monthly note of an index: where it stands, why, what rose and fell, what comes next, and on what it stands."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from touchstone.calc.index.kept import KeptIndex
from touchstone.calc.index.wording import Sentence as Told
from touchstone.facts.text import Text
from touchstone.publish import dates
from touchstone.publish.chart import Chart
from touchstone.publish.format import number
from touchstone.publish.gauge import Gauge
from touchstone.publish.heatmap import decimal
from touchstone.publish.index.parts import Part, parts
from touchstone.publish.index.pictures import (
    breadth_chart,
    breadth_said,
    gauge_of,
    levels_chart,
    spoken,
    titled,
    waterfall_of,
)
from touchstone.publish.index.sources import Sources, cited, levels_behind, numbered, table
from touchstone.publish.report.report import Block, Cell, Figure, Heading, Paragraph, Report, Sentence, Table
from touchstone.publish.waterfall import Waterfall
from touchstone.publish.words import LANGUAGES, word

BRIEF = {"x13": "X-13", "x13-stored": "X-13", "stl+holiday": "STL", "none": "—"}
"""Ways of adjustment in a narrow column."""


def index_note(kept: KeptIndex, sources: Sources = Sources()) -> Report:  # noqa: B008 it is frozen
    """The note of the newest period of an index, dated the day it was computed; its figures are numbered and listed at its end."""
    numbers = numbered(kept, sources)
    title = "index.note_title_synthetic" if kept.synthetic else "index.note_title"
    blocks = (
        *_stands(kept, numbers), *_why(kept, numbers), *_breadth(kept, numbers), *_ahead(kept, numbers), *_grounds(kept),
        *_sources(numbers, sources),
    )  # fmt: skip
    named = (word(title, lang, name=titled(spoken(kept.name, lang))) for lang in LANGUAGES)
    return Report(Text(*named), byline(kept), kept.computed.date(), blocks, _both("index.note_footer"))


def byline(kept: KeptIndex) -> Text:
    """Period and calibration."""
    return Text(*(
        word(
            "index.byline", lang, last=dates.period(kept.last, lang), since=dates.period(kept.since, lang),
            until=dates.period(kept.until, lang), day=dates.day(kept.calibrated, lang),
        )
        for lang in LANGUAGES
    ))  # fmt: skip


def ahead_said(kept: KeptIndex) -> tuple[Text, ...]:
    """The forecast in sentences: level and interval, chances, record; why there is none, where there is none."""
    if kept.ahead is None:
        return (kept.ahead_why,) if kept.ahead_why else ()
    return tuple(Text(*each) for each in zip(*(_ahead_in(kept, lang) for lang in LANGUAGES), strict=True))


def percent(share: float) -> str:
    """A share of one in whole percent."""
    return f"{100 * share:.0f}%"


def _ahead_in(kept: KeptIndex, lang: str) -> list[str]:
    made = kept.ahead
    assert made

    def said(value: float) -> str:
        return number(decimal(value, kept.decimals), lang)

    names = [spoken(band.name, lang) for band in kept.bands]
    chances = word("list.comma", lang).join(
        f"{name} {percent(chance)}" for name, chance in zip(names, made.chances, strict=True)
    )
    return [
        word(
            "index.ahead_said", lang, period=dates.period(made.period, lang), level=said(made.level), share=percent(made.share),
            low=said(made.low), high=said(made.high), band=spoken(kept.band(made.band).name, lang),
        ),
        word("index.ahead_chances", lang, chances=chances),
        *_likelier(kept, lang),
        word(
            "index.ahead_record", lang, n=made.count, covered=percent(made.covered), error=said(made.error),
            naive=said(made.naive), unmoved=said(made.unmoved), right=percent(made.right),
        ),
    ]  # fmt: skip


def _likelier(kept: KeptIndex, lang: str) -> list[str]:
    """Where another band than that of the forecast is the likeliest, why that is no contradiction."""
    made = kept.ahead
    assert made
    likeliest = kept.bands[max(range(len(made.chances)), key=made.chances.__getitem__)]
    if likeliest.key == made.band:
        return []
    own, other = (spoken(band.name, lang) for band in (kept.band(made.band), likeliest))
    return [word("index.ahead_likelier", lang, own=own, other=other)]


def _stands(kept: KeptIndex, numbers: Mapping[str, int]) -> Iterator[Block]:
    if kept.synthetic:
        yield Paragraph((Sentence(_both("index.synthetic_note"), rule="index.synthetic"),))
    yield Heading(_both("index.level"))
    yield _said(kept, ("level",), numbers)
    yield _figure(
        gauge_of(kept, "zh"), gauge_of(kept, "en"), Text(gauge_of(kept, "zh").alt, gauge_of(kept, "en").alt)
    )
    yield _figure(levels_chart(kept, "zh"), levels_chart(kept, "en"), _alt(kept))


def _why(kept: KeptIndex, numbers: Mapping[str, int]) -> Iterator[Block]:
    yield Heading(_both("index.why"))
    yield _said(kept, ("up", "down", "sectors", "groups", "absent"), numbers)
    zh, en = waterfall_of(kept, "zh"), waterfall_of(kept, "en")
    yield _figure(zh, en, Text(zh.alt, en.alt))
    yield _table(kept, numbers)


def _breadth(kept: KeptIndex, numbers: Mapping[str, int]) -> Iterator[Block]:
    yield Heading(_both("index.breadth"))
    yield _said(kept, ("breadth",), numbers, breadth_words(kept))
    yield _figure(
        breadth_chart(kept, "zh"),
        breadth_chart(kept, "en"),
        Text(*(breadth_said(kept, lang) for lang in LANGUAGES)),
    )


def _ahead(kept: KeptIndex, numbers: Mapping[str, int]) -> Iterator[Block]:
    yield Heading(_both("index.ahead"))
    refs = cited((id for part in parts(kept) for id in part.facts), numbers) if kept.ahead else ""
    yield Paragraph(tuple(
        Sentence(each, kind="rule", rule="index.forecast", refs="" if number else refs) for number, each in enumerate(ahead_said(kept))
    ))  # fmt: skip


def _grounds(kept: KeptIndex) -> Iterator[Block]:
    yield Heading(_both("index.left_out"))
    if kept.left_out:
        yield Paragraph(tuple(
            Sentence(Text(f"{each.name.zh}：{_line(each.why.zh)}。", f"{each.name.en}: {_line(each.why.en)}.")) for each in kept.left_out
        ))  # fmt: skip
    else:
        yield Paragraph((Sentence(_both("index.left_none")),))
    source = Text(*(
        word(
            "index.note_source", lang, source=spoken(kept.source, lang), weights=spoken(kept.weighing, lang),
            bands=spoken(kept.limits_source, lang),
        )
        for lang in LANGUAGES
    ))  # fmt: skip
    yield Paragraph((Sentence(source, rule=f"index.{kept.form}"), *_edition(kept)))


def _edition(kept: KeptIndex) -> Iterator[Sentence]:
    """By which edition of the recipe it was computed, and what is to be known of that."""
    if since := kept.ruled:
        zh, en = (
            word("index.edition", lang, name=kept.rules, moment=f"{dates.moment(since, lang)} UTC")
            for lang in LANGUAGES
        )
        yield Sentence(Text(f"{zh}。", f"{titled(en)}."))
    yield from (Sentence(Text(f"{note.zh}。", f"{note.en}.")) for note in kept.notes)


def _table(kept: KeptIndex, numbers: Mapping[str, int]) -> Table:
    """Every indicator, by what it adds; one without a value this time stands last and says so."""
    head = tuple(
        Cell(_both(f"index.{key}")) for key in ("indicator", "sector", "move", "points", "weight", "method")
    )
    return Table(
        _both("index.note_drivers"), (head,), tuple(_row(kept, part, numbers) for part in parts(kept))
    )


def _row(kept: KeptIndex, part: Part, numbers: Mapping[str, int]) -> tuple[Cell, ...]:
    own, refs = part.own, cited(part.facts, numbers)
    moved = (
        Text(*(part.moved(lang) for lang in LANGUAGES))
        if part.points is not None
        else _both("index.unpublished")
    )
    points = Text("—", "—") if part.points is None else _number(part.points, True)
    return (
        Cell(own.name), Cell(kept.sector(own.sector)), Cell(moved, part.facts, number=True, note=f"[{refs}]" if refs else ""),
        Cell(points, part.facts, number=True), Cell(Text(*(f"{100 * part.weight:.1f}%" for _ in LANGUAGES)), number=True),
        Cell(Text(*(BRIEF[own.how] for _ in LANGUAGES))),
    )  # fmt: skip


def _sources(numbers: Mapping[str, int], sources: Sources) -> Iterator[Block]:
    if numbers:
        yield Heading(_both("index.sources"))
        yield Paragraph((Sentence(_both("index.sources_lead")),))
        yield table(numbers, sources)


def breadth_words(kept: KeptIndex) -> tuple[Text, ...]:
    """What the shares count, precisely."""
    said = [_both("index.breadth_rose")]
    if kept.mixed:
        against = [each.name for each in kept.indicators if each.sign < 0]
        said.append(Text(*(
            word("index.breadth_entered", lang, names=word("list.comma", lang).join(spoken(name, lang) for name in against))
            for lang in LANGUAGES
        )))  # fmt: skip
    return tuple(said)


def _said(
    kept: KeptIndex, about: tuple[str, ...], numbers: Mapping[str, int], more: tuple[Text, ...] = ()
) -> Paragraph:
    said = [
        Sentence(
            each.text, facts=each.facts, rule=f"index.{kept.form}", refs=cited(_cites(kept, each), numbers)
        )
        for each in kept.sentences
        if each.about in about
    ]
    return Paragraph((*said, *(Sentence(each) for each in more)))


def _cites(kept: KeptIndex, said: Told) -> tuple[str, ...]:
    """The figures of a sentence: that of the level names levels, which are made of all the others."""
    return levels_behind(kept) if said.about == "level" else said.facts


def _figure(zh: Chart | Gauge | Waterfall, en: Chart | Gauge | Waterfall, alt: Text) -> Figure:
    return Figure(zh, en, alt)


def _alt(kept: KeptIndex) -> Text:
    first = next(p for p, level in zip(kept.periods, kept.levels, strict=True) if level is not None)
    return Text(*(
        word(
            "index.levels_alt", lang, name=spoken(kept.name, lang), first=dates.period(first, lang),
            last=dates.period(kept.last, lang), level=number(kept.attribution.level, lang),
        )
        for lang in LANGUAGES
    ))  # fmt: skip


def _line(why: str) -> str:
    """A refusal in one line."""
    return " ".join(why.split())


def _number(value: Decimal, signed: bool = False) -> Text:
    return Text(number(value, "zh", signed=signed), number(value, "en", signed=signed))


def _both(key: str) -> Text:
    return Text(word(key, "zh"), word(key, "en"))
