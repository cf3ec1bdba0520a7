"""A workspace that is damaged is told as such."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.flow import Workspace
from touchstone.serve.web import console


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    """A workspace that a test may damage."""
    (tmp_path / "a.txt").write_text("2022年6月，精炼铜产量为620.2万吨。", encoding="utf-8")
    workspace = touchstone.open(tmp_path / "w")
    workspace.read(tmp_path / "a.txt")
    return workspace


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "工作区无法读写："), ("en", "The workspace cannot be read or written: ")]
)
def test_a_damaged_workspace_is_told_as_such_and_not_as_a_wrong_address(
    own: Workspace, lang: str, said: str
) -> None:
    [entry] = own.documents()
    (own.folder / "raw" / entry.hash[:2] / entry.hash).unlink()
    with TestClient(console(own), base_url="http://localhost") as asking:
        lost, unknown = (asking.get(f"/raw/{hash}?lang={lang}") for hash in (entry.hash, "0" * 64))
        twin = asking.get(f"/document/{'0' * 64}.json")
    assert (lost.status_code, unknown.status_code, twin.status_code) == (500, 404, 404)
    assert f"{said}no document {entry.hash}" in lost.text
    assert said not in unknown.text


def test_a_manifest_of_something_else_is_told_in_its_own_words(own: Workspace) -> None:
    manifest = own.folder / "ledger" / "manifest.sqlite"
    for part in manifest.parent.glob("manifest.sqlite-*"):
        part.unlink()
    manifest.write_bytes(b"not a ledger at all" * 400)
    with TestClient(console(own), base_url="http://localhost") as asking:
        answer = asking.get("/", params={"lang": "en"})
    assert answer.status_code == 500
    assert "this is not a readable ledger" in answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_of_acceptances_that_cannot_be_read_is_told_in_the_language_of_the_page(
    own: Workspace, lang: str
) -> None:
    (own.folder / "accepted.toml").write_text("[[accepted]]\nfinding = 3\n", "utf-8")
    with TestClient(console(own), base_url="http://localhost") as asking:
        token = asking.app.state.token.value  # type: ignore[attr-defined]
        answer = asking.post(f"/audit/withdraw?lang={lang}", data={"token": token, "finding": "3"})
    words = re.sub(r"<[^>]+>", "", answer.text)
    assert answer.status_code == 500
    assert "ACCEPT-001" in words and "accepted.toml" in words
    assert ("办法请更正该文件" in words) == (lang == "zh")
    assert ("Fixcorrect the file" in words) == (lang == "en")
