"""Activity data of carbon: the organisation of a folder, templates out, filled-in files in, entries to account with."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.errors import Refusal, UnreadableFile, UnusableDeclaration
from touchstone.facts.activity import EVIDENCE, rule_of
from touchstone.facts.reader import Moment
from touchstone.flow.carbon_rules import CarbonRules
from touchstone.flow.records import Progress

if TYPE_CHECKING:
    from touchstone.calc.carbon.activity import Entry
    from touchstone.calc.carbon.organisation import Figure
    from touchstone.calc.carbon.restated import Changed, Restated
    from touchstone.facts.fact import Fact
    from touchstone.facts.standing import Reading
    from touchstone.read.carbon.activity import ActivityReading
    from touchstone.read.carbon.expected import Expected
    from touchstone.read.carbon.row import Reference

_CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class ActivityReport:
    """What became of a file of activity data.

    Attributes:
        name, hash: of the document in the workspace; the name is that of the file where nothing was imported.
        values: how many it states; added: how many of them had no value before on this evidence; same: how many say what counted
            before; changed: the others, with the value before and after.
        gone: values of the last version of the file that it no longer states; withdrawn: those that counted and that it takes back.
        units, first, last: the units it is about, and its first and last month; () and "" where it states nothing.
        references: the evidence it names.
        problems: why nothing of it was imported; warnings: what is missing and does no harm to a number.
    """

    name: str
    hash: str
    values: int
    added: int
    same: int
    changed: "tuple[Changed, ...]"
    gone: "tuple[Entry, ...]"
    withdrawn: "tuple[Entry, ...]"
    units: tuple[str, ...]
    first: str
    last: str
    references: "tuple[Reference, ...]"
    problems: tuple[Refusal, ...]
    warnings: tuple[Refusal, ...]


def _nobody(_done: int, _total: int, _name: str) -> None:
    """Is told how far it is, and says nothing."""


class CarbonActivity(CarbonRules):
    """What they used, made and measured."""

    def write_template(
        self, enterprise: str, year: int, path: "str | os.PathLike[str]", lang: str = "zh"
    ) -> Path:
        """Write the template in which an enterprise states a year; what it stated before has its rows ready.

        Raises:
            UnusableDeclaration: the organisation is wrong, has no such node, or none of it is there in the year.
        """
        from touchstone.calc.carbon.factors.library import library
        from touchstone.publish.carbon.asked import asked
        from touchstone.publish.carbon.template import activity_template

        stated = {(entry.unit, entry.item, entry.parameter) for entry in self.activity()}
        sheet = asked(self.organisation(), enterprise, year, self.carbon_methods(), library(), stated)
        path = Path(path)
        path.write_bytes(activity_template(sheet, enterprise, year, lang))
        return path

    def import_activity(
        self, path: "str | os.PathLike[str]", status: str = "reported", progress: Progress | None = None
    ) -> ActivityReport:
        """Import a filled-in template or a csv: all of its values in one commit, or none and every reason why.

        A file that has changed supersedes what it said before; of two files about one value the later recorded counts. One
        that says what it said before, saved again, is left out.

        Args:
            status: of the facts: reported, estimated, or synthetic for made-up data.
            progress: told when it is read, compared and kept.

        Raises:
            UnreadableFile: the file as such cannot be read.
            UnusableDeclaration: the organisation is wrong.
        """
        from touchstone.calc.carbon.activity import statements
        from touchstone.read.read import file_bytes

        path = Path(path)
        data = file_bytes(path, path.name)
        tell = progress or _nobody
        read = self._activity_of(data, path.name, status)
        tell(1, 3, path.name)
        name, said = path.name, None
        taken, warnings = self._withdrawn(read)
        if not read.problems:
            origin = os.path.relpath(path.resolve(), self.folder.resolve())
            name = self._activity_name(path, origin, sha256(data).hexdigest())
            said = self._restated(read, name)
            tell(2, 3, path.name)
            if taken or not (said.nothing and self._says_again(read, name, status)):
                self._post(read, data, name, origin, taken)
        tell(3, 3, path.name)
        months = sorted(fact.period or "" for fact in read.facts)
        units = tuple(dict.fromkeys(fact.subject_words for fact in read.facts))
        back = tuple(statements(taken, self.fact))
        return ActivityReport(
            name, read.document.source.hash, len(read.facts), len(said.new) if said else 0, said.same if said else 0,
            said.changed if said else (), tuple(each for each in said.gone if each not in back) if said else (), back,
            units, months[0] if months else "", months[-1] if months else "", read.references, read.problems, (*read.warnings, *warnings),
        )  # fmt: skip

    def activity(self, as_of: Moment | None = None) -> "list[Entry]":
        """The entries to account with, as of a moment; see `calc.carbon.activity.entries`."""
        from touchstone.calc.carbon.activity import entries

        return entries(self._activity_facts(as_of), self.fact, self._figures(as_of))

    def activity_statements(self, as_of: Moment | None = None) -> "list[Entry]":
        """As `activity`, with the values on every kind of evidence: a meter and an invoice of one month side by side."""
        from touchstone.calc.carbon.activity import statements

        return statements(self._activity_facts(as_of), self.fact, self._figures(as_of))

    def activity_references(self, as_of: Moment | None = None) -> "tuple[Reference, ...]":
        """The evidence named in the files of activity data that count."""
        from touchstone.read.carbon.activity import read_references

        found: list[Reference] = []
        known = self._expected()
        for reading in self._activity_readings(as_of):
            found.extend(read_references(self.raw(reading.hash), reading.name, known))
        return tuple(found)

    def _activity_facts(self, as_of: Moment | None) -> "Iterator[Fact]":
        """What was imported as activity data, with its corrections, and the series of documents that stand for such data."""
        yield from self.facts(as_of=as_of, rule=[*map(rule_of, EVIDENCE), _CORRECTION])
        if series := {(each.subject, each.measure) for each in self._figures(as_of)}:
            subjects, measures = ({each[n] for each in series} for n in (0, 1))
            every = self.facts(subject=sorted(subjects), measure=sorted(measures), as_of=as_of)
            yield from (
                fact for fact in every if (fact.subject, fact.measure) in series and fact.rule != _CORRECTION
            )

    def _figures(self, as_of: Moment | None) -> "tuple[Figure, ...]":
        """The series of documents that the organisation names; none where there is no organisation yet."""
        try:
            return self.organisation(as_of).figures
        except UnusableDeclaration as error:
            if error.code == "ORG-016":
                return ()
            raise

    def _activity_readings(self, as_of: Moment | None = None) -> "Iterator[Reading]":
        """Files imported as activity data; a folder that is read may have a document of such a name too."""
        from touchstone.read.sources.declaration import is_declared

        for reading in self.ledger.readings(as_of):
            if reading.name.startswith("activity/") and is_declared(reading.edition):
                yield reading

    def _activity_of(self, data: bytes, name: str, status: str) -> "ActivityReading":
        from touchstone.read.carbon.activity import read_activity

        return read_activity(data, name, self._expected(), status)

    def _expected(self) -> "Expected":
        """The units, items and quantities there are."""
        from touchstone.calc.carbon.factors.library import library
        from touchstone.flow.carbon_expected import expected

        return expected(self.organisation(), self.carbon_methods(), library())

    def _restated(self, read: "ActivityReading", name: str) -> "Restated":
        """How what was read stands to what counts now; the same file again states nothing anew."""
        from touchstone.calc.carbon.activity import statements
        from touchstone.calc.carbon.restated import Restated, restated

        last, hash = self._last_reading(name), read.document.source.hash
        if last and last.hash == hash:
            known = {fact.id for fact in self.ledger.stated(source=hash)} - self.ledger.taken_back()
            if all(fact.id in known for fact in read.facts):
                return Restated((), (), len(read.facts), ())
        of_last = self.facts(source=last.hash) if last else ()
        subjects = sorted({fact.subject for fact in (*read.facts, *of_last)})
        before = self.facts(subject=subjects, rule=[*map(rule_of, EVIDENCE), _CORRECTION])
        return restated(statements(before, self.fact), statements(read.facts), {fact.id for fact in of_last})

    def _says_again(self, read: "ActivityReading", name: str, status: str) -> bool:
        """Whether another version of a file, whose values are the same, had the same evidence and status too."""
        last = self._last_reading(name)
        if last is None or last.hash == read.document.source.hash:
            return False
        before = self._activity_of(self.raw(last.hash), last.name, status)
        named = [tuple(replace(each, where="") for each in one.references) for one in (before, read)]
        return named[0] == named[1] and all(fact.status == status for fact in self.facts(source=last.hash))

    def _last_reading(self, name: str) -> "Reading | None":
        """The reading of a document of this name that counts."""
        return next((reading for reading in self.ledger.readings() if reading.name == name), None)

    def _withdrawn(self, read: "ActivityReading") -> "tuple[list[Fact], list[UnreadableFile]]":
        """What counts and a file takes back, older values under it included, which would count again; and where there is nothing."""
        from touchstone.read.refusal import refusal

        found: list[Fact] = []
        empty: list[UnreadableFile] = []
        for each in read.withdrawn:
            every = self.facts(subject=each.subject, measure=each.measure, rule=[each.rule, _CORRECTION])
            own = [x for x in every if x.period == each.month and self._rule(x) == each.rule]
            found += own
            empty += [] if own else [refusal("ACTIVITY-024", each.where)]
        return found, empty

    def _rule(self, fact: "Fact") -> str:
        """The rule by which a value was stated, before people corrected it."""
        while fact.replaces:
            fact = self.fact(fact.replaces)
        return fact.rule

    def _post(
        self, read: "ActivityReading", data: bytes, name: str, origin: str, taken: "list[Fact]"
    ) -> None:
        from touchstone.facts.columns import table_of
        from touchstone.read.carbon.activity import activity_edition
        from touchstone.read.intake import named

        document, edition = named(read.document, name), activity_edition()
        self.ledger.library.keep(document, data, edition)
        ids, back = [each.id for each in taken], self.ledger.taken_back()
        again = [each.id for each in read.facts if each.id in back]
        self.ledger.append_table(
            table_of(read.facts),
            [document],
            origins={name: origin},
            edition=edition,
            superseded=ids,
            restored=again,
        )

    def _activity_name(self, path: Path, origin: str, hash: str) -> str:
        """The name to show: with its folder only where another file bears the shorter one."""
        of = {reading.name: reading for reading in self.ledger.readings()}
        folder = path.absolute().parent.name
        names = chain(
            [f"activity/{path.name}"], (f"activity/{folder}{n}/{path.name}" for n in chain([""], count(2)))
        )
        return next(
            name for name in names if name not in of or of[name].origin == origin or of[name].hash == hash
        )
