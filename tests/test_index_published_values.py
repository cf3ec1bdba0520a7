"""Of 36 published levels of the copper index 25 were printed, and 11 follow from the changes printed a month later: these too are audited."""

from decimal import Decimal
from pathlib import Path

import touchstone
from touchstone.audit.finding import Finding
from touchstone.facts.period import period_before
from touchstone.flow import Workspace


def _following(workspace: Workspace) -> dict[str, Decimal]:
    """The levels that nobody printed where we saw it: the level of the month behind less its printed change."""
    own = workspace.facts(subject="indicator.copper_demand_index")
    levels = {f.period: f.value for f in own if f.measure == "index" and f.period}
    changes = {f.period: f.value for f in own if f.measure == "index.change" and f.period}
    return {
        period_before(month): levels[month] - change
        for month, change in changes.items()
        if period_before(month) not in levels
    }


def _audited(folder: Path, by: str) -> dict[str, list[Finding]]:
    """What the audit says of releases that state these levels, each off by so many points."""
    workspace = touchstone.open(folder / "workspace")
    workspace.import_series(None, "ccdi-published")
    texts = folder / "releases"
    texts.mkdir()
    following = _following(workspace)
    assert len(following) == 11
    for month, level in following.items():
        words = f"{month[:4]}年{int(month[5:])}月，中国铜需求量景气指数为{level + Decimal(by)}。"
        (texts / f"{month}.txt").write_text(words, "utf-8")
    workspace.read(texts)
    stated = {f.id: f.period for f in workspace.facts(measure="index") if f.period in following}
    found: dict[str, list[Finding]] = {month: [] for month in following}
    for finding in workspace.audit():
        for month in {stated[id] for id in finding.facts if id in stated}:
            if month:
                found[month].append(finding)
    return found


def test_each_of_the_eleven_levels_holds_against_the_change_printed_a_month_later(tmp_path: Path) -> None:
    for month, found in _audited(tmp_path, "0").items():
        assert found and {each.verdict for each in found} == {"holds"}, month


def test_each_of_the_eleven_levels_told_wrongly_does_not_hold(tmp_path: Path) -> None:
    for month, found in _audited(tmp_path, "1.7").items():
        assert {each.verdict for each in found} & {"fails", "revised"}, month
