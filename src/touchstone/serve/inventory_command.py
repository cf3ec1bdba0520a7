"""`touchstone inventory`: totals of what units emitted, why, how sure, and the report; templates out and filled-in files in."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.inventory_acts import compare, explain, take_sample, write_template
from touchstone.serve.inventory_import import import_files
from touchstone.serve.inventory_national import national
from touchstone.serve.inventory_paper import write_plan, write_report
from touchstone.serve.inventory_quality import checks
from touchstone.serve.inventory_region import region
from touchstone.serve.inventory_views import performance, printed, told
from touchstone.serve.options import HERE, AsJson, Folder, Lang
from touchstone.serve.progress import progress

if TYPE_CHECKING:
    from datetime import date, datetime

    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.flow import Workspace

ACTS = {
    "template": ("ENTERPRISE YEAR --out FILE", (2,)), "import": ("FILE … | FOLDER", range(1, 10_000)), "explain": ("UNIT MONTH [ITEM]", (2, 3)),
    "compare": ("YEAR YEAR [NODE]", (2, 3)), "region": ("PLACE --year YEAR", (1,)), "performance": ("[NODE]", (0, 1)),
    "checks": ("[NODE]", (0, 1)), "plan": ("ENTERPRISE YEAR --out DIR", (2,)),
    "national": ("FOLDER [sector|province|group|enterprise|month]", (1, 2)),
}  # fmt: skip
_OF_NODE = ("performance", "checks")
_TO_FILES = ("", "template", "plan")
"""What writes files; the others print, and `--out` would write nothing."""

What = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NODE]",
        help="A node, all if none; or: template ENTERPRISE YEAR --out FILE · import FILE … · explain UNIT MONTH [ITEM] · "
        "compare YEAR YEAR [NODE] · region PLACE · performance [NODE] · "
        "checks [NODE] · plan ENTERPRISE YEAR · national FOLDER [BY]. "
        "节点，不写则为全部；或：模板、导入、解释、比较、地区、绩效表、数据检查、质量控制计划、全国汇总。",
        show_default=False,
    ),
]

Columns = Annotated[
    str,
    typer.Option(
        "--by",
        help="enterprise, province, month, year, gas, scope, term … 分列方式，可用逗号。",
        metavar="WHAT",
    ),
]

Year = Annotated[str, typer.Option("--year", help="One year. 年份。", metavar="YYYY")]

Limit = Annotated[
    str,
    typer.Option(
        "--boundary", help="What counts. 边界：企业、直接排放、碳市场。", metavar="enterprise|direct|trading"
    ),
]

Weights = Annotated[
    str,
    typer.Option(
        "--gwp",
        help="GWP set; that of the methods if not given. GWP集。",
        metavar="SAR|AR4|AR5|AR6",
        show_default=False,
    ),
]

Consolidating = Annotated[str, typer.Option("--group", help="Who consolidates. 合并主体。", metavar="NODE")]

Approach = Annotated[
    str, typer.Option("--approach", help="How. 合并方法：股权比例或控制权。", metavar="equity|control")
]

Uncertainty = Annotated[bool, typer.Option("--uncertainty", help="The range, by both approaches. 不确定性。")]

AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        help="As it stood at the end of a day, or at a moment (UTC). 截至某日终或某时刻的账本。",
        metavar="YYYY-MM-DD[THH:MM:SS]",
    ),
]

Out = Annotated[
    Path | None,
    typer.Option(
        "--out", help="Folder for the report or plan, file for a template. 报告、计划的文件夹，或模板文件。"
    ),
]

Sample = Annotated[
    bool, typer.Option("--sample", help="Take the made-up group into the workspace. 载入虚构的示例集团。")
]


def inventory(
    what: What = None,
    by: Columns = "enterprise",
    year: Year = "",
    boundary: Limit = "enterprise",
    gwp: Weights = "",
    group: Consolidating = "",
    approach: Approach = "control",
    uncertainty: Uncertainty = False,
    as_of: AsOf = "",
    out: Out = None,
    sample: Sample = False,
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """A carbon inventory from activity data, line by line · 碳排放核算与报告"""
    from touchstone.desk.stated import moment_of

    spoken = terminal.language(lang)
    act, words = _act(what or [])
    if year and not (len(year) == 4 and year.isdigit()):
        raise terminal.wrong("COMMAND-033", "--year", given=year, known="YYYY")
    if out and act not in _TO_FILES:
        known = f"[NODE] --year YYYY --out DIR; template … --out FILE; plan … --out DIR; {act} --json > FILE"
        raise terminal.wrong("COMMAND-033", "--out", given=f"{act} --out", known=known)
    if act == "national":
        national(words[0], words[1] if len(words) > 1 else "sector", as_json, spoken)
        return
    opened = _opened(workspace, make=sample)
    if sample:
        take_sample(opened, spoken)
    if act == "template":
        write_template(opened, words, out, spoken)
        return
    if act == "import":
        import_files(opened, words, as_json, spoken)
        return
    if act == "plan":
        for path in write_plan(opened, words[0], words[1], out):
            typer.echo(str(path))
        return
    then = moment_of(as_of, "--as-of") if as_of else None
    node = "".join(words[2:] if act == "compare" else words if act in ("", *_OF_NODE) else ())
    asked = {"boundary": boundary, "asked_set": gwp}
    if act != "explain":
        asked |= _perimeter(opened, then, node, group, approach)
    if act not in ("explain", "compare"):
        asked["year"] = year
    account = _account(opened, then, spoken, asked)
    if sample and not (act or year or gwp):
        account = replace(account, year=max(line.month for line in account.inventory.lines)[:4])
    if act:
        _shown(opened, account, act, words, as_json, spoken)
    elif out:
        for path in write_report(opened, account, then, out):
            typer.echo(str(path), err=as_json)
    else:
        show = told if as_json else printed
        show(opened, account, then, tuple(each.strip() for each in by.split(",")), uncertainty, spoken)


def _shown(
    opened: "Workspace", account: "Account", act: str, words: list[str], as_json: bool, lang: str
) -> None:
    if act == "explain":
        explain(opened, account, words, as_json, lang)
    elif act == "compare":
        compare(account, words, as_json, lang)
    elif act == "region":
        region(account, words[0], as_json, lang)
    elif act == "performance":
        performance(account, as_json, lang)
    else:
        checks(opened, account, as_json, lang)


def _opened(folder: Path, *, make: bool) -> "Workspace":
    """The workspace.

    Raises:
        UnusableDeclaration: ORG-016 there is nothing yet, with what to do; UnreadableFile: as `terminal.workspace`.
    """
    from touchstone.calc.carbon.factors.refusal import refusal
    from touchstone.errors import UnusableDeclaration

    if not make and not folder.exists():
        raise refusal(UnusableDeclaration, "ORG-016", str(folder / "carbon" / "organisation.toml"))
    return terminal.workspace(folder, make=make)


def _act(words: list[str]) -> tuple[str, list[str]]:
    """What is to be done, "" for totals, and with what. Raises UnreadableFile: COMMAND-033, too few words or too many."""
    if not words or words[0] not in ACTS:
        if len(words) > 1:
            raise terminal.wrong(
                "COMMAND-033", "NODE", given=" ".join(words), known="NODE, " + ", ".join(ACTS)
            )
        return "", words
    usage, many = ACTS[words[0]]
    if len(words) - 1 not in many:
        raise terminal.wrong("COMMAND-033", "inventory", given=" ".join(words), known=f"{words[0]} {usage}")
    return words[0], words[1:]


def _perimeter(
    opened: "Workspace", then: "date | datetime | None", node: str, group: str, approach: str
) -> dict[str, str]:
    """What is asked for of an account: a node whole, or a group that consolidates; a node that is a group consolidates."""
    from touchstone.calc.carbon.consolidation import APPROACHES
    from touchstone.calc.carbon.consolidation import node as node_of

    if approach not in APPROACHES:
        raise terminal.wrong("COMMAND-033", "--approach", given=approach, known=", ".join(APPROACHES))
    organisation = opened.organisation(then)
    if node and not group and node_of(organisation, node).kind == "group":
        return {"group": node, "approach": approach}
    return {"node": node, "group": group, "approach": approach if group else ""}


def _account(
    opened: "Workspace", then: "date | datetime | None", lang: str, asked: dict[str, str]
) -> "Account":
    with progress(word("inventory.computing", lang)) as tell:
        account = opened.account(then, tell, **asked)
    if then is None:
        opened.record_inventory(account.inventory)
    for note in account.inventory.notes:
        typer.echo(getattr(note, lang), err=True)
    return account
