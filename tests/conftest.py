"""What all tests share: the sample folder, and how hard hypothesis tries."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import touchstone
from touchstone.flow import Workspace

ROOT = Path(__file__).resolve().parent.parent

# The Makefile says why; this is for those who call pytest itself.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    sys.dont_write_bytecode = False

# Each worker of the tests has one core: threads of linear algebra beside it would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fuzz", parent=settings.get_profile("suite"), max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(scope="session")
def sample_folder() -> Path:
    """The five documents that `make run` reads."""
    return ROOT / "src" / "touchstone" / "data" / "sample"


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    """Five real documents that lie beside a checkout where they may; they are not part of the project."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip(f"needs the documents of {folder.relative_to(ROOT.parent)} beside the checkout")
    return folder


@pytest.fixture(scope="session")
def indicators(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The synthetic sample and a recipe of five of its indicators; tests must not change it, but may copy its folder."""
    workspace = touchstone.open(tmp_path_factory.mktemp("indicators") / "workspace")
    (workspace.folder / "index").mkdir()
    shutil.copy(Path(__file__).parent / "small_index.toml", workspace.folder / "index" / "small.toml")
    assert not workspace.import_series(None, "copper-demand-sample").problems
    return workspace


@pytest.fixture(scope="session")
def indexed(indicators: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The index of that sample, computed; tests must not change it, but may copy its folder."""
    folder = tmp_path_factory.mktemp("indexed") / "workspace"
    workspace = touchstone.open(shutil.copytree(indicators.folder, folder))
    workspace.import_series(None, "ccdi-published")
    workspace.index("small")
    return workspace


@pytest.fixture(scope="session")
def group(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The made-up group that comes along, its activity data imported; tests must not change it."""
    sample = ROOT / "src" / "touchstone" / "data" / "carbon" / "sample"
    workspace = touchstone.open(tmp_path_factory.mktemp("group") / "workspace")
    (workspace.folder / "carbon").mkdir()
    shutil.copy(sample / "organisation.toml", workspace.folder / "carbon")
    assert workspace.import_activity(sample / "activity.csv", status="synthetic").problems == ()
    return workspace


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write expected files anew; review them as a diff")


@pytest.fixture
def update(pytestconfig: pytest.Config) -> bool:
    """Whether expected files are to be written anew."""
    return bool(pytestconfig.getoption("--update"))
