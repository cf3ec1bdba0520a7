"""The totals of an inventory on a terminal and as JSON: by what is asked for, what is missing, how sure, how it performed."""

from typing import TYPE_CHECKING, Any

import typer

from touchstone.calc.carbon.inventory.account import grouped
from touchstone.calc.carbon.inventory.doubted import doubted
from touchstone.calc.carbon.inventory.performed import performed
from touchstone.errors import UnusableDeclaration
from touchstone.publish.carbon.labelled import cited, figure, indicator, item, level, part, term_name
from touchstone.publish.format import unit
from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.calc.carbon.inventory.doubted import Doubted
    from touchstone.calc.carbon.inventory.performed import Performance

_SHOWN = 8
"""Of the inputs with the largest shares of the variance."""


def printed(account: "Account", by: tuple[str, ...], uncertainty: bool, lang: str) -> None:
    """The totals in lines; answers to standard output, what is missing to standard error."""
    _must_have_lines(account)
    typer.echo(shown(head(account, lang)))
    for row in account.totals(*by):
        names = " · ".join(part(account, each, key, lang) for each, key in zip(by, row.key, strict=True))
        typer.echo(f"{figure(row.total, lang):>20}  {shown(names)}")
    typer.echo(f"{figure(account.total, lang):>20}  {word('inventory.total', lang)}")
    if account.year:
        for said in performance_said(account, performed(account), lang):
            typer.echo(shown(said))
    if uncertainty:
        with progress(word("inventory.drawing", lang)):
            found = doubted(account)
        for said in uncertainty_said(account, found, lang):
            typer.echo(shown(said))
    for said in missing_said(account, lang):
        typer.echo(shown(said), err=True)


def told(account: "Account", by: tuple[str, ...], uncertainty: bool, lang: str) -> None:
    """The same as JSON; numbers are exact decimals with nine places."""
    _must_have_lines(account)
    rows = [
        {
            **dict(zip(by, row.key, strict=True)),
            "tco2e": figure(row.total, "zh", 9),
            "gases": {gas: figure(mass, "zh", 9) for gas, mass in row.masses.items()},
        }
        for row in account.totals(*by)
    ]
    data: dict[str, Any] = {
        "node": account.node, "year": account.year, "boundary": account.boundary, "group": account.group,
        "approach": account.approach, "gwp": account.set, "total": figure(account.total, "zh", 9), "rows": rows,
        "missing": [
            {"method": each.method, "term": each.term, "item": each.item, "why": getattr(each.why, lang), "times": n, "units": units}
            for each, n, units in grouped(account.missing)
        ],
    }  # fmt: skip
    if account.year:
        data["performance"] = _performance_data(performed(account))
    if uncertainty:
        found = doubted(account)
        data["uncertainty"] = {
            "approach_1": found.first, "approach_2": found.second, "sources": found.sources,
            "exact": [{"parameter": parameter, "tier": tier, "inputs": n} for (parameter, tier), n in found.exact.items()],
        }  # fmt: skip
    terminal.print_json(data)


def head(account: "Account", lang: str) -> str:
    """What is counted, by which set and why, by which consolidation."""
    who = getattr(account.name(account.group or account.node), lang) or word("inventory.all", lang)
    how = f"approach_{account.approach or 'control'}" if account.group else "whole"
    return word(
        "inventory.head", lang, who=who, year=account.year or word("inventory.every_year", lang),
        boundary=word(f"inventory_boundary.{account.boundary}", lang), set=account.set,
        why=getattr(account.set_says, lang), how=word(f"inventory.{how}", lang),
    )  # fmt: skip


def performance_said(account: "Account", found: "Performance", lang: str) -> "Iterator[str]":
    """Intensities, energy in standard coal by both values of electricity, and levels of limits."""
    for each in found.intensities:
        yield word(
            "inventory.intensity", lang, item=item(each.item, lang), amount=figure(each.amount, lang), unit=unit(each.unit, lang),
            value=figure(each.value, lang, 4),
        )  # fmt: skip
    for name, energy in found.energy.items():
        lacking = word("list.clause", lang).join(f"{item(key, lang)} ({getattr(why, lang)})" for key, why in energy.lacking.items())
        said = word(f"inventory.energy_{name}", lang, value=figure(energy.total, lang))
        yield said + (word("inventory.energy_lacking", lang, lacking=lacking) if lacking else "")
    for each in found.levels:
        standing = each.standing
        key = "level_none" if not standing.levels else "level" if standing.reached else "level_above"
        yield word(
            f"inventory.{key}", lang, unit=getattr(account.name(each.unit), lang), indicator=indicator(standing.indicator, lang),
            value=figure(standing.value, lang, 1), measured=unit(standing.unit, lang),
            level=level(standing.reached.level, lang) if standing.reached else "",
            document=getattr(account.library.documents[standing.levels[0].document].title, lang) if standing.levels else "",
        )  # fmt: skip


