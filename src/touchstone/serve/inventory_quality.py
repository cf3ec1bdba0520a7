"""`touchstone inventory checks`: what the checks of activity data found, worst first, and the score of each enterprise."""

from typing import TYPE_CHECKING

import typer

from touchstone.calc.carbon.quality.case import what
from touchstone.calc.carbon.quality.declared import Finding, declared
from touchstone.publish.words import counted, word
from touchstone.serve import terminal
from touchstone.serve.progress import progress
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.audit.audit import Acceptance
    from touchstone.calc.carbon.inventory.account import Account
    from touchstone.flow import Workspace


def checks(opened: "Workspace", account: "Account", as_json: bool, lang: str) -> None:
    """The findings about the units of an account, and in its year where it has one; ends with 1 where an error stands open."""
    with progress(word("inventory.checking", lang)) as tell:
        quality, accepted = opened.quality(progress=tell), opened.acceptances()
    found = [
        each
        for each in quality.findings
        if each.unit in account.units and each.month[: len(account.year)] in ("", account.year)
    ]
    enterprises = {account.inventory.where[unit]["enterprise"] for unit in account.units}
    scores = [each for each in opened.quality_scores(quality, accepted) if each.key in enterprises]
    if as_json:
        terminal.print_json(
            {"findings": [_data(each, accepted, lang) for each in found], "scores": {each.key: each.points for each in scores}}
        )  # fmt: skip
    else:
        for each in found:
            for line in _told(account, each, accepted, lang):
                typer.echo(shown(line))
        for score in sorted(scores, key=lambda each: each.points):
            name = getattr(account.name(score.key), lang)
            typer.echo(
                shown(
                    word(
                        "inventory.score",
                        lang,
                        name=name,
                        points=score.points,
                        values=counted("values", lang, score.values),
                    )
                )
            )
    still = sum(each.severity == "error" and each.id not in accepted for each in found)
    raise typer.Exit(1 if still else 0)


def _told(account: "Account", found: Finding, accepted: "dict[str, Acceptance]", lang: str) -> list[str]:
    item = getattr(what(found.item, found.parameter or "amount"), lang) if found.item else ""
    about = (
        getattr(account.title(found.unit), lang),
        found.month,
        item,
        getattr(declared()[found.check].name, lang),
    )
    severity = "verdict.accepted" if found.id in accepted else f"plan.{found.severity}"
    return [
        f"{word(severity, lang)}  {' · '.join(filter(None, about))}  [{found.id}]",
        f"  {getattr(found.said, lang)}",
        *(
            f"  {word('checks.' + key, lang)} {getattr(getattr(found, key), lang)}"
            for key in ("expected", "remedy")
        ),
    ]


def _data(found: Finding, accepted: "dict[str, Acceptance]", lang: str) -> dict[str, object]:
    said = {key: getattr(getattr(found, key), lang) for key in ("said", "expected", "remedy")}
    plain = {
        key: getattr(found, key)
        for key in ("id", "check", "severity", "unit", "month", "item", "parameter", "facts")
    }
    return {**plain, **said, "accepted": found.id in accepted}
