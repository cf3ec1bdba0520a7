"""`touchstone pathway …` and the files of the console, on the made-up samples and on a register of a few lines."""

import json
import signal
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from lxml import html

import touchstone
from touchstone.calc.pathway.deployment.conflict import Wish
from touchstone.calc.pathway.deployment.result import Options
from touchstone.calc.pathway.deployment.solve import deploy
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.flow.pathway_plans import Plans
from touchstone.publish.pathway.iamc import read

from .planned import SMALL, run, smelters


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The made-up province; nothing here changes it but the plans that are kept."""
    workspace = touchstone.open(tmp_path_factory.mktemp("province"))
    workspace.pathways().take_sample("province")
    return workspace


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Two smelters of the province and a scenario of seven years, solved in no time."""
    return smelters(tmp_path_factory.mktemp("small"))


def told(workspace: Workspace, *words: str) -> object:
    return json.loads(run(workspace, *words, "--json"))


def test_solve_prints_and_keeps_the_plan_with_its_proof_and_prices(small: Workspace) -> None:
    said = run(small, "solve", "small")
    assert "least cost" in said and "Proven optimal" in said
    assert (small.pathways().folder / "plans" / "small.auto.npz").exists()
    plan = told(small, "solve", "small")
    assert plan["plan"]["gap"] < 1e-3 and plan["plan"]["status"] == "optimal"
    assert plan["works"] and [each["number"] for each in plan["works"]] == list(
        range(1, len(plan["works"]) + 1)
    )


def test_a_plan_of_whole_lines_lists_whole_lines_in_order_and_says_where_prices_are(small: Workspace) -> None:
    said = run(small, "solve", "small", "--level", "whole", lang="zh")
    assert "最低成本" in said and "--level exact" in said and "工程清单" in said
    assert "ramp" in said and "到2030年仍累计不到的：废杂铜火法精炼加电解" in said
    works = [line for line in said.splitlines() if "t CO₂e、节电" in line]
    assert works and all("整条线" in line for line in works)


def test_where_time_was_too_short_for_it_no_word_of_a_conflict_is_given(small: Workspace) -> None:
    plans, case = Plans(small.pathways().folder / "plans"), small.pathways().compiled("small").case
    late = replace(deploy(case, Options(seconds=0.0)), wishes=None)
    plans.keep("late", late)
    kept = plans.kept("late", case)
    assert kept is not None and kept.wishes is None
    wish = Wish(0, None, np.arange(len(case.years), dtype=float))
    plans.keep("late", replace(late, wishes=(wish,)))
    kept = plans.kept("late", case)
    assert kept is not None and kept.wishes is not None
    [again] = kept.wishes
    assert (again.rule, again.product, again.gives.tolist()) == (0, None, wish.gives.tolist())


def test_a_plan_that_had_less_time_never_takes_the_place_of_a_better_one(small: Workspace) -> None:
    plans, case = Plans(small.pathways().folder / "plans"), small.pathways().compiled("small").case
    best, late = deploy(case, Options()), deploy(case, Options(seconds=0.0))
    assert best.cost + best.missed < late.cost + late.missed
    assert plans.keep("mine", late) and plans.keep("mine", best) and not plans.keep("mine", late)
    kept = plans.kept("mine", case)
    assert kept is not None and (kept.cost, kept.status) == (best.cost, "optimal")


def test_a_target_nothing_can_meet_is_explained(small: Workspace) -> None:
    scenario = small.pathways().folder / "scenarios" / "tight.toml"
    scenario.write_text('base = "small"\n' + SMALL.replace("165000 }", "1000 }\nprice = 100"), "utf-8")
    said = run(small, "solve", "tight")
    assert "PLAN-004" in said or "PLAN-001" in said
    assert "price   2028" not in said, "what stands there is the price of missing it"
    assert "cap on emissions could be met by itself, but not together" in said
    kept = told(small, "solve", "tight")
    prices = dict(zip(range(2024, 2031), kept["rule_prices_cny"][0], strict=True))
    assert all(prices[year] is None for year in (2028, 2029, 2030))


def test_ctrl_c_ends_a_solve_with_the_best_plan_so_far(province: Workspace) -> None:
    timer = threading.Timer(
        1.5, lambda: signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    )
    timer.start()
    try:
        found = told(province, "solve", "reference", "--level", "exact", "--seconds", "30")
    finally:
        timer.cancel()
    assert found["plan"]["status"] in ("stopped", "gap", "optimal")  # type: ignore[index]
    assert (province.pathways().folder / "plans" / "reference.exact.npz").exists()


def test_chance_says_when_it_peaks_and_how_likely_each_target_is_met(province: Workspace) -> None:
    said = run(province, "chance", "plan", "--draws", "200")
    assert "chance of a peak before 2030" in said and "fixed plan under uncertain drivers" in said
    found = told(province, "chance", "plan", "--draws", "200")
    assert found["draws"] == 200 and 0 < found["peak_before"]["share"] < 1
    assert {each["rule"] for each in found["rules"]} >= {"peak-2030", "renewable-2030"}