def uncertainty_said(account: "Account", found: "Doubted", lang: str) -> "Iterator[str]":
    """Both approaches side by side, the largest contributions, and what was taken as exact."""
    for name, ranged in (("first", found.first), ("second", found.second)):
        half = 50 * (ranged.high - ranged.low) / ranged.mean if ranged.mean else 0.0
        yield word(
            f"inventory.{name}", lang, mean=figure(ranged.mean, lang), low=figure(ranged.low, lang), high=figure(ranged.high, lang),
            half=figure(half, lang), draws=ranged.draws, settled=figure(100 * (ranged.settled or 0.0), lang, 3),
        )  # fmt: skip
    for key, share in list(found.first.shares.items())[:_SHOWN]:
        yield f"  {figure(100 * share, lang, 1):>5}%  {input_named(account, key, lang)}"
    said = (
        f"{parameter_named(account, parameter, lang)} ({word(f'inventory_tier.{tier}', lang)} ×{n})"
        for (parameter, tier), n in found.exact.items()
    )
    yield word("inventory.exact", lang, inputs=word("list.clause", lang).join(said))


def input_named(account: "Account", key: str, lang: str) -> str:
    """An input in words: a factor with its document, a measured value with unit and month."""
    if key in account.library:
        factor = account.library.get(key)
        return f"{item(factor.of, lang)} · {cited(account, key, lang)} [{key}]"
    entry = next((each for each in account.entries if each.fact == key), None)
    if entry is None:
        return key
    return f"{getattr(account.name(entry.unit), lang)} · {entry.month} · {item(entry.item, lang)} · {parameter_named(account, entry.parameter, lang)}"


def parameter_named(account: "Account", key: str, lang: str) -> str:
    """A parameter as the first method in use that has it calls it; its key where none has."""
    every = (each for method in account.used.values() for term in method.terms for each in term.parameters)
    found = next((each for each in every if each.key == key.replace("-", "_")), None)
    return str(getattr(found.name, lang)) if found else key


def missing_said(account: "Account", lang: str) -> "Iterator[str]":
    """What is missing, once for each reason, with how often and where."""
    found = grouped(account.missing)
    if found:
        yield word("inventory.missing", lang, n=sum(n for _, n, _ in found))
    for each, n, units in found:
        what = " · ".join(filter(None, (term_name(account, each.term, lang) if each.term else "", item(each.item, lang))))
        names = word("list.comma", lang).join(str(getattr(account.name(key), lang)) for key in units[:4])
        names += "…" if len(units) > 4 else ""
        yield word("inventory.missing_row", lang, what=what, why=getattr(each.why, lang), n=n, units=names)


def _must_have_lines(account: "Account") -> None:
    """Raises UnusableDeclaration: INVENTORY-004, nothing counts."""
    from touchstone.calc.carbon.factors.refusal import refusal

    if not account.lines:
        asked = " ".join(filter(None, (account.node or account.group, account.year))) or "–"
        raise refusal(UnusableDeclaration, "INVENTORY-004", asked, found=asked)


def _performance_data(found: "Performance") -> dict[str, Any]:
    return {
        "intensities": [
            {"item": each.item, "amount": figure(each.amount, "zh", 6), "unit": each.unit, "tco2e_per_unit": figure(each.value, "zh", 9)}
            for each in found.intensities
        ],
        "energy_tce": {
            name: {"total": figure(each.total, "zh", 6), "lacking": sorted(each.lacking)} for name, each in found.energy.items()
        },
        "levels": [
            {
                "unit": each.unit, "product": each.product, "indicator": each.standing.indicator, "value": figure(each.standing.value, "zh", 3),
                "measured_in": each.standing.unit, "reached": each.standing.reached.level if each.standing.reached else None,
            }
            for each in found.levels
        ],
    }  # fmt: skip
