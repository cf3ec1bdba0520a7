"""`touchstone pathway export | report`: results and reports of scenarios as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, Folder, Lang
from touchstone.serve.pathway import stocked
from touchstone.serve.pathway_models import Draws, Seed, cuts_of, print_taken
from touchstone.serve.steps import steps

if TYPE_CHECKING:
    from touchstone.serve.pathway_stock import PathwayStock

Keys = Annotated[list[str], typer.Argument(help="Keys of scenarios. 情景的键。", show_default=False)]
Chances = Annotated[bool, typer.Option("--chances", help="With quantiles and chances. 含概率。")]


def export(
    scenarios: Keys,
    out: Annotated[Path, typer.Option("--out", help="FILE.csv (IAMC) | .xlsx | .json 文件", metavar="FILE", show_default=False)],
    chances: Chances = False, draws: Draws = 2000, seed: Seed = 1, workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """Results of scenarios, and of their least-cost plans where there are, as a file · 导出结果"""
    from touchstone.calc.pathway.refusal import refusal
    from touchstone.serve.pathway_papers import EXPORTS, Wanted, export_of

    spoken, form = terminal.language(lang), out.suffix[1:]
    if form not in EXPORTS:
        raise refusal(
            "PATHWAY-018", "--out", found=out.name, known=", ".join(f"FILE.{each}" for each in EXPORTS)
        )
    with steps(word("pathway_models.exporting", spoken, file=out.name), 2) as step:
        stock = stocked(workspace)
        _known(stock, scenarios)
        _room(out.parent)
        step()
        wanted = Wanted(draws=draws if chances else 0, seed=seed)
        today = terminal.workspace(workspace).today()
        made, left_out = export_of(stock, scenarios, wanted, form, today, spoken)
    print_taken(stock, scenarios, spoken)
    _put(out, made)
    if left_out:
        typer.echo(word("pathway_models.left_out", spoken, n=left_out), err=True)


def report(
    scenarios: Keys,
    out: Annotated[Path, typer.Option("--out", help="Folder, or FILE.pdf | .docx | .html | .xlsx. 文件夹或文件。", metavar="PATH", show_default=False)],
    plan: Annotated[str, typer.Option("--plan", help="projection | optimum 推演或最低成本方案", metavar="PLAN")] = "projection",
    chances: Chances = False, draws: Draws = 2000, seed: Seed = 1,
    before: Annotated[int, typer.Option("--before", help="Year of the question. 在此年之前达峰。", min=1950, max=2200)] = 2030,
    curve: Annotated[bool, typer.Option("--integrated", help="With the cost curve of optimal plans; takes minutes. 含最优方案的成本曲线。")] = False,
    workspace: Folder = HERE, lang: Lang = "",
) -> None:  # fmt: skip
    """The report of the first scenario against the others, with its least-cost plan if one is kept · 情景报告"""
    from touchstone.calc.pathway.refusal import refusal
    from touchstone.serve.inventory_paper import FORMS, Paper, form_of, write_papers
    from touchstone.serve.pathway_asked import MOST
    from touchstone.serve.pathway_chances_page import plan_asked
    from touchstone.serve.pathway_papers import REPORT_STEPS, Wanted, report_of

    spoken, stock, form = terminal.language(lang), stocked(workspace), out.suffix[1:]
    if form and not out.is_dir() and form not in FORMS:
        raise refusal(
            "PATHWAY-018", "--out", found=out.name, known=", ".join(f"FILE.{each}" for each in FORMS)
        )
    if len(set(scenarios)) > MOST:
        raise refusal("PATHWAY-014", "report", count=len(set(scenarios)), most=MOST)
    wanted = Wanted(plan_asked(plan, "--plan"), before, draws if chances else 0, seed)
    _known(stock, scenarios)
    one = form in FORMS and not out.is_dir()
    _room(out.parent if one else out)
    print_taken(stock, scenarios[:1], spoken)
    cuts = cuts_of(stock, scenarios[0], spoken) if curve else []
    with steps(
        word("pathway_models.reporting", spoken, scenario=scenarios[0]), REPORT_STEPS[chances]
    ) as step:
        made = report_of(stock, scenarios, wanted, terminal.workspace(workspace).today(), cuts, step)
        paper = Paper(made, made)
        written = form_of(paper, form, spoken) if one else b""
    if one:
        _put(out, written)
        return
    for path in write_papers(paper, f"pathway-{scenarios[0]}", out):
        typer.echo(str(path))


def _known(stock: "PathwayStock", scenarios: list[str]) -> None:
    """Raises UnusablePathway: what is wrong with a scenario, before anything is made of any."""
    for key in scenarios:
        stock.compiled(key)


def _room(folder: Path) -> None:
    """Make the folder that files go into, before minutes are spent on them. Raises UnreadableFile: COMMAND-021, it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise terminal.wrong("COMMAND-021", str(folder), reason=error.strerror or str(error)) from error


def _put(out: Path, made: bytes) -> None:
    """Write a file and say where. Raises UnreadableFile: COMMAND-021, it cannot be written."""
    try:
        out.write_bytes(made)
    except OSError as error:
        raise terminal.wrong("COMMAND-021", str(out), reason=error.strerror or str(error)) from error
    typer.echo(str(out))
