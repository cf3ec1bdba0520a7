"""The page and the paper of a survey: every result says by which formula it was computed, by name and by key."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.calc.linkage.kept import Cause, KeptSurvey, Row, write_survey
from touchstone.calc.linkage.statement import Sample, Span, Statement
from touchstone.facts.text import Text
from touchstone.publish.linkage.paper import linkage_report
from touchstone.publish.report.page import page
from touchstone.serve.web import console

COPPER, ZINC = "cu.cathode@market.lme", "zn.refined@market.lme"
MONTHS = ("2025-09", "2025-10", "2025-11")
NAMED = {
    "spillover.generalised": ("广义预测误差方差分解的溢出表", "spillover table of the generalised"),
    "spillover.alert": ("总溢出指数超过自身历史分位数的预警", "alert when total connectedness"),
    "linkage.cointegration": ("Johansen协整秩检验", "Johansen test of the cointegration rank"),
}


def _said(method: str) -> Statement:
    sample = Sample((COPPER, ZINC), MONTHS[0], MONTHS[-1], 3)
    holds = (Text("序列平稳", "the series are stationary"),)
    return Statement(method, sample, (("lag", "1"),), holds, Text(f"{COPPER}领先。", f"{COPPER} leads."))


@pytest.fixture(scope="module")
def survey() -> KeptSurvey:
    """Copper and zinc over three months: made up, but of the shape that is kept."""
    span = Span(-1.0, 0.5, 2.0, 0.95)
    questions = zip(("spillover", "alert", "relation"), map(_said, NAMED), strict=True)
    return KeptSurvey(
        recipe="two", name=Text("两种金属", "Two metals"), source=Text("测试", "test"), clock="M", window=2,
        computed=datetime(2025, 12, 2, 9, 30, tzinfo=UTC), names=(COPPER, ZINC),
        rows=tuple(Row(month, (9000.0, 2500.0), (("f1",), ("f2",))) for month in MONTHS),
        table=((70.0, 30.0), (20.0, 80.0)), total=Span(15.0, 25.0, 35.0, 0.95), corrected=50.0, given=(20.0, 30.0),
        received=(30.0, 20.0), net=(span, span), periods=MONTHS[1:], totals=(24.0, 25.0), drifting=(None, 24.5), units=("USD/t", "USD/t"),
        documents=("prices.csv",), thresholds=(), raised=None,
        causes=(Cause(COPPER, ZINC, 0.01, 0.02, True),), said=tuple(questions), missing=(), left_out=(), notes=(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def asking(survey: KeptSurvey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Asks the console of a workspace that keeps this one survey."""
    workspace = touchstone.open(tmp_path_factory.mktemp("linked"))
    write_survey(workspace.folder / "linkage" / "two.json.zz", survey)
    with TestClient(console(workspace), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.mark.parametrize("method", NAMED)
def test_the_page_calls_a_formula_by_its_name_and_shows_the_key_small(
    asking: TestClient, method: str
) -> None:
    for lang, name in zip(("zh", "en"), NAMED[method], strict=True):
        shown = asking.get(f"/linkage/two?lang={lang}").text
        assert name in shown and f"<small>{method}</small>" in shown


@pytest.mark.parametrize("method", NAMED)
def test_the_paper_calls_a_formula_by_its_name_and_gives_the_key(survey: KeptSurvey, method: str) -> None:
    report = linkage_report(survey, date(2025, 12, 2))
    for lang, name in zip(("zh", "en"), NAMED[method], strict=True):
        shown = page(report, lang)
        assert name in shown and f"[{method}]" in shown
