"""The weekly linkage report: matrix, network, who transmits, what changed, and on what each result stands."""

from collections.abc import Iterator
from datetime import date

from touchstone.calc.linkage.kept import KeptSurvey
from touchstone.calc.linkage.methods import formula, parameter
from touchstone.calc.linkage.statement import Statement
from touchstone.facts.text import Text
from touchstone.publish.format import number
from touchstone.publish.heatmap import decimal
from touchstone.publish.linkage.naming import chance, in_names, series_names
from touchstone.publish.linkage.pictures import heat_map_of, index_chart, network_of
from touchstone.publish.report.report import Block, Cell, Figure, Heading, Paragraph, Report, Sentence, Table
from touchstone.publish.words import word

QUESTIONS = ("lead", "relation", "adjustment", "discovery", "pass", "break")
"""The questions behind the spillovers, in the order of the report."""


def linkage_report(survey: KeptSurvey, day: date) -> Report:
    """The report of a survey, dated `day`."""
    return Report(
        survey.name, _byline(survey), day,
        (*_summary(survey), *_tables(survey), *_questions(survey), *_grounds(survey)), both("linkage.footer"),
    )  # fmt: skip


def both(key: str, **values: object) -> Text:
    """A word of the catalogue in both languages."""
    return Text(word(key, "zh", **values), word(key, "en", **values))


def _byline(survey: KeptSurvey) -> Text:
    rows = survey.rows
    said = both(
        "linkage.byline",
        first=rows[0].period,
        last=rows[-1].period,
        n=len(rows),
        series=len(survey.names),
        window=survey.window,
    )
    return in_names(said, survey.names)


def _summary(survey: KeptSurvey) -> Iterator[Block]:
    yield Heading(both("linkage.strength"))
    statements = [
        each
        for question in ("spillover", "change", "alert", "drift", "drift_change")
        for each in survey.of(question)
    ]
    yield Paragraph(tuple(_sentence(each, survey) for each in statements))
    yield Figure(index_chart(survey, "zh"), index_chart(survey, "en"), both("linkage.index", n=survey.window))
    zh, en = network_of(survey, "zh"), network_of(survey, "en")
    yield Figure(zh, en, Text(zh.alt, en.alt))


def _tables(survey: KeptSurvey) -> Iterator[Block]:
    yield Heading(both("linkage.transmitters"))
    yield _ranking(survey)
    zh, en = heat_map_of(survey, "zh"), heat_map_of(survey, "en")
    yield Figure(zh, en, Text(zh.alt, en.alt))


def _ranking(survey: KeptSurvey) -> Table:
    """Who gives most on balance, with intervals; who gives and who takes is said in words too."""
    zh, en = series_names(survey.names, "zh"), series_names(survey.names, "en")
    order = sorted(range(len(survey.names)), key=lambda i: -survey.net[i].point)
    rows = []
    for i in order:
        net, code = survey.net[i], survey.names[i]
        role = "giver" if net.low > 0 else "taker" if net.high < 0 else "neither"
        rows.append((
            Cell(Text(zh[code], en[code])), _number(survey.given[i].point), _number(survey.received[i].point), _number(net.point, True),
            Cell(both("linkage.from_to", low=_written(net.low, "zh", True), high=_written(net.high, "zh", True)), number=False),
            Cell(both(f"linkage.{role}")),
        ))  # fmt: skip
    head = tuple(
        Cell(both(f"linkage_column.{name}")) for name in ("series", "to", "from", "net", "interval", "role")
    )
    return Table(both("linkage.ranking"), (head,), tuple(rows))


def _questions(survey: KeptSurvey) -> Iterator[Block]:
    yield Heading(both("linkage.causality"))
    yield _causes(survey)
    if not survey.of("lead"):
        pairs = len(survey.names) * (len(survey.names) - 1) // 2
        yield Paragraph((Sentence(both("linkage.no_lead", n=pairs), rule="linkage.leadlag"),))
    for question in QUESTIONS:
        if found := survey.of(question):
            yield Heading(both(f"linkage_question.{question}"), 2)
            yield Paragraph(tuple(_sentence(each, survey) for each in found))