def test_macc_steps_add_up_to_what_is_left(province: Workspace) -> None:
    found = told(province, "macc", "plan", "--year", "2030")
    avoided = sum(each["avoided_t_co2e_a"] for each in found["measures"])
    assert found["begun_t_co2e"] - avoided == pytest.approx(found["left_t_co2e"])
    assert "减排" in run(province, "macc", "plan", "--year", "2030", lang="zh")


def test_macc_says_that_it_is_of_all_lines_at_full_load_and_why_its_rows_need_not_rise(
    province: Workspace,
) -> None:
    said = run(province, "macc", "plan", "--year", "2030").splitlines()
    assert "all lines at full load" in said[0] and "no scenario" in said[0]
    assert "may come to cost less than one above it" in said[1]


def test_what_a_projection_costs_in_all_can_be_laid_beside_the_least_cost(small: Workspace) -> None:
    [found] = told(small, "project", "small")  # type: ignore[misc]
    yearly = np.sum(list(found["costs"].values()), axis=0)
    rate = small.pathways().compiled("small").case.discount
    total = float((yearly / (1 + rate) ** np.arange(7)).sum())
    assert found["discounted_cost_cny"] == pytest.approx(total)
    assert f"{total / 1e8:.6g} ×100 million yuan, discounted sum of costs to 2024" in run(
        small, "project", "small"
    )
    assert "discounted sum of costs" in run(small, "solve", "small")


def test_macc_of_optimal_plans_rises_with_the_cut(small: Workspace) -> None:
    steps = told(small, "macc", "small", "--year", "2030", "--integrated")
    emitted = [each["emissions_t_co2e"] for each in steps]
    assert emitted == sorted(emitted, reverse=True)
    said = run(small, "macc", "small", "--year", "2030", "--integrated")
    assert "at the margin" in said and said.startswith("The cap tightens in every year at once")


def test_why_adds_up_between_years_and_between_scenarios(province: Workspace) -> None:
    for words in (("plan", "2020", "2035"), ("reference", "2035", "--against", "plan")):
        found = told(province, "why", *words)
        assert sum(found["effects"].values()) == pytest.approx(found["after"] - found["before"], rel=1e-9)
        assert "activity" in run(province, "why", *words)


def test_robust_compares_plans_in_the_same_futures(province: Workspace) -> None:
    found = told(province, "robust", "reference", "plan", "ambitious", "--draws", "200")
    assert [each["plan"] for each in found] == ["reference", "plan", "ambitious"]
    assert min(each["regret"] for each in found) >= 0
    said = run(province, "robust", "reference", "plan", "--draws", "200")
    assert "no targets of its own" in said and "minimax" in said


