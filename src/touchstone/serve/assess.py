"""`touchstone assess …`: the desk from the command line, one command for each act."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, By, Folder, Lang
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.desk.assessment import Assessment
    from touchstone.desk.desk import Desk
    from touchstone.desk.register import Listed

app = typer.Typer(
    help="Price assessments: inputs, method, judgement, second person, trail · 价格评估",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Words = Annotated[str, typer.Option("--words", "-m", help="The reason in words. 理由。", show_default=False)]
Id = Annotated[str, typer.Argument(help="QUOTATION/DAY 规格/日期", show_default=False)]
Input = Annotated[str, typer.Argument(help="Id of an input, see show. 输入的编号。", show_default=False)]
Price = Annotated[str, typer.Argument(show_default=False)]
Pass = Annotated[
    list[str] | None, typer.Option("--pass", help="TEST=REASON for each failing test. 放行的检验与理由。")
]


@app.command("import")
def import_inputs(
    files: Annotated[list[Path], typer.Argument(help="xlsx or csv. 表格文件。", show_default=False)],
    by: By,
    quotation: Annotated[
        str, typer.Option("--quotation", "-q", help="Where the rows name none. 行中未写明时的规格。")
    ] = "",
    workspace: Folder = HERE,
    lang: Lang = "",
) -> None:
    """Take in deals, bids, offers and indications · 导入输入"""
    from touchstone.publish.words import word

    opened, spoken, faulty = terminal.workspace(workspace, make=True), terminal.language(lang), 0
    for file in files:
        terminal.must_exist(file)
        report = opened.import_inputs(file, by, quotation)
        faulty += len(report.problems)
        counts = {"added": report.added, "known": report.known, "faulty": len(report.problems)}
        typer.echo(word("assess.imported", spoken, file=shown(file.name), **counts))
        if report.replaced:
            typer.echo(word("assess.replaced", spoken, n=report.replaced))
        for problem in report.problems:
            typer.echo(terminal.told(problem, spoken), err=True)
    raise typer.Exit(3 if faulty else 0)


@app.command("input")
def type_input(
    quotation: Annotated[str, typer.Argument(show_default=False)],
    kind: Annotated[
        str, typer.Argument(help="deal bid offer indication 成交 买盘 卖盘 意向", show_default=False)
    ],
    price: Annotated[str, typer.Argument(help="985 or 985-990", show_default=False)],
    unit: Annotated[str, typer.Argument(help="USD/kg", show_default=False)],
    day: Annotated[str, typer.Argument(help="2020-10-09", show_default=False)],
    by: By,
    time: Annotated[str, typer.Option(help="15:30")] = "",
    quantity: Annotated[str, typer.Option(help="500kg")] = "",
    tax: Annotated[str, typer.Option(help="included excluded 含税 不含税")] = "",
    delivery: Annotated[str, typer.Option()] = "",
    parties: Annotated[str, typer.Option(help="Anonymous codes: P07/B12. 代码。")] = "",
    note: Annotated[str, typer.Option()] = "",
    workspace: Folder = HERE,
) -> None:
    """Type one input · 录入一条输入"""
    from touchstone.desk.input import Origin
    from touchstone.desk.stated import input_of

    fields = {
        "kind": kind, "price": price, "unit": unit, "day": day, "time": time, "quantity": quantity, "tax": tax,
        "delivery": delivery, "parties": parties, "note": note,
    }  # fmt: skip
    said = {name: text for name, text in fields.items() if text}
    origin = Origin(place=datetime.now().astimezone().isoformat(), quote=" │ ".join(said.values()))
    made = input_of(said, quotation, quotation, origin)
    terminal.workspace(workspace, make=True).desk().type_in(made, by)
    typer.echo(made.id)


@app.command("open")
def open_draft(
    quotation: Annotated[str, typer.Argument(show_default=False)],
    day: Annotated[str, typer.Argument(help="2020-10-09", show_default=False)],
    by: By,
    workspace: Folder = HERE,
    lang: Lang = "",
) -> None:
    """Open the draft of a quotation and day · 开立评估"""
    from touchstone.desk.stated import day_of

    desk = terminal.workspace(workspace, make=True).desk()
    _tell(desk, desk.open(quotation, day_of(day, quotation), by), lang)


@app.command("list")
def list_all(
    state: Annotated[str, typer.Option(help="draft submitted approved published withdrawn discarded")] = "",
    day: Annotated[str, typer.Option(help="2020-10-09")] = "",
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """The assessments, latest day first · 列出评估"""
    from touchstone.desk.stated import day_of
    from touchstone.serve.assess_lines import line

    desk, spoken = _desk(workspace), terminal.language(lang)
    chosen = desk.listed(day_of(day, "--day") if day else None, state)
    if as_json:
        terminal.print_json([_row(desk, each) for each in chosen])
        return
    for each in chosen:
        typer.echo(line(desk.assessment(each.id), spoken))


@app.command()
def show(
    id: Id,
    as_of: Annotated[
        str, typer.Option("--as-of", help="A day, as it stood at its end (UTC). 截至某日。")
    ] = "",
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """One assessment with its inputs and tests · 看一份评估"""
    from touchstone.desk.stated import day_of
    from touchstone.facts.query import moment
    from touchstone.serve.assessment import assessment

    desk, until = _desk(workspace), moment(day_of(as_of, "--as-of") if as_of else None)
    if as_json:
        terminal.print_json(assessment(desk, id, until, "", "").data)
    else:
        _tell(desk, desk.assessment(id, until), lang, every=True)


@app.command()
def exclude(
    id: Id, input: Input, criterion: Annotated[str, typer.Argument(show_default=False)], words: Words, by: By,
    workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """Leave an input out, with the reason · 剔除输入"""
    desk = _desk(workspace)
    _tell(desk, desk.exclude(id, input, criterion, words, by), lang)


@app.command()
def readmit(id: Id, input: Input, words: Words, by: By, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Take an exclusion back · 恢复输入"""
    desk = _desk(workspace)
    _tell(desk, desk.readmit(id, input, words, by), lang)


