"""`touchstone factors propose` and `review`: own values that one person proposes and another accepts, rejects or withdraws."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import typer

from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.desk.factor_proposals import Proposal
    from touchstone.flow import Workspace

_NUMBERS, _DAYS = ("value", "low", "high"), ("valid_from", "valid_to")
DECISIONS = ("accept", "reject", "withdraw")


def propose(opened: "Workspace", said: Mapping[str, str], evidence: str, by: str) -> "Proposal":
    """Propose what was said: fields of a `Draft`, as words; "" for what was left out."""
    from touchstone.desk.factor_proposals import Draft

    given = {
        name: words
        for name, words in said.items()
        if words or name in ("kind", "of", "unit", "node", "basis")
    }
    read = {
        **given,
        "value": _number("value", said["value"]),
        **{name: _number(name, given[name]) for name in _NUMBERS if name in given},
        **{name: _day(name, given[name]) for name in _DAYS if name in given},
        **({"data_year": _year(given["data_year"])} if "data_year" in given else {}),
    }
    draft = Draft(**read)  # type: ignore[arg-type]
    nodes = opened.organisation().nodes
    return opened.factor_proposals().propose(draft, opened.factors(), nodes, by, evidence)


def reviewed(opened: "Workspace", words: Sequence[str], reason: str, by: str) -> "list[Proposal]":
    """The proposals, or the one that was accepted, rejected or withdrawn now."""
    desk = opened.factor_proposals()
    if not words:
        return list(desk.proposals())
    acts = {"accept": desk.accept, "reject": desk.reject, "withdraw": desk.withdraw}
    if len(words) != 2 or words[1] not in acts:
        known = f"review ID {'|'.join(DECISIONS)} --reason --by"
        raise terminal.wrong("COMMAND-033", "review", given=" ".join(words), known=known)
    return [acts[words[1]](words[0], reason, by)]


def print_proposals(found: "Sequence[Proposal]", as_json: bool, lang: str) -> None:
    """Each with its state, who acted last and why, its value, the days it holds and its evidence."""
    from touchstone.desk.factor_proposals import STATES
    from touchstone.publish.dates import day
    from touchstone.publish.format import quantity, with_unit

    if as_json:
        terminal.print_json([asdict(each) for each in found])
        return
    for each in found:
        act, own = each.withdrawn or each.reviewed or each.proposed, each.factor
        assert own.value is not None
        days = " – ".join((day(own.valid_from, lang) or "…", day(own.valid_to, lang) or "…"))
        said = (
            each.id, getattr(STATES[each.state], lang), act.by, act.words, with_unit(quantity(own.value, lang), own.unit, lang),
            str(own.data_year or ""), days, own.id, each.evidence,
        )  # fmt: skip
        typer.echo(shown("  ".join(filter(None, said))))
    if not found:
        typer.echo(word("factors.no_proposals", lang), err=True)


def _number(name: str, given: str) -> Decimal:
    from touchstone.desk.factor_soundness import NUMBER, number_of
    from touchstone.desk.stated import clean

    if (value := number_of(clean(given))) is None:
        raise terminal.wrong("COMMAND-033", f"--{name}", given=given[:40] or "–", known=NUMBER)
    return value


def _day(name: str, given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        option = f"--{name.replace('_', '-')}"
        raise terminal.wrong("COMMAND-033", option, given=given, known="2024-07-01") from None


def _year(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) == 4):
        raise terminal.wrong("COMMAND-033", "--data-year", given=given, known="2024")
    return int(given)
