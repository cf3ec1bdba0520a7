"""`touchstone factors`: the factor library, browsed, searched, compared and handed on; own values proposed and reviewed."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.options import HERE, AsJson, By, Folder, Lang
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from touchstone.calc.carbon.factor import Factor
    from touchstone.calc.carbon.factors.difference import Change
    from touchstone.calc.carbon.factors.library import Library

FORMS = ("csv", "efdb", "pact", "openlca")

Words = Annotated[
    list[str] | None,
    typer.Argument(
        help="Words, or the id of a factor; or: propose · review [ID accept|reject|withdraw]. 检索词或编号；或提出、审核自有因子。",
        show_default=False,
    ),
]

Tag = Annotated[
    str, typer.Option("--tag", help="How it became known. 来源标记。", metavar="F|C|D|user|unverified")
]

Against = Annotated[
    str, typer.Option("--against", help="--document against another. 与另一文件比较。", metavar="KEY")
]

Of = Annotated[str, typer.Option("--of", help="propose: the item. 物项。", metavar="ITEM")]

Value = Annotated[str, typer.Option("--value", help="propose: the number. 数值。")]

Unit = Annotated[str, typer.Option("--unit", help="propose: its unit. 单位。")]

Gas = Annotated[str, typer.Option("--gas", help="propose: of an emission. 气体。")]

Node = Annotated[str, typer.Option("--node", help="propose: where it applies. 适用节点。")]

Basis = Annotated[
    str,
    typer.Option(
        "--basis", help="propose: where the value comes from; required. 依据，必填。", metavar="measured|own"
    ),
]

Family = Annotated[
    str, typer.Option("--family", help="propose: of electricity. 电力因子类别。", metavar="grid-average …")
]

DataYear = Annotated[
    str, typer.Option("--data-year", help="propose: only for this year. 数据年份。", metavar="2024")
]

ValidFrom = Annotated[
    str, typer.Option("--valid-from", help="propose: first day. 起始日。", metavar="2024-07-01")
]

ValidTo = Annotated[str, typer.Option("--valid-to", help="propose: last day. 截止日。", metavar="2024-12-31")]

Low = Annotated[str, typer.Option("--low", help="propose: low end of the 95 % range. 95%区间下限。")]

High = Annotated[str, typer.Option("--high", help="propose: its high end. 95%区间上限。")]

Evidence = Annotated[str, typer.Option("--evidence", help="propose: in words. 凭据。")]

Supersedes = Annotated[
    str, typer.Option("--supersedes", help="propose: id it replaces. 取代。", metavar="ID")
]

Reason = Annotated[str, typer.Option("--reason", help="review: why. 理由。")]

Export = Annotated[str, typer.Option("--export", help="For other programs. 导出。", metavar="|".join(FORMS))]


def factors(
    words: Words = None,
    kind: Annotated[str, typer.Option("--kind", help="ncv, emission … 种类。", metavar="KEY")] = "",
    document: Annotated[str, typer.Option("--document", help="Of a document. 文件。", metavar="KEY")] = "",
    region: Annotated[str, typer.Option("--region", help="Of a place. 地区。", metavar="CODE")] = "",
    tag: Tag = "",
    against: Against = "",
    export: Export = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="File for --export. 导出文件。", metavar="FILE")
    ] = None,
    of: Of = "",
    value: Value = "",
    unit: Unit = "",
    gas: Gas = "",
    node: Node = "",
    basis: Basis = "",
    family: Family = "",
    data_year: DataYear = "",
    valid_from: ValidFrom = "",
    valid_to: ValidTo = "",
    low: Low = "",
    high: High = "",
    evidence: Evidence = "",
    supersedes: Supersedes = "",
    reason: Reason = "",
    by: By = "",
    workspace: Folder = HERE,
    as_json: AsJson = False,
    lang: Lang = "",
) -> None:
    """Emission factors with document, clause and provenance · 排放因子库"""
    from touchstone.serve.factors_proposed import print_proposals, propose, reviewed

    spoken, given = terminal.language(lang), list(words or ())
    if given[:1] == ["propose"]:
        said = {
            "kind": kind, "of": of, "value": value, "unit": unit, "basis": basis, "node": node, "gas": gas, "family": family,
            "data_year": data_year, "valid_from": valid_from, "valid_to": valid_to, "low": low, "high": high,
            "supersedes": supersedes,
        }  # fmt: skip
        print_proposals([propose(terminal.workspace(workspace), said, evidence, by)], as_json, spoken)
        return
    if given[:1] == ["review"]:
        print_proposals(reviewed(terminal.workspace(workspace), given[1:], reason, by), as_json, spoken)
        return
    library = _library(workspace)
    if against:
        _print_changes(library, document, against, as_json, spoken)
        return
    found = chosen(library, given, kind=kind, document=document, region=region, tag=tag)
    if export:
        _export(library, found, export, out)
    elif as_json:
        terminal.print_json([asdict(each) for each in found])
    else:
        _print(library, found, spoken)


def _print(library: "Library", found: "Sequence[Factor]", lang: str) -> None:
    """One factor with everything about it, several a line each."""
    if len(found) == 1:
        for line in card(library, found[0], lang):
            typer.echo(shown(line))
        return
    for each in found:
        typer.echo(shown(row(library, each, lang)))
    typer.echo(word("factors.found", lang, n=len(found), all=len(library.factors)), err=True)


def chosen(
    library: "Library",
    words: "Sequence[str]",
    kind: str = "",
    document: str = "",
    region: str = "",
    tag: str = "",
) -> "tuple[Factor, ...]":
    """The factors asked for: one by its id, else those that the words name and that are all of this."""
    if len(words) == 1 and words[0] in library:
        return (library.get(words[0]),)
    found = library.browse(kind=kind, document=document, region=region, tag=tag)
    if not words:
        return found
    held = {each.id for each in found}
    return tuple(each for each in library.search(" ".join(words)) if each.id in held)


def row(library: "Library", factor: "Factor", lang: str) -> str:
    """A factor in a line: value, what it is of, document, year, tag and id."""
    from touchstone.calc.carbon.factors.reference import kinds
    from touchstone.publish.carbon.labelled import item

    parts = (
        _value(factor, lang), f"{item(factor.of, lang)} {getattr(kinds()[factor.kind].name, lang)}", factor.gas,
        _place(factor, lang), str(factor.data_year or ""), getattr(library.document(factor).title, lang),
        word("inventory_tag.none" if factor.value is None else f"inventory_tag.{factor.tag}", lang), f"[{factor.id}]",
    )  # fmt: skip
    return "  ".join(filter(None, parts))


def card(library: "Library", factor: "Factor", lang: str) -> "Iterator[str]":
    """Everything about a factor."""
    from touchstone.desk.factor_proposals import BASES
    from touchstone.publish.carbon.labelled import edition
    from touchstone.publish.dates import day

    document = library.document(factor)
    yield row(library, factor, lang)
    low, high = factor.low, factor.high
    rows = (
        ("document", " · ".join(filter(None, (document.number, edition(document, lang), getattr(document.issuer, lang))))),
        ("clause", getattr(BASES[factor.clause], lang) if factor.tag == "user" else factor.clause),
        ("status", word(f"document_status.{document.status}", lang)),
        ("status_note", getattr(document.status_note, lang) if document.status_note else ""),
        ("valid", " – ".join((day(factor.valid_from, lang) or "…", day(factor.valid_to, lang) or "…"))),
        ("range", f"{low} – {high} {factor.distribution}".strip() if low is not None and high is not None else ""),
        ("supersedes", factor.supersedes),
        ("superseded", ", ".join(each.id for each in library.superseding(factor.id))),
        ("note", getattr(factor.note, lang) if factor.note else ""), ("address", document.address),
    )  # fmt: skip
    for key, said in rows:
        if said:
            yield f"  {word(f'factors.{key}', lang)}  {said}"


def _value(factor: "Factor", lang: str) -> str:
    from touchstone.publish.format import quantity, with_unit

    return (
        word("factors.empty", lang)
        if factor.value is None
        else with_unit(quantity(factor.value, lang), factor.unit, lang)
    )


def _place(factor: "Factor", lang: str) -> str:
    from touchstone.calc.carbon.factors.library import place_names

    return place_names(factor.region)[lang == "en"] if factor.region else ""


def _library(folder: Path) -> "Library":
    """The library of the workspace; the one that comes with Touchstone where there is no workspace."""
    if terminal.is_workspace(folder):
        return terminal.workspace(folder).factors()
    from touchstone.calc.carbon.factors.library import library

    return library()


def _print_changes(library: "Library", before: str, after: str, as_json: bool, lang: str) -> None:
    from touchstone.calc.carbon.factors.difference import difference

    found = difference(library, before, after)
    if as_json:
        terminal.print_json([{**asdict(each), "what": each.what} for each in found])
        return
    for each in found:
        if each.what != "same":
            typer.echo(shown(_changed(each, lang)))
    typer.echo(word("factors.same", lang, n=sum(each.what == "same" for each in found)), err=True)


def _changed(change: "Change", lang: str) -> str:
    from touchstone.calc.carbon.factors.reference import kinds
    from touchstone.publish.carbon.labelled import figure, item

    values = " → ".join(_value(each, lang) if each else "–" for each in (change.before, change.after))
    relative = "" if change.relative is None else f"{figure(100 * change.relative, lang, signed=True)}%"
    named = f"{item(change.of, lang)} {getattr(kinds()[change.kind].name, lang)}"
    return "  ".join(filter(None, (word(f"factors_change.{change.what}", lang), named, values, relative)))


def _export(library: "Library", found: "Sequence[Factor]", form: str, out: Path | None) -> None:
    from touchstone.calc.carbon.factors.export import csv_text, efdb_text, pact_sources
    from touchstone.calc.carbon.factors.openlca import objects
    from touchstone.publish.export import to_json

    if form not in FORMS:
        raise terminal.wrong("COMMAND-033", "--export", given=form, known=", ".join(FORMS))
    made = {
        "csv": lambda: csv_text(found), "efdb": lambda: efdb_text(library, found),
        "pact": lambda: to_json(pact_sources(library, found)), "openlca": lambda: to_json(objects(library, found)),
    }[form]()  # fmt: skip
    if out is None:
        typer.echo(made.rstrip("\n"))
        return
    try:
        out.write_text(made, encoding="utf-8")
    except OSError as error:
        raise terminal.wrong("COMMAND-021", str(out), reason=error.strerror or str(error)) from error
    typer.echo(str(out))
