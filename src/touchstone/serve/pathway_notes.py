"""What must be known of scenarios and is no fault, each told once with the scenarios it is of; and what quotas of capacity lack in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from touchstone.errors import Refusal
from touchstone.publish.words import word
from touchstone.serve import terminal
from touchstone.serve.shown import shown

if TYPE_CHECKING:
    from touchstone.calc.pathway.pathway import Pathway
    from touchstone.calc.pathway.register import Register
    from touchstone.calc.pathway.scenario import Scenario
    from touchstone.flow.demands import Demands


_NO_RATIO = "TARGET-047"


def print_notes(every: "Sequence[Pathway]", lang: str, *, named: bool = False) -> None:
    """The notes of pathways, to standard error: each once with the keys of those it is of; of one alone as they are, unless `named`."""
    notes = grouped((found.key, getattr(note, lang)) for found in every for note in found.told)
    for said, keys in notes.items():
        key = "told" if len(every) == 1 and not named else "noted"
        typer.echo(shown(word(f"pathway.{key}", lang, said=said, names=", ".join(keys))), err=True)


def print_replacements(
    register: "Register", scenarios: "Sequence[Scenario]", demands: "Demands", lang: str
) -> bool:
    """What lines built by replacing others lack, by the register and what each scenario retires; whether anything is wrong.

    That no document states a ratio is nothing anybody could mend: it is told by `replace`, and is no fault.
    """
    from touchstone.serve.pathway_replaced import built

    try:
        rules = demands.ratios()
    except Refusal:
        return False  # what is wrong with them is told with the other files
    found: list[tuple[str, str]] = []
    for each in scenarios:
        last = {one.line: one.year for one in each.retirements}
        lines = tuple(replace(line, until=last.get(line.key, line.until)) for line in register.lines)
        done, refused = built(replace(register, lines=lines), rules)
        problems = [
            *(finding for one in done for finding in one.findings if finding.code != _NO_RATIO),
            *refused,
        ]
        found += [(each.key, terminal.told(problem, lang)) for problem in problems]
    by_scenario: Mapping[tuple[str, ...], list[str]] = inverted(grouped(found))
    for keys, said in by_scenario.items():
        typer.echo(shown(word("pathway.replacing", lang, names=", ".join(keys))))
        for one in said:
            typer.echo(one)
    return bool(found)


def grouped(said: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """What is said → the keys of those it is said of, each once, in the order in which they come."""
    found: dict[str, list[str]] = {}
    for key, words in said:
        keys = found.setdefault(words, [])
        if key not in keys:
            keys.append(key)
    return found


def inverted(found: Mapping[str, list[str]]) -> dict[tuple[str, ...], list[str]]:
    """Keys → what is said of just these."""
    turned: dict[tuple[str, ...], list[str]] = {}
    for said, keys in found.items():
        turned.setdefault(tuple(keys), []).append(said)
    return turned
