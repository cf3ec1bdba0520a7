"""Every source that comes with Touchstone keeps the contract; a source without a file to show it on is refused here."""

from importlib.util import find_spec
from pathlib import Path

import pytest

import touchstone
from touchstone.read.sources.declaration import Rows, declaration, shipped, shipped_text

from .source_contract import Given, SourceContract

RECORDED = Path(__file__).parent / "recorded"
HISTORY = Path(touchstone.__file__).parent / "data" / "history"


def _files(id: str) -> list[Path]:
    history = declaration(id).history
    return [*([HISTORY / history] if history else []), *sorted(RECORDED.glob(f"{id}.*"))]


@pytest.mark.parametrize("id", shipped())
def test_every_source_has_a_file_to_show_it_on(id: str) -> None:
    assert _files(id) and declaration(id).id == id


@pytest.mark.parametrize(
    "source", [(id, file) for id in shipped() for file in _files(id)], ids=lambda given: given[1].name,
    indirect=True, scope="class",
)  # fmt: skip
class TestEverySource(SourceContract):
    """The contract, on every file there is."""

    @pytest.fixture(scope="class")
    @classmethod
    def source(cls, request: pytest.FixtureRequest) -> Given:
        id, path = request.param
        if path.suffix == ".xml" and find_spec("sdmx") is None:
            pytest.skip("needs the extra touchstone[sdmx]")
        return Given(declaration(id), path, len(shipped_text(id).splitlines()))


def test_a_series_whose_basis_changed_bears_the_place_of_neither_and_the_note_says_when() -> None:
    by = declaration("worldbank-pinksheet")
    assert not isinstance(by.layout, Rows)
    places = {column.subject: column.place for column in by.layout}
    for subject, since in (("fertiliser.urea", "2022"), ("fertiliser.potash", "2020"), ("iron.ore", "2008")):
        assert places[subject] == "market.international"
        assert since in by.note.zh and since in by.note.en
