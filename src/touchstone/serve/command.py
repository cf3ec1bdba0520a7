"""The command line. Every command opens a workspace, asks it one thing, and prints the answer.

Ends with 0 when all is well, 1 when `--strict` found a figure that fails, 2 when the call is
wrong, 3 when some files could not be read. Answers go to standard output, all else to standard
error, so that output can be piped.
"""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from touchstone.errors import Refusal, TouchstoneError, UnreadableFile, UnusableDeclaration
from touchstone.publish.tally import counted
from touchstone.serve import (
    assess,
    assets,
    dispatch,
    pathway,
    pathway_allocate,
    pathway_tables,
    pathway_targets,
    terminal,
)
from touchstone.serve.balance import balance
from touchstone.serve.bulletin import bulletin
from touchstone.serve.factors_command import factors
from touchstone.serve.index_command import index
from touchstone.serve.inventory_command import inventory
from touchstone.serve.methods_command import methods
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.pathway_base import base
from touchstone.serve.pathway_files import export, report
from touchstone.serve.pathway_models import chance, macc
from touchstone.serve.pathway_reasons import robust, why
from touchstone.serve.pathway_solve import solve
from touchstone.serve.releases import releases
from touchstone.serve.shown import shown, shown_json
from touchstone.serve.warning_command import backtest, warning

WELL, FAILS, USAGE, UNREADABLE = 0, 1, 2, 3

app = typer.Typer(
    help="Reads figures from documents, keeps where each was printed, tests them against each other.\n\n"
    "从文档中读出数字，记下每个数字的出处，并互相核对。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[Path], typer.Argument(help="Files and folders. 文件或文件夹。", show_default=False)]
MaybePaths = Annotated[
    list[Path] | None,
    typer.Argument(help="Files and folders to read first. 先读入的文件或文件夹。", show_default=False),
]
Strict = Annotated[bool, typer.Option("--strict", help="End with 1 if a figure fails. 有不成立者以 1 结束。")]
Port = Annotated[
    int, typer.Option("--port", help="0 takes a free one. 端口，0 为任取空闲端口。", min=0, max=65535)
]
Shut = Annotated[bool, typer.Option("--no-open", help="Do not open a browser. 不打开浏览器。")]
Host = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host", help="Another host name to answer for. 另允许的主机名。", show_default=False
    ),
]
app.add_typer(assess.app, name="assess")
app.add_typer(assets.app, name="assets")
for asks in (base, solve, chance, macc, why, robust, export, report):
    pathway.app.command()(asks)
for each in (pathway_targets, pathway_tables, pathway_allocate):
    pathway.app.add_typer(each.app)
app.add_typer(pathway.app, name="pathway")
app.add_typer(dispatch.app, name="dispatch")


@app.command()
def read(paths: Paths, workspace: Folder = HERE, as_json: AsJson = False, lang: Lang = "") -> None:
    """Read files and folders · 读入文件和文件夹"""
    spoken = terminal.language(lang)
    terminal.must_hold_files(paths, workspace)
    report = terminal.read_into(terminal.workspace(workspace, make=True), paths, spoken)
    terminal.print_report(report, as_json, spoken)
    raise typer.Exit(UNREADABLE if report.problems else WELL)


@app.command("import")
def import_series(
    file: Annotated[
        Path | None,
        typer.Argument(help="csv, xlsx ...; none fetches. 文件；不给则取数。", show_default=False),
    ] = None,
    source: Annotated[
        str, typer.Option("--source", "-s", help="A source of --list. 来源。", metavar="ID")
    ] = "",
    declaration: Annotated[
        Path | None, typer.Option("--declaration", "-d", help="Your own. 自写的声明。", metavar="FILE.yaml")
    ] = None,
    published: Annotated[
        str, typer.Option("--published", help="Day of publication. 发布日期。", metavar="YYYY-MM-DD")
    ] = "",
    listed: Annotated[bool, typer.Option("--list", help="The sources there are. 列出来源。")] = False,
    show: Annotated[str, typer.Option("--show", help="Print a declaration. 打印声明。", metavar="ID")] = "",
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Import series by a declaration of their source · 按来源声明导入序列"""
    from touchstone.serve import imports

    spoken = terminal.language(lang)
    if listed:
        imports.list_sources(as_json, spoken)
        return
    if show:
        imports.show_source(show)
        return
    by, day = imports.chosen(source, declaration), imports.day(published)
    if file:
        terminal.must_exist(file)
    report = imports.import_into(terminal.workspace(workspace, make=True), file, by, day, spoken)
    imports.print_import(report, by, as_json, spoken)
    raise typer.Exit(UNREADABLE if report.problems else WELL)


@app.command()
def audit(workspace: Folder = HERE, strict: Strict = False, as_json: AsJson = False, lang: Lang = "") -> None:
    """Test all figures against each other · 核对全部数字"""
    opened = terminal.workspace(workspace)
    spoken = terminal.language(lang)
    findings = terminal.audited(opened, spoken)
    terminal.print_findings(opened, findings, as_json, spoken)
    raise typer.Exit(FAILS if strict and any(f.verdict == "fails" for f in counted(findings)) else WELL)


@app.command()
def explain(
    id: Annotated[
        str,
        typer.Argument(
            help="Id of a figure, or its first digits. 数字的编号或其开头几位。", show_default=False
        ),
    ],
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Where a figure comes from, and its tests · 数字的来历与核对"""
    from touchstone.publish.explained import explained
    from touchstone.publish.export import finding_data

    spoken = terminal.language(lang)
    opened = terminal.workspace(workspace)
    tree = terminal.explanation(opened, id)
    findings = opened.findings_of(tree.fact.id)
    if as_json:
        terminal.print_json({**tree.to_dict(), "findings": [finding_data(f) for f in findings]})
        return
    for line in explained(tree, opened.document, spoken).split("\n"):
        typer.echo(shown(line))
    terminal.print_findings(opened, findings, False, spoken, every=True)


@app.command()
def figures(
    file: Annotated[Path, typer.Argument(help="One document. 一份文档。", show_default=False)],
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="One JSON object a line, as label files. 每行一个 JSON。")
    ] = False,
    lang: Lang = "",
) -> None:
    """The figures of one file, no workspace needed · 一份文件中的数字"""
    from touchstone.publish.labels import labels
    from touchstone.read.figures import read_figures
    from touchstone.read.read import read_document

    terminal.must_exist(file)
    document = read_document(file, file.name)
    found = read_figures(document)
    if jsonl:
        for label in labels(document, found, "zh"):
            typer.echo(shown_json(json.dumps(label, ensure_ascii=False)))
    else:
        terminal.print_figures(document, found, terminal.language(lang))