def test_what_is_exported_reads_back_in_every_format(small: Workspace, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    run(small, "solve", "small")
    for form in ("csv", "xlsx", "json"):
        run(small, "export", "small", "--out", str(tmp_path / f"out.{form}"))
    table = read((tmp_path / "out.csv").read_text("utf-8"))
    assert {line.scenario for line in table.lines} == {"small", "small.optimum"}
    rows = json.loads((tmp_path / "out.json").read_text("utf-8"))["rows"]
    assert {row["plant"] for row in rows} == {"", "cu-sh-1", "cu-sm-1"}
    assert "data" in load_workbook(tmp_path / "out.xlsx", read_only=True).sheetnames


def test_quantiles_are_exported_when_asked_for(province: Workspace, tmp_path: Path) -> None:
    run(province, "export", "delayed", "--out", str(tmp_path / "out.csv"), "--chances", "--draws", "100")
    assert any(
        line.variable.endswith("|90.0th Percentile")
        for line in read((tmp_path / "out.csv").read_text("utf-8")).lines
    )


@pytest.fixture(scope="module")
def written(province: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the plan against the reference, with chances, in every format and language."""
    folder = tmp_path_factory.mktemp("written")
    said = run(province, "report", "plan", "reference", "--out", str(folder), "--chances", "--draws", "100")
    assert len(said.splitlines()) == 8
    return folder


def test_a_report_is_written_in_every_format_and_language(written: Path) -> None:
    assert {path.name for path in written.iterdir()} == {
        f"pathway-plan.{lang}.{form}" for lang in ("zh", "en") for form in ("docx", "xlsx", "pdf", "html")
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_begins_with_what_comes_of_it_and_says_everything_in_words(written: Path, lang: str) -> None:
    text = (written / f"pathway-plan.{lang}.html").read_text("utf-8")
    wanted = {
        "en": (
            "sample data", "fixed plan under uncertain drivers", "peaks in", "What to do:", "met only if all is as assumed",
            "Emissions of 2030 by what", "normal, standard deviation 2.5%", "scenarios/plan.toml",
        ),
        "zh": (
            "示例数据", "固定方案", "年达峰", "要做什么：", "只在一切如假设时达到", "2030年排放随各因素的变化", "正态分布，标准差 2.5%", "scenarios/plan.toml",
        ),
    }  # fmt: skip
    assert [each for each in wanted[lang] if each not in text] == []
    assert "distribution = " not in text and "of = " not in text
    assert text.index(wanted[lang][2]) < text.index("<svg") < text.index('id="source-1"')


def test_every_number_of_results_leads_to_assumptions_with_file_and_line(written: Path) -> None:
    made = html.fromstring((written / "pathway-plan.en.html").read_text("utf-8"))
    numbers = made.xpath("//table[contains(@aria-labelledby, 'table')]//td[contains(@class, 'num')]/a/@href")
    anchors = set(made.xpath("//@id"))
    assert len(numbers) > 100 and {href.removeprefix("#") for href in numbers} <= anchors
    rows = made.xpath("//*[starts-with(@id, 'how-')]/..")
    assert all(row.xpath(".//sup/a") for row in rows)
    assert {href[1:] for href in made.xpath("//sup/a/@href")} <= anchors


def test_the_optimum_that_was_solved_is_in_the_report_of_the_projection(
    small: Workspace, tmp_path: Path
) -> None:
    run(small, "solve", "small")
    for plan in ("projection", "optimum"):
        out = tmp_path / f"{plan}.html"
        assert run(small, "report", "small", "--plan", plan, "--out", str(out)).strip() == str(out)
        said = out.read_text("utf-8")
        assert "HiGHS" in said and "cap on emissions" in said and "Proven optimal" in said
        assert "What targets cost" in said and "At most 0.01% above the optimum" in said


def test_a_plan_of_whole_lines_is_in_the_report_where_there_is_no_other(
    small: Workspace, tmp_path: Path
) -> None:
    plans = small.pathways().folder / "plans"
    for kept in plans.glob("*.npz"):
        kept.unlink()
    run(small, "solve", "small", "--level", "whole")
    run(small, "report", "small", "--out", str(tmp_path / "whole.html"))
    said = (tmp_path / "whole.html").read_text("utf-8")
    assert "; whole; " in said and "This kind of plan has no shadow prices" in said


def test_the_curve_of_optimal_plans_is_in_the_report_when_asked_for(small: Workspace, tmp_path: Path) -> None:
    run(small, "report", "small", "--integrated", "--out", str(tmp_path / "small.html"))
    assert "Integrated: read from optimal plans" in (tmp_path / "small.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("solve", "soup"), "PATHWAY-012"),
        (("solve", "plan", "--level", "best"), "PATHWAY-018"),
        (("chance", "plan", "--plan", "mine"), "PATHWAY-018"),
        (("chance", "ambitious", "--plan", "optimum"), "PATHWAY-019"),
        (("macc", "plan", "--year", "1900"), "PATHWAY-018"),
        (("why", "plan", "2020"), "PATHWAY-024"),
        (("why", "plan", "2020", "2077"), "PATHWAY-018"),
        (("robust", "plan"), "CHANCE-018"),
        (("export", "plan", "--out", "results.txt"), "PATHWAY-018"),
        (("export", "plan", "--out", "/dev/null/results.csv"), "COMMAND-021"),
        (("report", "plan", "--out", "/dev/null/folder/report.pdf"), "COMMAND-021"),
        (("sample", "country"), "PATHWAY-018"),
        (("base", "２０２３"), "PATHWAY-018"),
        (("report", "soup", "--out", "reports"), "PATHWAY-012"),
        (("report", "plan", "--out", "report.odt"), "PATHWAY-018"),
        (("report", "a", "b", "c", "d", "e", "--out", "reports"), "PATHWAY-014"),
    ],
)  # fmt: skip
def test_a_call_that_cannot_be_answered_is_refused_with_its_code(
    province: Workspace, words: tuple[str, ...], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        run(province, *words)
    assert refused.value.code == code


def test_a_report_into_a_folder_that_is_not_there_makes_the_folder(small: Workspace, tmp_path: Path) -> None:
    run(small, "report", "small", "--out", str(tmp_path / "new" / "folder" / "small.html"))
    assert (tmp_path / "new" / "folder" / "small.html").stat().st_size > 10_000


def test_a_report_that_cannot_be_written_is_refused_before_any_work(
    small: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "touchstone.serve.pathway_papers.report_of", lambda *a: pytest.fail("worked all the same")
    )
    with pytest.raises(Refusal) as refused:
        run(small, "report", "small", "--out", "/dev/null/folder/small.pdf")
    assert refused.value.code == "COMMAND-021"


def test_a_scenario_without_drivers_has_no_chances(small: Workspace) -> None:
    with pytest.raises(Refusal) as refused:
        run(small, "chance", "small")
    assert refused.value.code == "CHANCE-013"
