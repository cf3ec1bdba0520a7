"""One workspace for all tests of the console: the sample folder, read and audited."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.web import console


@pytest.fixture(scope="session")
def sampled(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample, read and audited once; tests must not change it."""
    workspace = touchstone.open(tmp_path_factory.mktemp("sampled") / "workspace")
    workspace.read(sample_folder)
    workspace.audit()
    return workspace


@pytest.fixture(scope="session")
def client(sampled: Workspace) -> Iterator[TestClient]:
    """Asks the console of the sample, as a browser on this machine would."""
    with TestClient(console(sampled), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        yield asking


@pytest.fixture
def hash_of(sampled: Workspace) -> dict[str, str]:
    """Name of a sample document -> its hash."""
    return {entry.name: entry.hash for entry in sampled.documents()}