@app.command()
def briefing(
    out: Annotated[Path, typer.Argument(help="OUT.html", show_default=False)],
    workspace: Folder = HERE,
    lang: Lang = "",
) -> None:
    """Write one HTML file that can be mailed · 写出可邮寄的简报"""
    from touchstone.serve.downloads import write_briefing
    from touchstone.serve.shelf import Shelf, Stock

    text = write_briefing(Shelf(Stock(terminal.workspace(workspace))), terminal.language(lang))
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise terminal.wrong("COMMAND-004", str(out), reason=error.strerror or str(error)) from error
    typer.echo(str(out))


app.command()(bulletin)
app.command()(releases)
app.command()(balance)
app.command()(index)
app.command()(inventory)
app.command()(factors)
app.command()(methods)
app.command()(warning)
app.command()(backtest)


@app.command()
def linkage(
    recipes: Annotated[
        list[str] | None,
        typer.Argument(
            help="Recipes; all that have data if none is named. 方案，不写则为全部。", show_default=False
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the report. 报告所存文件夹。", metavar="DIR")
    ] = None,
    grounds: Annotated[
        bool, typer.Option("--grounds", help="Say method, sample and choices. 写明方法、样本与参数。")
    ] = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """How prices move each other; with --out, the report · 价格联动与联动周报"""
    from touchstone.serve import surveys

    spoken = terminal.language(lang)
    for survey in surveys.computed(terminal.workspace(workspace), recipes or (), spoken):
        surveys.print_survey(survey, as_json, grounds, spoken)
        for path in surveys.write_report(survey, out) if out else ():
            typer.echo(str(path), err=as_json)


@app.command()
def serve(
    paths: MaybePaths = None,
    workspace: Folder = HERE,
    port: Port = 0,
    no_open: Shut = False,
    allow_host: Host = None,
    lang: Lang = "",
) -> None:
    """Show the console; with PATHS, read and audit first · 打开控制台"""
    from touchstone.serve.server import run

    spoken = terminal.language(lang)
    terminal.must_hold_files(paths or (), workspace)
    opened = terminal.workspace(workspace, make=bool(paths))
    problems: tuple[UnreadableFile, ...] = ()
    if paths:
        report = terminal.read_into(opened, paths, spoken)
        terminal.print_report(report, False, spoken, err=True)
        terminal.audited(opened, spoken)
        problems = tuple(report.problems)
    run(
        opened,
        problems,
        port,
        spoken,
        open_browser=not no_open,
        allowed_hosts=allow_host or (),
    )


@app.command("run")
def run_all(
    paths: Paths, workspace: Folder = HERE, port: Port = 0, no_open: Shut = False, lang: Lang = ""
) -> None:
    """Read, audit and show, in one go · 读入、核对、展示"""
    serve(list(paths), workspace, port, no_open, None, lang)


def main() -> None:
    """Run the command line; a mistake of the user is a message, not a traceback."""
    try:
        app()
    except Refusal as error:
        for each in (error, *error.also):
            typer.echo(terminal.told(each, terminal.asked_language(sys.argv)), err=True)
        unreadable = isinstance(error, UnreadableFile) and not error.code.startswith("COMMAND")
        sys.exit(UNREADABLE if unreadable and not isinstance(error, UnusableDeclaration) else USAGE)
    except TouchstoneError as error:
        typer.echo(shown(error.text(terminal.asked_language(sys.argv))), err=True)
        sys.exit(USAGE)


if __name__ == "__main__":
    main()
