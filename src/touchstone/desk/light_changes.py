"""Lights that turned open matters of dispatch: one a change, and the same change never a second one."""

from collections.abc import Iterable
from dataclasses import replace

from touchstone.calc.warning.colour import legend
from touchstone.calc.warning.kept import NONE, Turn
from touchstone.calc.warning.rule import Material
from touchstone.calc.warning.rulebook import Book
from touchstone.desk.dispatch import Dispatch
from touchstone.desk.dispatch_matter import Change
from touchstone.errors import Refusal
from touchstone.facts.vocabulary import vocabulary


def open_matters(
    register: Dispatch, book: Book, turns: Iterable[Turn], by: str
) -> tuple[tuple[Turn, ...], tuple[Refusal, ...]]:
    """Open the matter of each turn that asks for one; the turns with their matters, and what the register refused.

    The register reads lights by severity, whatever the mode of the material: a deadline follows how far from normal.
    """
    done: list[Turn] = []
    refused: list[Refusal] = []
    for turn in turns:
        if not asks(turn):
            done.append(turn)
            continue
        change = change_of(book.material(turn.material), turn)
        try:
            done.append(replace(turn, matter=register.open(change, by).matter.id))
        except Refusal as error:
            refused.append(error)
            done.append(turn)
    return tuple(done), tuple(refused)


def asks(turn: Turn) -> bool:
    """Whether a turn still asks for a matter: where data ended there is nothing to ask of an enterprise, the releases say what is late."""
    return not turn.matter and turn.after != NONE


def change_of(material: Material, turn: Turn) -> Change:
    """A turn as the register takes it."""
    return Change(
        code_of(material), turn.side, turn.period, turn.before, turn.after, turn.reasons, turn.facts,
        legend=legend("severity"), reversed=turn.reversed,
    )  # fmt: skip


def code_of(material: Material) -> str:
    """The code of a material in the vocabulary, by which enterprises are listed: its own, or that of its first series."""
    words = vocabulary()
    for name in (material.key, *(each.subject for each in material.series)):
        for kind in ("material", "product"):
            if code := words.resolve(name, kind):
                return code
    return material.key
