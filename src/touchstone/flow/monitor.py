"""The watch over operations: releases due, late and missing, balances of materials, and matters that a light opens."""

import os
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.errors import Refusal
from touchstone.facts.query import moment
from touchstone.facts.reader import Moment
from touchstone.flow.prices import Prices

if TYPE_CHECKING:
    from touchstone.calc.monitor.balance import Balance
    from touchstone.calc.monitor.balance_table import Balances
    from touchstone.calc.monitor.expected import Expected
    from touchstone.calc.monitor.release import Releases
    from touchstone.desk.dispatch import Dispatch, Imported

_Path = str | os.PathLike[str]
_WHAT = ("subject", "measure", "place", "period")
"""What a value is of."""
_what = attrgetter(*_WHAT)


class Monitor(Prices):
    """The operations that one folder watches."""

    # --- what is due

    def releases(self) -> "Releases":
        """The releases that come with Touchstone, then those of the folder `releases` of the workspace."""
        from touchstone.calc.monitor.release import releases

        return releases(self.folder / "releases")

    def expected(self, day: date | None = None, as_of: Moment | None = None) -> "tuple[Expected, ...]":
        """What every release should have brought by a day (today where none is given), and what it did.

        With `as_of` only what the workspace had recorded by then counts. A value counts with all its vintages while one of
        them does: what stood only in a document that was withdrawn has not come.
        """
        from touchstone.calc.monitor.expected import due

        rows, until = self.releases().rows, moment(as_of)
        measures = sorted({pattern.measure for row in rows for pattern in row.series})
        counts = self.facts(measure=measures, as_of=as_of).to_arrow()
        counting = set(zip(*(counts.column(name).to_pylist() for name in _WHAT), strict=True))
        stated = (fact for fact in self.ledger.stated(measure=measures) if _what(fact) in counting)
        known = (fact for fact in stated if not until or not fact.recorded or fact.recorded <= until)
        return due(rows, known, day or (until.date() if until else date.today()))

    # --- what there is of a material

    def balances(self) -> "Balances":
        """The balances that are declared: those that come with Touchstone, then those of the folder `balances`."""
        from touchstone.calc.monitor.balance_table import balances

        return balances(self.folder / "balances")

    def balance(
        self, material: str, to: str = "", published_by: date | None = None, as_of: Moment | None = None
    ) -> "Balance":
        """The balance of a material, at the frequency it is declared for or rolled up to a lower one (Q, A).

        Raises:
            UnknownSeries: none is declared for the material.
            ValueError: `to` is no lower frequency.
        """
        from touchstone.calc.monitor.balance import balance, rolled
        from touchstone.calc.monitor.unmonitored import no_balance

        known = self.balances().by_material
        if material not in known:
            raise no_balance(material, tuple(known))
        declared = known[material]
        lines = [*declared.lines.values(), *(each.line for each in declared.inputs)]
        subjects = sorted({subject for line in lines for subject in line.subjects})
        made = balance(declared, self.facts(subject=subjects, as_of=as_of), published_by)
        return rolled(made, to) if to and to != made.frequency else made

    def keep_balance(self, material: str, to: str = "") -> int:
        """Work a balance out and keep what it gives as derived facts with their parents; the number of new ones."""
        from touchstone.calc.monitor.balance_facts import balance_facts
        from touchstone.facts.derived import fresh

        given = self.balance(material, to)
        ids = {
            id for row in given.rows for cell in row.cells.values() if cell.point for id in cell.point.facts
        }
        published = {fact.id: fact.published for fact in self.facts(ids=sorted(ids))}
        made = balance_facts(given, published)
        return self.ledger.append(fresh(made, self.facts(status="derived", subject=material)))

    # --- what a change of light sets going

    def dispatch(self) -> "Dispatch":
        """The dispatch register: the white list, the matters and their acts."""
        from touchstone.desk.dispatch import Dispatch

        return Dispatch(self.ledger)

    def import_white_list(
        self, path: _Path, by: str, at: datetime | None = None
    ) -> "tuple[Imported, tuple[Refusal, ...]]":
        """Take in the enterprises of a spreadsheet or csv file; the rows that cannot be used are told with their place.

        The file itself is kept in the library, and not read for figures.

        Raises:
            UnreadableFile: it cannot be read. UnusableList: no table has the columns needed.
        """
        from touchstone.desk.dispatch_list import white_list
        from touchstone.read.read import file_bytes, read_bytes

        name = Path(path).name
        data = file_bytes(Path(path), name)
        document = read_bytes(data, name)
        given = white_list(document)
        self.ledger.library.keep(document, data)
        done = self.dispatch().import_list(name, document.source.hash, given, by, at)
        return done, (*document.left_out, *given.problems)
