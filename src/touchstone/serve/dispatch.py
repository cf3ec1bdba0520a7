"""`touchstone dispatch …`: the dispatch register from the command line, one command for each act."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, By, Folder, Lang
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.desk.dispatch import Dispatch
    from touchstone.desk.dispatch_matter import Matter

app = typer.Typer(
    help="Matters that a change of light opens: who is concerned, asked, answered, closed · 调度",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Words = Annotated[str, typer.Option("--words", "-m", help="In words. 内容。", show_default=False)]
Id = Annotated[str, typer.Argument(help="Id of a matter, see list. 事项编号。", show_default=False)]
Until = Annotated[
    str, typer.Option("--deadline", help="Last day; else by working days. 期限。", metavar="YYYY-MM-DD")
]
Light = Annotated[str, typer.Argument(help="none green blue yellow red", show_default=False)]


@app.command("import-list")
def import_list(
    files: Annotated[list[Path], typer.Argument(help="xlsx or csv. 表格文件。", show_default=False)],
    by: By,
    workspace: Folder = HERE,
    lang: Lang = "",
) -> None:
    """Import the white list of enterprises · 导入白名单"""
    from touchstone.publish.words import word

    opened, spoken, faulty = terminal.workspace(workspace, make=True), terminal.language(lang), 0
    for file in files:
        terminal.must_exist(file)
        done, problems = opened.import_white_list(file, by)
        faulty += len(problems)
        counts = {"listed": done.listed, "gone": done.gone, "faulty": len(problems)}
        key = "dispatch.unchanged" if done.known else "dispatch.imported"
        typer.echo(word(key, spoken, file=shown(file.name), **counts))
        for problem in problems:
            typer.echo(terminal.told(problem, spoken), err=True)
    raise typer.Exit(3 if faulty else 0)


@app.command("list")
def list_all(
    state: Annotated[str, typer.Option(help="open asked answered closed reopened overdue")] = "",
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """The matters, the latest first · 列出事项"""
    from touchstone.serve.dispatch_pages import matter_row

    spoken, today = terminal.language(lang), date.today()
    chosen = [
        each
        for each in _register(workspace).matters()
        if state in ("", each.state) or (state == "overdue" and each.overdue(today) != 0)
    ]
    if as_json:
        terminal.print_json({"matters": [matter_row(each, today) for each in chosen]})
        return
    for each in chosen:
        typer.echo(_line(each, spoken))


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
    """One matter with its enterprises, questions and answers · 看一件事项"""
    from touchstone.desk.stated import day_of
    from touchstone.facts.query import moment
    from touchstone.serve.dispatch_pages import matter_data

    register, until = _register(workspace), moment(day_of(as_of, "--as-of") if as_of else None)
    given = register.matter(id, until)
    if as_json:
        terminal.print_json(matter_data(given, date.today(), register.trail.entries(id, as_of=until)))
    else:
        _tell(given, lang)


@app.command("open")
def open_matter(
    material: Annotated[str, typer.Argument(help="Code or name. 品种。", show_default=False)],
    side: Annotated[str, typer.Argument(help="supply demand price material", show_default=False)],
    period: Annotated[str, typer.Argument(help="2026-10, 2026-W41 …", show_default=False)],
    before: Light,
    after: Light,
    by: By,
    reason: Annotated[list[str] | None, typer.Option("--reason", help="Why it changed. 变灯理由。")] = None,
    fact: Annotated[
        list[str] | None, typer.Option("--fact", help="Id of a figure behind it. 数字编号。")
    ] = None,
    region: Annotated[str, typer.Option(help="Code or name. 地区。")] = "",
    deadline: Until = "",
    workspace: Folder = HERE,
    lang: Lang = "",
) -> None:
    """Open the matter of a change of light; the same change again opens nothing · 开立事项"""
    from touchstone.publish.words import word
    from touchstone.serve.dispatch_pages import change_of

    change = change_of(material, side, period, before, after, reason or (), fact or (), region)
    done = terminal.workspace(workspace, make=True).dispatch().open(change, by, deadline=_day(deadline))
    if not done.new:
        typer.echo(word("dispatch.was_open", terminal.language(lang)))
    _tell(done.matter, lang)


@app.command()
def ask(
    id: Id,
    enterprises: Annotated[list[str], typer.Argument(help="By name. 企业名称。", show_default=False)],
    words: Words,
    by: By,
    workspace: Folder = HERE,
    lang: Lang = "",
) -> None:
    """Ask enterprises of a matter something · 询问企业"""
    _tell(_register(workspace).ask(id, enterprises, words, by), lang)


@app.command()
def answer(
    id: Id, enterprise: Annotated[str, typer.Argument(help="By name. 企业名称。", show_default=False)], words: Words,
    by: By, workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """Take down what an enterprise answered · 记录答复"""
    _tell(_register(workspace).answer(id, enterprise, words, by), lang)


@app.command()
def close(id: Id, words: Words, by: By, workspace: Folder = HERE, lang: Lang = "") -> None:
    """Close a matter with its result · 办结"""
    _tell(_register(workspace).close(id, words, by), lang)


@app.command()
def reopen(
    id: Id, words: Words, by: By, deadline: Until = "", workspace: Folder = HERE, lang: Lang = ""
) -> None:
    """Take a closed matter up again, with the reason · 重开"""
    _tell(_register(workspace).reopen(id, words, by, deadline=_day(deadline)), lang)


def _day(text: str) -> date | None:
    from touchstone.desk.stated import day_of

    return day_of(text, "--deadline") if text else None


def _line(given: "Matter", lang: str) -> str:
    """A matter in one line: id, light, state, deadline, and whether it is overdue."""
    from touchstone.desk.dispatch_matter import LIGHTS, STATES
    from touchstone.publish import dates
    from touchstone.publish.words import word

    change, late = given.change, given.overdue(date.today())
    light = f"{getattr(LIGHTS[change.before], lang)} → {getattr(LIGHTS[change.after], lang)}"
    parts = [given.id, light, getattr(STATES[given.state], lang), dates.day(given.deadline, lang)]
    if late != 0:
        key = (
            "dispatch.overdue_unknown"
            if late is None
            else "dispatch.overdue_one"
            if late == 1
            else "dispatch.overdue"
        )
        parts.append(word(key, lang, n=late))
    return "  ".join(map(shown, parts))


def _tell(given: "Matter", lang: str) -> None:
    """Print a matter: its line, why the light changed, whom it concerns, what was asked and answered, its result."""
    from touchstone.publish.words import word

    spoken = terminal.language(lang)
    typer.echo(_line(given, spoken))
    for each in given.change.reasons:
        typer.echo(f"  {word('dispatch.reason', spoken)}  {shown(getattr(each, spoken))}")
    for each in given.affected:
        key = word("dispatch.key", spoken) if each.key else ""
        typer.echo(f"  {shown(each.name)}  {shown(each.contact)}  {key}".rstrip())
    for each in given.questions:
        said = shown(each.answered.words) if each.answered else word("dispatch.waits", spoken)
        typer.echo(f"  {shown(each.enterprise)}: {shown(each.asked.words)} → {said}")
    if given.closed:
        typer.echo(
            f"  {word('dispatch.result', spoken)}  {shown(given.closed.by)}  {shown(given.closed.words)}"
        )


def _register(workspace: Path) -> "Dispatch":
    return terminal.workspace(workspace).dispatch()
