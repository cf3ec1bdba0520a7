"""What the desk takes in: inputs of files and forms. A newer file of the same name takes the place of the older one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from touchstone.desk.acts import Acts
from touchstone.desk.input import Input
from touchstone.desk.refusal import NotAllowed, refusal
from touchstone.desk.replay import OF_INPUTS, Reported, reported
from touchstone.desk.rules import named
from touchstone.desk.stated import known_quotation
from touchstone.desk.trail import Writing


@dataclass(frozen=True, slots=True)
class Added:
    """What became of inputs: how many are new, and how many older ones a newer file took the place of."""

    new: int
    replaced: int


class Takings(Acts):
    """The acts on inputs."""

    def add(self, inputs: Iterable[Input], by: str, at: datetime | None = None) -> Added:
        """Take in inputs. One that is known already, to the last character, is passed over.

        A file takes the place of what was taken in from one of the same name, where it repeats a row of it or a day
        of it: what it no longer says is replaced, and counts no more in what is submitted from then on.

        Raises:
            UnusableQuote: DESK-041, nobody has declared a quotation they are about.
        """
        name, by_quotation = named(by), _grouped(inputs)
        known = self.known_quotations() if by_quotation else ()
        for about in by_quotation:
            known_quotation(about, known, about)
        new = replaced = 0
        with self.writing() as writing:
            for about, given in by_quotation.items():
                before = _before(writing, about, given)
                gone = _superseded(before, given)
                for day, ids in gone.items():
                    said = {"file": given[0].origin.file, "hash": given[0].origin.hash, "inputs": ids}
                    writing.append(about, day, "replace", name, said, at)
                fresh = {each.id: each for each in given if each.id not in before.standing}
                for each in fresh.values():
                    writing.append(about, each.day, "input", name, each.content(), at)
                new, replaced = new + len(fresh), replaced + sum(map(len, gone.values()))
        return Added(new, replaced)

    def type_in(self, given: Input, by: str, at: datetime | None = None) -> Input:
        """Take in one input of a form. Raises NotAllowed: DESK-042, one like it was typed already."""
        if not self.add([given], by, at).new:
            days = (given.day, given.day)
            known = reported(self.trail.entries(given.quotation, what=OF_INPUTS, days=days)).taken[given.id]
            when = known.at.isoformat(" ", "seconds")
            raise refusal(NotAllowed, "DESK-042", given.quotation, when=when, who=known.by)
        return given


def _grouped(inputs: Iterable[Input]) -> dict[str, list[Input]]:
    found: dict[str, list[Input]] = {}
    for each in inputs:
        found.setdefault(each.quotation, []).append(each)
    return found


def _before(writing: Writing, about: str, given: Sequence[Input]) -> Reported:
    """What is known of a quotation: all of it for a file, which may replace any; of the days for what was typed."""
    days = None if any(each.origin.file for each in given) else _span(given)
    return reported(writing.entries(about, what=OF_INPUTS, days=days))


def _span(given: Sequence[Input]) -> tuple[date, date]:
    return min(each.day for each in given), max(each.day for each in given)


def _superseded(before: Reported, given: Sequence[Input]) -> dict[date, list[str]]:
    """Ids, by day, of what older files of the same names said and the newer ones no longer say."""
    said = {each.id for each in given}
    files = {each.origin.file: each.origin.hash for each in given if each.origin.file}
    days = {(each.origin.file, each.day) for each in given}
    older: dict[str, list[Input]] = {}
    for each in before.standing.values():
        if files.get(each.origin.file, each.origin.hash) != each.origin.hash:
            older.setdefault(each.origin.hash, []).append(each)
    gone: dict[date, list[str]] = {}
    for rows in older.values():
        if any(each.id in said or (each.origin.file, each.day) in days for each in rows):
            for each in rows:
                if each.id not in said:
                    gone.setdefault(each.day, []).append(each.id)
    return gone
