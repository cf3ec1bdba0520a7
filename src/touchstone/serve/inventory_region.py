"""`touchstone inventory region`: what is emitted in a region, what its electricity brings with it, and its energy balance."""

from typing import TYPE_CHECKING

import typer

from touchstone.calc.carbon.inventory.regional import COAL, FIGURES, PARTS, regional, standing
from touchstone.facts.vocabulary import vocabulary
from touchstone.publish.carbon.labelled import figure, item, plain
from touchstone.publish.carbon.said import energy_said
from touchstone.publish.format import name, unit
from touchstone.publish.words import counted, word
from touchstone.serve import terminal
from touchstone.serve.inventory_views import head
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.calc.carbon.inventory.regional import Balance, Regional


def region(account: "Account", asked: str, as_json: bool, lang: str) -> None:
    """A place by its code or name, in the year of the account.

    Raises:
        UnreadableFile: COMMAND-033 without a year; UnusableDeclaration: INVENTORY-001 no unit stands there.
    """
    place = vocabulary().resolve(asked, "place") or asked
    standing(account, place)
    if not account.year:
        given = f"region {asked}"
        raise terminal.wrong("COMMAND-033", "region", given=given, known=f"{given} --year YYYY")
    found = regional(account, place)
    if as_json:
        terminal.print_json(_data(found))
        return
    typer.echo(shown(head(account, lang)))
    typer.echo(
        shown(
            word(
                "inventory.region",
                lang,
                place=name(found.place, lang),
                units=counted("units", lang, len(found.units)),
            )
        )
    )
    for key in FIGURES:
        typer.echo(f"{figure(getattr(found, key), lang):>20}  {word(f'inventory_region.{key}', lang)}")
    for each in found.balance:
        typer.echo(shown(_balance(each, lang)))
    typer.echo(shown(energy_said("calorific", found.energy, lang)))


def _data(found: "Regional") -> dict[str, object]:
    """Numbers as exact decimals with nine places, as in all of `touchstone inventory --json`."""

    def exact(row: object, *names: str) -> dict[str, str | None]:
        sizes = {name: getattr(row, name) for name in names}
        return {name: None if size is None else plain(size, 9) for name, size in sizes.items()}

    return {
        "place": found.place, "year": found.year, "units": found.units, **exact(found, *FIGURES),
        "balance": [{"item": x.item, "unit": x.unit, **exact(x, *PARTS, COAL)} for x in found.balance],
        "energy": {"tce": plain(found.energy.total, 9), "lacking": sorted(found.energy.lacking)},
    }  # fmt: skip


def _balance(row: "Balance", lang: str) -> str:
    parts = ((key, getattr(row, key)) for key in PARTS)
    said = [word(f"inventory_balance.{key}", lang, value=figure(size, lang)) for key, size in parts if size]
    if row.coal is not None:
        said.append(word("inventory_balance.coal", lang, value=figure(row.coal, lang)))
    listed = word("list.clause", lang).join(said)
    return word(
        "inventory_balance.row", lang, item=item(row.item, lang), unit=unit(row.unit, lang), parts=listed
    )
