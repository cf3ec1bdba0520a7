"""What somebody meets who writes files of pathways for the first time: each mistake is told in words that mend it."""

import json
from pathlib import Path
from shutil import rmtree

import pytest
from starlette.testclient import TestClient
from tests.calc.pathway import made
from typer.testing import CliRunner, Result

import touchstone
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.serve.command import app
from touchstone.serve.web import console

OURS = 'name = { zh = "方案", en = "ours" }\nbase = "reference"\n'


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    """A province of three lines, with a scenario and one that is built on it."""
    workspace = touchstone.open(tmp_path)
    folder = workspace.pathways().folder
    (folder / "scenarios").mkdir(parents=True)
    texts = {
        "register.csv": made.REGISTER,
        "technologies.toml": made.STRUCTURE,
        "technology_values.csv": made.VALUES,
        "scenarios/reference.toml": made.SCENARIO,
        "scenarios/ours.toml": OURS,
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return workspace


def write(own: Workspace, name: str, text: str) -> None:
    (own.pathways().folder / name).write_text(text, encoding="utf-8")


def run(own: Workspace, *words: str, lang: str = "en") -> Result:
    done = CliRunner().invoke(app, ["pathway", *words, "-w", str(own.folder), "--lang", lang])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_a_scenario_whose_base_cannot_be_read_says_so_and_where(own: Workspace) -> None:
    write(own, "scenarios/reference.toml", made.SCENARIO.replace("2030 = 300000", '2030 = "many"'))
    said = run(own, "check", lang="zh").stdout
    before, ours = said.split("情景“ours”不能采用：")
    assert "reference.toml" in before
    assert "SCENARIO-004  pathway/scenarios/ours.toml:2" in ours and "先改正情景“reference”" in ours


def test_a_scenario_with_the_faults_of_its_base_names_the_base(own: Workspace) -> None:
    write(own, "scenarios/reference.toml", made.SCENARIO.replace("2030 = 300000", "2030 = 900000"))
    done = run(own, "check")
    assert done.exit_code == 1 and done.stdout.count("SCENARIO-008") == 1
    assert done.stdout.endswith("ours cannot be used:\n  for reasons told above, those of reference\n")


def refused(own: Workspace, *words: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        run(own, *words)
    return caught.value


def test_an_empty_register_is_told_as_empty_and_no_sample_is_offered_over_it(own: Workspace) -> None:
    write(own, "register.csv", "\n")
    problem = refused(own, "check")
    assert problem.code == "PATHWAY-009" and "line,place,product" in problem.expected
    assert "sample" not in problem.fix and "示例" not in problem.text("zh")


def test_a_register_in_utf_16_is_told_as_that(own: Workspace) -> None:
    path = own.pathways().folder / "register.csv"
    for encoding in ("utf-16", "utf-16-le"):
        path.write_bytes(made.REGISTER.encode(encoding))
        problem = refused(own, "check")
        assert problem.code == "PATHWAY-013" and "UTF-16" in problem.found and "CSV UTF-8" in problem.fix


def test_targets_in_gbk_are_told_with_their_line_and_how_to_save_them(own: Workspace) -> None:
    (own.pathways().folder / "targets.toml").write_bytes('# first\nname = "目标"\n'.encode("gb18030"))
    problem = refused(own, "targets")
    assert (
        problem.code == "PATHWAY-013"
        and problem.where.endswith("targets.toml:2")
        and "GBK" in problem.text("zh")
    )


def test_an_empty_scenario_is_to_be_written(own: Workspace) -> None:
    write(own, "scenarios/ours.toml", "# later\n")
    done = run(own, "check")
    assert done.exit_code == 1 and "SCENARIO-022" in done.stdout and "write one, as name" in done.stdout


def test_a_place_of_the_register_without_targets_is_told_so_and_not_refused(own: Workspace) -> None:
    write(own, "register.csv", made.REGISTER.replace("CN-35", "CN-5301"))
    for place in ("CN-5301", "CN-53"):
        said = run(own, "targets", "reference", "--place", place).stdout
        assert said.startswith("No target is stated for ") and "targets.toml" in said
    page = TestClient(console(own), base_url="http://127.0.0.1").get("/pathway/targets?place=CN-53&lang=en")
    assert page.status_code == 200 and "No target is stated for Yunnan" in page.text
    assert refused(own, "targets", "--place", "CN-54").code == "PATHWAY-030"


def test_costs_without_running_costs_are_told_once_as_what_they_are(own: Workspace) -> None:
    notes = [line for line in run(own, "check").stderr.splitlines() if "running costs" in line]
    assert len(notes) == 1 and "power, carbon, investment" in notes[0] and "(reference, ours)" in notes[0]
    one = made.VALUES + "furnace,running,300,,,CNY/t,synthetic,,synthetic,2020,,,\n"
    write(own, "technology_values.csv", one)
    [note] = [line for line in run(own, "check").stderr.splitlines() if "running costs" in line]
    assert "luminium" in note and "opper" not in note


def test_a_line_that_is_not_there_is_told_with_those_most_like_it(tmp_path: Path) -> None:
    province = touchstone.open(tmp_path)
    province.pathways().take_sample("province")
    problem = refused(province, "explain", "plan", "al-l", "2030")
    assert problem.code == "PATHWAY-030" and "al-1" in problem.expected and "cu-" not in problem.expected
    assert "inventory" not in problem.text("en") and "line 'al-l'" in problem.text("en")


def test_a_year_beyond_the_plan_is_told_with_those_of_the_plan(own: Workspace) -> None:
    problem = refused(own, "explain", "reference", "old", "2060")
    assert problem.code == "PATHWAY-030" and "2020 … 2030" in problem.expected


REPLACED = (
    made.REGISTER.replace(",source\n", ",source,quota\n", 1).replace(",synthetic\n", ",synthetic,\n")
    + "newest,新建,newest line,CN-35,aluminium.liquid,cell,planned,10,2026,,,13000,1.5,20,synthetic,old:100000\n"
)


def test_check_tells_what_replace_finds_and_a_scenario_that_retires_the_line_lacks_nothing(
    own: Workspace,
) -> None:
    """The line whose capacity is used states no last year; one of the scenarios retires it in time."""
    write(own, "register.csv", REPLACED)
    write(own, "scenarios/ours.toml", OURS + '[[retire]]\nline = "old"\nyear = 2025\n')
    done = run(own, "check")
    assert done.exit_code == 1 and "right" not in done.stdout
    assert "replacement of capacity (reference):" in done.stdout and "ours" not in done.stdout
    assert "TARGET-044  pathway/register.csv:5" in done.stdout
    assert "quotas of 0 t/a where 100000 t/a are needed" in done.stdout
    write(own, "register.csv", REPLACED.replace("operating,10,1998,,", "operating,10,1998,2025,"))
    write(own, "scenarios/ours.toml", OURS)
    done = run(own, "check")
    assert done.exit_code == 0 and "right" in done.stdout


def test_notes_alike_are_told_once_with_the_scenarios_they_are_of(own: Workspace) -> None:
    write(own, "register.csv", made.REGISTER.replace(",13000,1.5,20,", ",,,,"))
    every, one = (run(own, "project", *keys).stderr for keys in ((), ("ours",)))
    assert every.count("new line (new)") == 1
    [note] = [each for each in every.splitlines() if "new line (new)" in each]
    assert note.startswith("note (reference, ours): ")
    assert "electricity of a tonne, direct emissions of a tonne" in note
    assert "note (" not in one and one.count("new line (new)") == 1


def test_check_tells_what_is_wrong_with_targets_measured_values_and_rules_of_replacement_too(
    own: Workspace,
) -> None:
    """A target without an indicator, one of an indicator nobody knows, measured values of nothing, a ratio that is none: all in one run."""
    target = '[[target]]\nkey = "a"\nname = { zh = "甲", en = "a" }\ndocument = "own"\ntag = "synthetic"\n'
    write(own, "targets.toml", target + target.replace('"a"', '"b"') + 'indicator = "soup"\n')
    write(own, "measured.toml", '[[measured]]\nindicator = "soup"\nvalues = { 2020 = "8 %" }\n')
    write(own, "replacement.toml", '[[rule]]\nkey = "own"\nratio = "many"\n')
    done = run(own, "check")
    assert done.exit_code == 1 and "right" not in done.stdout
    for file in ("targets.toml:1", "measured.toml:", "replacement.toml"):
        assert file in done.stdout
    assert done.stdout.count("targets.toml:") >= 2


def test_a_register_that_was_taken_away_is_asked_for_by_name(own: Workspace) -> None:
    """Scenarios are left; there never was anything to read with `touchstone read`."""
    (own.pathways().folder / "register.csv").unlink()
    rmtree(own.folder / "ledger", ignore_errors=True)
    problem = refused(own, "check")
    assert problem.code == "PATHWAY-011" and problem.where.endswith("register.csv")
    assert "register" in problem.fix and "touchstone read" not in problem.text("zh") + problem.text("en")


def test_a_line_that_is_not_ranked_is_named_with_why(own: Workspace) -> None:
    """A planned potline whose electricity is the catalogue's, and one that states none; the product may be said without --product."""
    more = "later,拟建线,later line,CN-35,aluminium.liquid,cell,planned,10,2026,,,,,,synthetic\n"
    write(own, "register.csv", made.REGISTER.replace(",13000,1.5,20,", ",,1.5,20,") + more)
    said = run(own, "league", "aluminium.liquid").stdout
    assert "not ranked: later line (later), a planned line, which has measured nothing" in said
    [unknown] = [line for line in said.splitlines() if "new line" in line]
    assert "does not state the electricity" in unknown and "catalogue" in unknown
    told = json.loads(run(own, "league", "aluminium.liquid", "--json").stdout)
    assert [each["line"] for each in told["absent"]] == ["later"]
    page = TestClient(console(own), base_url="http://127.0.0.1").get("/pathway/league?lang=zh").text
    assert "未列入：拟建线（later），拟建产线" in page


def test_enterprises_and_parks_have_their_english_names_where_english_is_read(own: Workspace) -> None:
    """An English name that stands in one row of an enterprise does for the others."""
    head, *rows = made.REGISTER.splitlines()
    more = [",神火云铝,文山绿色铝园,Shenhuo Yunnan,Wenshan Park", ",神火云铝,文山绿色铝园,,", ",哀牢铜业,,,"]
    text = [
        f"{head},enterprise,park,enterprise_en,park_en",
        *(a + b for a, b in zip(rows, more, strict=True)),
    ]
    write(own, "register.csv", "\n".join(text) + "\n")
    said = run(own, "allocate", "reference", "2030", "--amount", "100000", "--rule", "history").stdout
    assert "Shenhuo Yunnan" in said and "神火云铝" not in said and "哀牢铜业" in said
    assert "Wenshan Park" in run(own, "parks").stdout
    client = TestClient(console(own), base_url="http://127.0.0.1")
    assert "Shenhuo Yunnan" in client.get("/pathway/line/new?lang=en").text, (
        "stated in the row of another line"
    )
    for page in (
        "/pathway/league?product=aluminium.liquid",
        "/pathway/line/old",
        "/pathway/register",
        "/pathway/parks",
    ):
        english, chinese = (
            client.get(
                page, params={"lang": lang} | ({"product": "aluminium.liquid"} if "league" in page else {})
            ).text
            for lang in ("en", "zh")
        )
        assert "Shenhuo Yunnan" in english or "Wenshan Park" in english, page
        assert "神火云铝" in chinese or "文山绿色铝园" in chinese, page


BUDGET = """
[[budget]]
key = "total"
name = { zh = "总量", en = "total" }
indicator = "emissions"
base = 2020
change = { 2030 = "-22 %" }
document = "own"
tag = "own"
"""
MEASURED = """
[[measured]]
indicator = "emissions"
values = { 2020 = "880 万吨CO2e" }
document = "own"
tag = "own"
"""


@pytest.mark.parametrize(
    ("command", "file", "text"),
    [
        ("targets", "targets.toml", '[[target]]\nkey = "a"\nsense = "most"\nvalue = "30%"\n'),
        ("targets", "measured.toml", MEASURED.replace(" 万吨CO2e", "")),
        ("budget", "budgets.toml", BUDGET.replace(" %", "")),
        ("allocate", "allocation.toml", '[[benchmark]]\nproduct = "aluminium.liquid"\nvalue = 6.8\n'),
    ],
)
def test_a_command_that_leaves_rows_of_a_file_out_ends_as_check_does(
    own: Workspace, command: str, file: str, text: str
) -> None:
    """What is written without its unit, or without its indicator, is told last and is no success."""
    write(own, file, text)
    more = (
        ("reference", "2030", "--amount", "100000", "--rule", "history", "--by", "plant")
        if command == "allocate"
        else ()
    )
    done, checked = run(own, command, *more), run(own, "check")
    assert done.exit_code == checked.exit_code == 1 and done.stdout
    assert file in done.stderr and file in checked.stdout


def test_a_budget_says_where_the_value_of_its_base_year_is_taken_from(own: Workspace) -> None:
    write(own, "budgets.toml", BUDGET)
    write(own, "measured.toml", MEASURED)
    said = run(own, "budget").stdout
    assert "base year 2020: 8,800,000 t CO₂e, taken from pathway/measured.toml:2" in said
    [told] = json.loads(run(own, "budget", "--json").stdout)
    assert told["base_from"]["en"] == "pathway/measured.toml:2"
    page = TestClient(console(own), base_url="http://127.0.0.1").get("/pathway/budget?lang=zh").text
    assert "预算没有写明base_value，取自pathway/measured.toml:2" in page
    write(own, "budgets.toml", BUDGET.replace("base = 2020", 'base = 2020\nbase_value = "900 万吨CO2e"'))
    said = run(own, "budget").stdout
    assert "base year 2020: 9,000,000 t CO₂e (stated in the budget)" in said


def test_what_is_wrong_with_a_base_is_told_once_however_many_stand_on_it(own: Workspace) -> None:
    """Three scenarios, each built on the one before; the first cannot be read."""
    write(own, "scenarios/reference.toml", made.SCENARIO.replace("2030 = 300000", '2030 = "many"'))
    write(own, "scenarios/theirs.toml", OURS.replace("reference", "ours"))
    [said] = [each for each in run(own, "check").stdout.split("the scenario ") if each.startswith("theirs")]
    assert said.count("cannot be used") == 2 and "reference.toml" in said, "itself, and its base once"
