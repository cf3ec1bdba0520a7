"""What was in force when: editions of a recipe, calibrations and models are added with their moment, never replaced.

So a number that was published once can be computed again, whatever was decided since: by what stood at its moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Generic, TypeVar

from touchstone.calc.index.calibration import Calibration, calibration_of
from touchstone.calc.index.kept import read_rows, write_kept
from touchstone.calc.index.recipe import Recipe
from touchstone.calc.index.unfit import no_moment
from touchstone.calc.seasonal.choice import KeptModel, model_of
from touchstone.facts.library import write_whole
from touchstone.facts.restored import restored
from touchstone.facts.text import Text

What = TypeVar("What")
_STAMP = "%Y%m%dT%H%M%S.%fZ"
"""Moments in names of files, UTC: they sort as they follow each other, on every system."""
_NEXT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class InForce(Generic[What]):
    """Something, and the moment since which it has been in force."""

    since: datetime
    what: What


def in_force(held: Sequence[InForce[What]], at: datetime) -> InForce[What] | None:
    """What was in force at a moment; before the first of all, the first; None where there is none."""
    by_then = [each for each in held if each.since <= at]
    return by_then[-1] if by_then else next(iter(held), None)


class Rules:
    """What has been in force for one recipe, in the folder `index` of a workspace; oldest first everywhere.

    What was learned from made-up figures is kept apart (`made_up`), and never used for others.
    """

    def __init__(self, folder: Path, recipe: str) -> None:
        self._folder, self._recipe = folder, recipe

    def file(self, end: str, made_up: bool = False) -> Path:
        """A file of this recipe."""
        return self._folder / f"{self._recipe}{'.synthetic' if made_up else ''}.{end}"

    def editions(self) -> list[InForce[Recipe]]:
        """The editions of the recipe that numbers were computed by. Raises LedgerError: the file is damaged."""
        return read_rows(self.file("editions.json.zz"), _edition)

    def keep_edition(self, recipe: Recipe, at: datetime) -> None:
        """Keep the recipe, as it was read, where it differs in anything from the last edition kept."""
        held = self.editions()
        if held and held[-1].what == recipe:
            return
        new = InForce(_after(held, at), recipe)
        write_kept(self.file("editions.json.zz"), [asdict(each) for each in (*held, new)])

    def calibrations(self, made_up: bool) -> list[InForce[Calibration]]:
        """The calibrations. Raises UnreadableFile: INDEX-002, a file is none, or its name no moment."""
        found = [
            InForce(_moment(path), _calibration(path))
            for path in sorted(self._calibrations(made_up).glob("*.toml"))
        ]
        # before they were kept one by one there was one file, which had always been the first
        if (single := self.file("calibration.toml", made_up)).exists():
            first = _calibration(single)
            found.insert(0, InForce(datetime.combine(first.day, time(), UTC), first))
        return found

    def keep_calibration(self, made: Calibration, at: datetime, made_up: bool) -> InForce[Calibration]:
        """Add a calibration; it is in force from this moment on, or from just behind the last one."""
        new = InForce(_after(self.calibrations(made_up), at), made)
        write_whole(
            self._calibrations(made_up) / f"{new.since.astimezone(UTC):{_STAMP}}.toml", made.text().encode()
        )
        return new

    def models(self, made_up: bool, at: datetime) -> dict[str, KeptModel]:
        """The models by key of indicator, as they were in force at a moment. Raises LedgerError: the file is damaged."""
        return {each.what.key: each.what for each in self._models(made_up) if each.since <= at}

    def keep_models(self, models: Mapping[str, KeptModel], at: datetime, made_up: bool) -> None:
        """Add those of the models that are not in force yet."""
        held, known = self._models(made_up), self.models(made_up, at)
        new = [InForce(at, model) for key, model in models.items() if known.get(key) != model]
        if new:
            write_kept(self.file("models.json.zz", made_up), [asdict(each) for each in (*held, *new)])

    def last(self) -> datetime:
        """The moment of the newest edition or calibration; the beginning of time where there is none."""
        held = (*self.editions(), *self.calibrations(False), *self.calibrations(True))
        return max((each.since for each in held), default=datetime.min.replace(tzinfo=UTC))

    def _models(self, made_up: bool) -> list[InForce[KeptModel]]:
        return read_rows(self.file("models.json.zz", made_up), _model)

    def _calibrations(self, made_up: bool) -> Path:
        return self.file("calibrations", made_up)


def by_another_edition(used: InForce[Recipe]) -> Text:
    """Says that the recipe is another one now."""
    name, since = used.what.digest, _said(used.since)
    return Text(
        f"按{since}起生效的方案版本{name}计算；现行方案已不同",
        f"computed by edition {name} of the recipe, in force since {since}; the present recipe is another",
    )


def before_the_first(used: InForce[Recipe] | InForce[Calibration]) -> Text:
    """Says that what is used came into force only behind the moment asked about."""
    since = _said(used.since)
    if isinstance(used.what, Recipe):
        return Text(
            f"所问时点早于首个留存的方案版本（{since}），按该版本计算",
            f"the moment asked about lies before the first edition of the recipe that was kept ({since}), which is used",
        )
    return Text(
        f"所问时点早于首次标定（{since}），按首次标定计算",
        f"the moment asked about lies before the first calibration ({since}), which is used",
    )


def _after(held: Sequence[InForce[What]], at: datetime) -> datetime:
    """The moment, or the one right behind the last that is kept: what was in force earlier is never changed."""
    return max(at, held[-1].since + _NEXT) if held else at


def _edition(row: Any) -> InForce[Recipe]:
    return InForce(datetime.fromisoformat(row["since"]), restored(Recipe, row["what"]))


def _model(row: Any) -> InForce[KeptModel]:
    """A row; those of earlier versions say the day only, from whose start they counted."""
    since = row.get("since") or f"{row['day']}T00:00:00+00:00"
    return InForce(datetime.fromisoformat(since), model_of(row["what"] if "what" in row else row["model"]))


def _calibration(path: Path) -> Calibration:
    return calibration_of(path.read_text(encoding="utf-8"), path.name)


def _moment(path: Path) -> datetime:
    try:
        return datetime.strptime(path.stem, _STAMP).replace(tzinfo=UTC)
    except ValueError as error:
        raise no_moment(path.name) from error


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