def _causes(survey: KeptSurvey) -> Block:
    found = sorted((cause for cause in survey.causes if cause.found), key=lambda cause: cause.q)
    tested = len(survey.causes)
    if not found:
        return Paragraph((Sentence(both("linkage.no_cause", n=tested), rule="linkage.causality"),))
    zh, en = series_names(survey.names, "zh"), series_names(survey.names, "en")
    rows = tuple(
        (
            Cell(Text(zh[c.cause], en[c.cause])), Cell(Text(zh[c.effect], en[c.effect])),
            Cell(_same(chance(c.p)), number=True), Cell(_same(chance(c.q)), number=True),
        )
        for c in found
    )  # fmt: skip
    head = tuple(Cell(both(f"linkage_column.{name}")) for name in ("cause", "effect", "p", "q"))
    return Table(both("linkage.causes", n=len(found), of=tested), (head,), rows)


def _grounds(survey: KeptSurvey) -> Iterator[Block]:
    """On what each result stands: sample, choices, what must hold and what was tested; then what was left out."""
    yield Heading(both("linkage.grounds"))
    said: set[Text] = set()
    for question, statement in survey.said:
        fresh = [each for each in statement.assumptions if each not in said]
        said.update(fresh)
        sentences = [Sentence(in_names(grounds_of(statement), survey.names), rule=statement.method)]
        sentences += [
            Sentence(_stopped(in_names(each, survey.names)), rule=statement.method) for each in fresh
        ]
        yield Paragraph(tuple(sentences), _about(question, statement, survey))
    notes = [*survey.notes, *(missing.why for missing in survey.missing), *survey.left_out]
    if notes:
        yield Heading(both("linkage.left_out"), 2)
        yield Paragraph(
            tuple(Sentence(_stopped(in_names(note, survey.names))) for note in dict.fromkeys(notes))
        )
    yield Paragraph((Sentence(both("linkage.documents", names=", ".join(survey.documents))),))


def _about(question: str, statement: Statement, survey: KeptSurvey) -> Text:
    """The question, and the series it was about where these are not all of them."""
    asked, names = both(f"linkage_question.{question}"), statement.sample.names
    if len(names) >= len(survey.names):
        return asked
    listed = in_names(_same(" – ".join(names)), survey.names)
    return Text(f"{asked.zh}：{listed.zh}", f"{asked.en}: {listed.en}")


def grounds_of(statement: Statement) -> Text:
    """What a formula is called, its key, its sample, and what was chosen."""
    name, key, sample = formula(statement.method).name, statement.method, statement.sample
    choices = [parameter(*choice) for choice in statement.parameters]
    said = {
        "zh": "；".join(f"{called.zh} {value.zh}" for called, value in choices),
        "en": "; ".join(f"{called.en} {value.en}" for called, value in choices),
    }
    stood = Text(
        *(
            word("linkage.sample", lang, first=sample.first, last=sample.last, n=sample.n, choices=said[lang])
            for lang in said
        )
    )
    return Text(f"{name.zh} [{key}]。{stood.zh}", f"{name.en} [{key}]. {stood.en}")


def _stopped(sentence: Text) -> Text:
    """A sentence with its full stop."""
    zh, en = sentence.zh.rstrip(), sentence.en.rstrip()
    return Text(
        zh if zh.endswith(("。", "！", "？")) else zh + "。", en if en.endswith((".", "!", "?")) else en + "."
    )


def _sentence(statement: Statement, survey: KeptSurvey) -> Sentence:
    return Sentence(in_names(statement.sentence, survey.names), rule=statement.method)


def _same(text: str) -> Text:
    return Text(text, text)


def _number(value: float, signed: bool = False) -> Cell:
    return Cell(Text(_written(value, "zh", signed), _written(value, "en", signed)), number=True)


def _written(value: float, lang: str, signed: bool = False) -> str:
    return number(decimal(value), lang, signed=signed)
