"""What inventories are worked out by: the organisation and the methods of a folder, as they were in force at a moment.

With every inventory of the present the files in use are kept as they are, in `carbon/editions/<moment>`, unless those of the last
edition are the same. So an inventory of the past is that of the organisation of then, whatever was bought, sold or declared since.
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.errors import Refusal, UnusableDeclaration
from touchstone.facts.held import held
from touchstone.facts.library import write_whole
from touchstone.facts.query import moment
from touchstone.facts.reader import Moment
from touchstone.facts.text import Text
from touchstone.flow.warnings import Warnings

if TYPE_CHECKING:
    from touchstone.calc.carbon.method import Method
    from touchstone.calc.carbon.organisation import Organisation

_ORGANISATION = "organisation.toml"
_STAMP = "%Y%m%dT%H%M%S.%fZ"
"""Moments in names of folders, UTC: they sort as they follow each other."""
_NEXT = timedelta(microseconds=1)


class CarbonRules(Warnings):
    """Who emits and how it is counted."""

    def carbon_methods(self, as_of: Moment | None = None) -> "dict[str, Method]":
        """The methods of this folder by key, as they were in force; a wrong file of its own (carbon/methods) is left out."""
        from touchstone.calc.carbon.methods.method_file import read_methods

        return read_methods(self._rules_of(as_of) / "methods")[0]

    def organisation(self, as_of: Moment | None = None) -> "Organisation":
        """The organisation of this folder, `carbon/organisation.toml`, as it was in force.

        Raises:
            UnusableDeclaration: ORG-016 there is none yet; ORG-001 to ORG-012, the first of what is wrong with it.
        """
        from touchstone.calc.carbon.organisation_file import organisation_of

        return organisation_of(
            self._organisation_text(as_of), f"carbon/{_ORGANISATION}", self.carbon_methods(as_of)
        )

    def organisation_problems(self) -> tuple[Refusal, ...]:
        """Everything that is wrong with the organisation of this folder. Raises UnusableDeclaration: ORG-016, there is none."""
        from touchstone.calc.carbon.organisation_file import read_organisation

        return read_organisation(
            self._organisation_text(None), f"carbon/{_ORGANISATION}", self.carbon_methods()
        )[1]

    def carbon_rules_said(self, as_of: Moment | None) -> tuple[Text, ...]:
        """What a reader of an inventory of the past must know of the organisation and methods it was worked out by."""
        asked, found = moment(as_of), self._edition(as_of)
        if asked is None or found is None:
            return ()
        since = _since(found)
        said = f"{since:%Y-%m-%d %H:%M:%S} UTC"
        if asked < since:
            return (
                Text(f"所问时点早于首次留存的组织与方法（{said}），按首次留存的计算",
                     f"the moment asked about lies before the organisation and methods first kept ({said}), which are used"),
            )  # fmt: skip
        if found != self._editions()[-1] or self._changed(found):
            return (
                Text(f"按{said}起生效的组织与方法计算；现行的已不同",
                     f"by the organisation and methods in force since {said}; the present ones are others"),
            )  # fmt: skip
        return ()

    def keep_carbon_rules(self) -> None:
        """Keep the organisation and the own methods as they are now, where the last edition kept differs."""
        editions = self._folder() / "editions"
        with held(editions / "editions"):
            every = self._editions()
            if every and not self._changed(every[-1]):
                return
            at = max(
                datetime.now(UTC),
                *(_since(each) + _NEXT for each in every[-1:]),
                datetime.min.replace(tzinfo=UTC),
            )
            made = editions / f".{at:{_STAMP}}"
            shutil.rmtree(made, ignore_errors=True)
            for name, content in self._files(self._folder()).items():
                write_whole(made / name, content)
            made.rename(editions / made.name.removeprefix("."))

    def _rules_of(self, as_of: Moment | None) -> Path:
        """The folder with the organisation and the methods in force at a moment: that of now, or of an edition kept."""
        return self._edition(as_of) or self._folder()

    def _edition(self, as_of: Moment | None) -> Path | None:
        """The edition in force at a moment, the first where it lies before all; None for now, and where none was kept."""
        at, every = moment(as_of), self._editions()
        if at is None or not every:
            return None
        by_then = [each for each in every if _since(each) <= at]
        return (by_then or every[:1])[-1]

    def _editions(self) -> list[Path]:
        """The editions kept, oldest first."""
        return sorted(path for path in (self._folder() / "editions").glob("[0-9]*Z") if path.is_dir())

    def _changed(self, edition: Path) -> bool:
        return self._files(edition) != self._files(self._folder())

    def _files(self, folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _declared(folder)}

    def _folder(self) -> Path:
        return self.folder / "carbon"

    def _organisation_text(self, as_of: Moment | None) -> str:
        from touchstone.calc.carbon.factors.refusal import refusal

        name = f"carbon/{_ORGANISATION}"
        try:
            return (self._rules_of(as_of) / _ORGANISATION).read_text("utf-8")
        except FileNotFoundError as error:
            raise refusal(UnusableDeclaration, "ORG-016", name) from error
        except UnicodeDecodeError as error:
            raise refusal(UnusableDeclaration, "ORG-002", name, reason=str(error)) from error


def _declared(folder: Path) -> Iterator[Path]:
    if (folder / _ORGANISATION).exists():
        yield folder / _ORGANISATION
    yield from sorted((folder / "methods").glob("*.toml"))


def _since(edition: Path) -> datetime:
    return datetime.strptime(edition.name, _STAMP).replace(tzinfo=UTC)
