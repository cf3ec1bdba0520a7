"""`touchstone index`: an index of business conditions with its band, its reasons and its forecast, from a recipe."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.index_calibration import print_calibration, print_recalibrated
from touchstone.serve.index_views import print_factor, print_fan, print_flags, spoken_periods
from touchstone.serve.options import HERE, AsJson, Console, Folder, Lang
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.index.kept import KeptIndex
    from touchstone.calc.index.third import ThirdView
    from touchstone.calc.index.vintage import Vintages as VintagesFound
    from touchstone.flow import Workspace


Recipe = Annotated[
    str, typer.Argument(help="A recipe of --list. 方案；不写则为有数据的全部方案。", show_default=False)
]
Published = Annotated[
    str,
    typer.Option(
        "--published-by", help="Only what was published by then. 只用当时已公布的。", metavar="YYYY-MM-DD"
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        help="The number of that day, or moment with zone: ledger, recipe, calibration as they were. 当时的台账、方案与标定。",
        metavar="YYYY-MM-DD[THH:MM:SSZ]",
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", help="Folder for the monthly note. 月报所存文件夹。", metavar="DIR")
]
Listed = Annotated[bool, typer.Option("--list", help="The recipes there are. 列出方案。")]
Calibrated = Annotated[
    bool, typer.Option("--calibration", help="Weights, scales, proposed limits. 权重、尺度与建议界限。")
]
Recalibrated = Annotated[
    bool,
    typer.Option(
        "--recalibrate", help="Calibrate anew, in force from now on. 重新标定，自此生效；原标定保留。"
    ),
]
Factor = Annotated[
    bool,
    typer.Option("--factor", help="The dynamic factor and the news of the last release. 动态因子与新息。"),
]
Limits = Annotated[
    int,
    typer.Option(
        "--propose-limits",
        help="With --calibration: limits for so many bands. 建议几个区间的界限。",
        metavar="3|5",
    ),
]
Vintages = Annotated[
    int,
    typer.Option(
        "--vintages", help="Also as known in each of N months. 各月所知的指数。", min=0, metavar="N"
    ),
]


def index(
    recipe: Recipe = "",
    published_by: Published = "",
    as_of: AsOf = "",
    out: Out = None,
    listed: Listed = False,
    calibration: Calibrated = False,
    recalibrate: Recalibrated = False,
    vintages: Vintages = 0,
    factor: Factor = False,
    propose_limits: Limits = 0,
    console: Console = None,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """An index of business conditions and its reasons · 景气指数"""
    from touchstone.desk.stated import day_of

    spoken = terminal.language(lang)
    if propose_limits not in (0, 3, 5):
        raise terminal.wrong("COMMAND-032", "--propose-limits", given=propose_limits)
    if out and out.exists() and not out.is_dir():
        raise terminal.wrong("COMMAND-021", str(out), reason="index_command.no_folder")
    opened = terminal.workspace(workspace, make=True)
    for problem in opened.index_problems().values():
        if not recipe:
            typer.echo(shown(problem.text(spoken)), err=True)
    if listed:
        _list(opened, as_json, spoken)
        return
    by = day_of(published_by, "--published-by") if published_by else None
    then = _moment(as_of) if as_of else None
    if recalibrate:
        if by or then or not recipe:
            raise terminal.wrong("COMMAND-031", "--recalibrate")
        _with_sample(opened, recipe, spoken)
        with progress(word("index.adjusting", spoken)) as tell:
            print_recalibrated(opened.recalibrate_index(recipe, progress=tell), as_json, spoken)
        if as_json:
            return
    for made in _computed(opened, recipe, by, then, spoken):
        fan, third = _views(opened, made, vintages, factor, spoken)
        if calibration or propose_limits:
            print_calibration(opened, made, then, propose_limits or None, as_json, spoken)
        elif as_json:
            _print_json(made, fan, third)
        else:
            _print(made, spoken)
            if fan:
                print_fan(made, fan, spoken)
            if third:
                print_factor(third, spoken)
        if out:
            _write(opened, made, out, console, as_json, spoken)


def _views(
    opened: "Workspace", made: "KeptIndex", vintages: int, factor: bool, lang: str
) -> "tuple[VintagesFound | None, ThirdView | None]":
    """The other views that are asked for."""
    fan = third = None
    if vintages:
        with progress(word("index.fan", lang)) as tell:
            fan = opened.index_vintages(made.recipe, _months(made, vintages), tell)
    if factor:
        with progress(word("index_command.factor", lang)) as tell:
            third = opened.index_factor(made.recipe, tell)
    return fan, third


def _write(
    opened: "Workspace", made: "KeptIndex", out: Path, console: str | None, as_json: bool, lang: str
) -> None:
    """The monthly note. Raises UnreadableFile: COMMAND-021, the folder cannot be written."""
    from touchstone.publish.index.files import write_note
    from touchstone.publish.index.sources import Sources, behind

    facts = {fact.id: fact for fact in opened.facts(ids=behind(made))}
    sources = Sources(facts, {each.hash: each.name for each in opened.documents()})
    try:
        with progress(word("index.title", lang)) as tell:
            for path in write_note(made, out, tell, sources, console):
                typer.echo(str(path), err=as_json)
    except OSError as error:
        raise terminal.wrong("COMMAND-021", str(out), reason=error.strerror or str(error)) from error


def _moment(text: str) -> date:
    """A day, or a moment that says its zone."""
    from touchstone.desk.stated import day_of

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return day_of(text, "--as-of")
    return moment if moment.tzinfo else day_of(text, "--as-of")


def _computed(
    opened: "Workspace", recipe: str, by: date | None, then: date | datetime | None, lang: str
) -> "list[KeptIndex]":
    """The index of a recipe, or of all that have data; an empty workspace takes the synthetic sample of the recipe named."""
    from touchstone.errors import UnusableSeries

    _with_sample(opened, recipe, lang)
    found: list[KeptIndex] = []
    refused: list[UnusableSeries] = []
    for key in [recipe] if recipe else opened.index_recipes():
        try:
            with progress(word("index.adjusting", lang)) as tell:
                found.append(opened.index(key, by, then, tell))
        except UnusableSeries as why:
            refused.append(why)
    if refused and not found:
        raise refused[0]
    return found


def _with_sample(opened: "Workspace", recipe: str, lang: str) -> None:
    sample = opened.index_sample(recipe) if recipe else ""
    if sample and not opened.documents():
        report = opened.import_series(None, sample)
        typer.echo(word("index.imported", lang, source=sample, n=report.added), err=True)


def _months(made: "KeptIndex", count: int) -> list[date]:
    """The last days of the months up to the one in which the newest level can have been published, oldest first."""
    from touchstone.facts.period import period_after, span

    period = made.last
    ends = [span(period_after(period))[1]]
    while len(ends) < count:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends[::-1]


def _list(opened: "Workspace", as_json: bool, lang: str) -> None:
    known = opened.index_recipes()
    if as_json:
        terminal.print_json(
            [
                {"recipe": key, "zh": each.name.zh, "en": each.name.en, "indicators": len(each.indicators)}
                for key, each in known.items()
            ]
        )
        return
    for key, each in known.items():
        typer.echo(f"{key}  {shown(getattr(each.name, lang))}  {len(each.indicators)}")


def _print(made: "KeptIndex", lang: str) -> None:
    """The sentences, the forecast, and what was left out; what is synthetic says so first and last."""
    from touchstone.publish.index.note import ahead_said, byline
    from touchstone.publish.index.pictures import named

    typer.echo(shown(f"{named(made, lang)} · {getattr(byline(made), lang)}"))
    for note in made.notes:
        typer.echo(shown("  " + getattr(note, lang)))
    for said in (*(each.text for each in made.sentences), *ahead_said(made)):
        typer.echo(shown("  " + getattr(said, lang)))
    if made.attribution.phase:
        typer.echo("  " + word(f"phase.{made.attribution.phase}", lang))
    print_flags(made, lang)
    for gone in made.left_out:
        said = word(
            "index_command.left_out",
            lang,
            name=getattr(gone.name, lang),
            why=spoken_periods(getattr(gone.said, lang), lang),
        )
        typer.echo(shown("  " + said), err=True)
    if made.synthetic:
        typer.echo(word("index.synthetic_note", lang), err=True)


def _print_json(made: "KeptIndex", fan: "VintagesFound | None", third: "ThirdView | None") -> None:
    from touchstone.calc.index.plain import plain
    from touchstone.serve.index_page import index_data

    views = {"vintages": fan and plain(fan), "factor": third and plain(third)}
    terminal.print_json(index_data(made) | {name: view for name, view in views.items() if view})
