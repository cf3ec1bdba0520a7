"""Reports asked for on pages: one after the other, each question once, a failed one again; and files whose names tell questions apart."""

import threading
import time
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from touchstone.flow import Workspace
from touchstone.serve.inventory_paper import paper_name
from touchstone.serve.inventory_queue import Papers, Queue, ReportNotMade

from .small_group import opened


def over(queue: Queue, *keys: str) -> list[Papers]:
    """The reports of these questions, once they are made or have failed."""
    for _ in range(600):
        every = [found for key in keys if (found := queue.held(key))]
        if len(every) == len(keys) and all(each.done or each.problem for each in every):
            return every
        time.sleep(0.1)
    raise AssertionError("the reports were not over within a minute")


def makers() -> int:
    return sum(each.name == "reports" for each in threading.enumerate())


def test_many_who_ask_at_once_wait_in_one_line_and_the_same_question_is_one_report(
    accounted: Workspace,
) -> None:
    queue, account = Queue(), accounted.account(year="2023", node="east")
    asking = [
        threading.Thread(target=queue.ask, args=(key, accounted, account))
        for key in ("a", "b", "c")
        for _ in range(4)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert makers() == 1
    places = sorted(queue.before(found) for key in "abc" if (found := queue.held(key)))
    assert places in ([0, 1, 2], [0, 0, 1])
    made = over(queue, "a", "b", "c")
    assert all(len(each.files) == 8 and not each.problem for each in made)
    queue.ask("a", accounted, account)
    assert queue.held("a") is made[0], "what is made is not made again"


def test_a_line_that_is_too_long_takes_nobody_more(accounted: Workspace) -> None:
    queue, account = Queue(), accounted.account(year="2023", node="east")
    empty = replace(account, boundary="trading")
    with pytest.raises(ReportNotMade, match="INVENTORY-022"):
        for number in range(100):
            queue.ask(f"{number}", accounted, account if number == 0 else empty)
    assert over(queue, "0")[0].done, "those in the line are made all the same"


def test_a_report_that_cannot_be_made_says_why_in_five_parts(accounted: Workspace) -> None:
    queue = Queue()
    queue.ask("none", accounted, accounted.account(year="2023", node="east", boundary="trading"))
    [failed] = over(queue, "none")
    assert failed.problem and failed.problem.code == "INVENTORY-006" and not failed.files


def test_one_that_failed_for_a_reason_nobody_foresaw_is_logged_and_can_be_asked_for_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The ledger cannot be reached for a while."""
    workspace = opened(tmp_path)
    queue, account = Queue(), workspace.account(year="2023", node="east")
    assert account.total
    ledger = workspace.folder / "ledger"
    ledger.rename(workspace.folder / "away")
    ledger.write_text("not a folder")
    queue.ask("east", workspace, account)
    [failed] = over(queue, "east")
    assert failed.problem and failed.problem.code == "INVENTORY-021" and "Traceback" in caplog.text
    ledger.unlink()
    (workspace.folder / "away").rename(ledger)
    queue.ask("east", workspace, account)
    [made] = over(queue, "east")
    assert made is not failed and made.done


def test_reports_of_one_boundary_and_another_have_names_of_their_own(accounted: Workspace) -> None:
    usual = accounted.account(year="2023", group="group", approach="control")
    others = [
        replace(usual, boundary="trading"), replace(usual, boundary="direct"), replace(usual, approach="equity"),
        replace(usual, asked_set="AR6"), replace(usual, group="", approach="", node="group"), replace(usual, node="east"),
        replace(usual, boundary="trading", approach="equity", asked_set="AR6"), replace(usual, year="2022"),
        replace(usual, group="", approach="", node="east"), replace(usual, group="east"),
    ]  # fmt: skip
    names = [paper_name(each) for each in (usual, *others)]
    assert names[0] == "inventory-group-2023" and names[7] == "inventory-group-2023-trading-equity-AR6"
    assert all(a != b for a, b in combinations(names, 2))