@app.command()
def judge(
    id: Id, low: Price, high: Price, by: By, words: Words = "", workspace: Folder = HERE, lang: Lang = ""
) -> None:
    """Say what the price is · 给出评估值"""
    from touchstone.desk.stated import number_of

    desk = _desk(workspace)
    _tell(desk, desk.judge(id, number_of(low, id), number_of(high, id), words, by), lang)


@app.command()
def submit(id: Id, by: By, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Hand the draft to the second person · 提交复核"""
    desk = _desk(workspace)
    _tell(desk, desk.submit(id, by), lang)


@app.command("send-back")
def send_back(id: Id, words: Words, by: By, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Send it back to draft, with the reason · 退回"""
    desk = _desk(workspace)
    _tell(desk, desk.send_back(id, words, by), lang)


@app.command()
def approve(
    id: Id,
    by: By,
    let_pass: Pass = None,
    workspace: Folder = HERE,
    lang: Lang = "",
) -> None:
    """Answer for it as the second person · 复核通过"""
    desk = _desk(workspace)
    passed = _passed(desk, desk.assessment(id), by, let_pass)
    _tell(desk, desk.approve(id, passed, by), lang)


@app.command()
def publish(id: Id, by: By, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Send it out: its figures go into the ledger · 发布"""
    desk = _desk(workspace)
    _tell(desk, desk.publish(id, by), lang)


@app.command()
def correct(
    id: Id,
    cause: Annotated[str, typer.Option("--cause", help="missed_deal, typing … 原因。", show_default=False)],
    words: Words,
    by: By,
    low: Annotated[str, typer.Option()] = "",
    high: Annotated[str, typer.Option()] = "",
    take_back: Annotated[bool, typer.Option("--take-back", help="No figure takes its place. 撤回。")] = False,
    workspace: Folder = HERE,
    lang: Lang = "",
) -> None:
    """Draft a correction notice · 拟更正"""
    from touchstone.desk.stated import number_of

    desk = _desk(workspace)
    right = None if take_back else (number_of(low, id), number_of(high, id))
    _tell(desk, desk.correct(id, right, cause, words, by), lang)


@app.command()
def issue(id: Id, by: By, let_pass: Pass = None, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Issue the correction that waits, as its second person · 发出更正"""
    desk = _desk(workspace)
    given = desk.assessment(id)
    passed = _passed(desk, given.as_corrected, by, let_pass) if given.pending else {}
    _tell(desk, desk.issue(id, by, passed=passed), lang)


@app.command()
def drop(id: Id, words: Words, by: By, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Drop the correction that waits · 放弃更正"""
    desk = _desk(workspace)
    _tell(desk, desk.drop(id, words, by), lang)


@app.command()
def discard(id: Id, words: Words, by: By, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Drop a draft that should not have been opened · 作废草稿"""
    desk = _desk(workspace)
    _tell(desk, desk.discard(id, words, by), lang)


@app.command()
def reopen(id: Id, words: Words, by: By, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Begin anew what was withdrawn or discarded · 重开"""
    desk = _desk(workspace)
    _tell(desk, desk.reopen(id, words, by), lang)


@app.command()
def verify(workspace: Folder = HERE, lang: Lang = "") -> None:
    """Whether the trail is as it was written; ends with 1 if not · 验证台账"""
    from touchstone.publish.words import word

    desk, spoken = _desk(workspace), terminal.language(lang)
    damage = desk.damage()
    for problem in damage:
        typer.echo(terminal.told(problem, spoken), err=True)
    if damage:
        raise typer.Exit(1)
    typer.echo(word("assessment.trail_sound", spoken, n=len(desk.trail.entries())))


def _passed(desk: "Desk", given: "Assessment", by: str, let_pass: list[str] | None) -> dict[str, str]:
    """The failing results that are let pass, by id, with the reason given for their test."""
    from touchstone.serve.assess_lines import failing

    reasons = dict(each.split("=", 1) for each in let_pass or () if "=" in each)
    found = failing(desk.results(given, date.today(), by))
    return {each.id: reasons[each.test] for each in found if each.test in reasons}


def _row(desk: "Desk", each: "Listed") -> dict[str, object]:
    given = desk.assessment(each.id)
    return {
        "id": each.id, "day": each.day, "state": each.state, "corrections": len(given.corrections),
        "correction_waits": given.pending is not None,
    }  # fmt: skip


def _tell(desk: "Desk", given: "Assessment", lang: str, every: bool = False) -> None:
    """Print an assessment with its inputs and tests; what that needs is imported now."""
    from touchstone.serve.assess_lines import print_assessment

    print_assessment(desk, given, lang, every)


def _desk(workspace: Path) -> "Desk":
    return terminal.workspace(workspace).desk()
