"""`touchstone assets cbam`: what CBAM costs a tonne of an aluminium product, each parameter with its factor, document and status."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from touchstone.serve import terminal
from touchstone.serve.options import AsJson, Lang
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.carbon.assets.cbam import Stated
    from touchstone.calc.carbon.factors.library import Library

_PLACES = Decimal("0.0001")


def cbam(
    product: Annotated[
        str, typer.Argument(help="aluminium.unwrought aluminium.intermediate aluminium.foil", show_default=False)
    ],
    price: Annotated[str, typer.Option("--price", help="Of a certificate, per t CO2e. 证书价格。", show_default=False)],
    on: Annotated[str, typer.Option("--on", help="Day of the import. 进口日。", metavar="YYYY-MM-DD", show_default=False)],
    declared: Annotated[str, typer.Option(help="Measured, t CO2e/t; else the default. 实测强度，不写则用缺省值。")] = "",
    free: Annotated[str, typer.Option(help="Free share, 0 to 1. 免费比例。")] = "",
    unverified: Annotated[bool, typer.Option("--unverified", help="Take what nobody has verified. 采用未核实的参数。")] = False,
    tonnes: Annotated[str, typer.Option(help="Tonnes imported. 进口吨数。")] = "",
    as_json: AsJson = False, lang: Lang = "",
) -> None:  # fmt: skip
    """What CBAM costs a tonne, by cited parameters · 碳边境成本

    Ends with 3 where a parameter has no value.
    """
    from touchstone.calc.carbon.assets.cbam import cost_by_library, products
    from touchstone.calc.carbon.factors.library import library
    from touchstone.desk.stated import day_of
    from touchstone.publish.format import quantity
    from touchstone.publish.words import word

    known, spoken = library(), terminal.language(lang)
    if product not in products(known):
        raise terminal.wrong("COMMAND-033", "cbam", given=product, known=", ".join(products(known)))
    share = _given(free, "--free", most=Decimal(1))
    sum_of = _given(tonnes, "--tonnes")
    worth = _given(price, "--price")
    assert worth is not None
    found = cost_by_library(
        known, product, day_of(on, "--on"), worth, _given(declared, "--declared"), share, unverified
    )
    total = None if found.per_tonne is None or sum_of is None else found.per_tonne * sum_of
    if as_json:
        rows = [_row(known, each) for each in found.parameters]
        terminal.print_json({"product": product, "on": on, "per_tonne": found.per_tonne, "tonnes": sum_of, "cost": total, "parameters": rows})  # fmt: skip
    else:
        unknown = word("assets.unknown", spoken)
        for each in found.parameters:
            value = unknown if each.value is None else quantity(each.value, spoken)
            flag = getattr(each.flag, spoken) if each.flag else ""
            typer.echo("  ".join(filter(None, (getattr(each.name, spoken), value, shown(flag)))))
            for cited in _cited(known, each, spoken):
                typer.echo(f"    {shown(cited)}")
        for key, value in (("assets.cbam_tonne", found.per_tonne), ("assets.cbam_cost", total)):
            if value is not None or key == "assets.cbam_tonne":
                said = unknown if value is None else quantity(value.quantize(_PLACES), spoken)
                typer.echo(f"{word(key, spoken)}  {said}")
        if found.per_tonne is not None and found.per_tonne < 0:
            typer.echo(word("assets.cbam_below", spoken))
    raise typer.Exit(3 if found.per_tonne is None else 0)


def _given(text: str, where: str, most: Decimal | None = None) -> Decimal | None:
    """A number of the command line, not below zero. Raises NotAllowed: ASSET-006; UnreadableFile: COMMAND-033, beyond `most`."""
    from touchstone.desk.carbon_asset_rules import amount_of, stated_number

    if not text:
        return None
    value = amount_of(stated_number(text, where), where, zero=True)
    if most is not None and value > most:
        raise terminal.wrong("COMMAND-033", where, given=text, known=f"0 … {most}")
    return value


def _cited(library: "Library", given: "Stated", lang: str) -> list[str]:
    """The factors a parameter was taken from: id, value, document, clause, tag and status."""
    rows = []
    for id in given.factors:
        factor = library.get(id)
        document = library.document(factor)
        value = "–" if factor.value is None else f"{factor.value} {factor.unit}"
        parts = (id, value, getattr(document.title, lang), factor.clause, f"[{factor.tag}]", document.status)
        rows.append("  ".join(filter(None, parts)))
    return rows


def _row(library: "Library", given: "Stated") -> dict[str, object]:
    return {
        "parameter": given.key, "value": given.value, "tag": given.tag, "flag": given.flag and given.flag.en,
        "factors": [
            {
                "id": id, "value": library.get(id).value, "unit": library.get(id).unit, "document": library.get(id).document,
                "clause": library.get(id).clause, "tag": library.get(id).tag, "status": library.document(library.get(id)).status,
            }
            for id in given.factors
        ],
    }  # fmt: skip
