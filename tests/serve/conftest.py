"""Workspaces for all tests of the console: the sample folder, and the papers of a price desk, read and audited."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import touchstone
from touchstone.facts.fact import Fact, fact_id
from touchstone.flow import Workspace
from touchstone.serve.web import console

from .everybody import chromium
from .planned import province
from .small_group import opened
from .smelter import GROUP, stated


@pytest.fixture(scope="session")
def sampled(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The sample, read and audited once; tests must not change it."""
    workspace = touchstone.open(tmp_path_factory.mktemp("sampled") / "workspace")
    workspace.read(sample_folder)
    workspace.audit()
    return workspace


@pytest.fixture(scope="session")
def accounted(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A small made-up group with activity data; tests must not change it."""
    return opened(tmp_path_factory.mktemp("accounted"))


@pytest.fixture(scope="session")
def smelter(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A smelter with two potlines and two Januaries; tests must not change it."""
    workspace = touchstone.open(tmp_path_factory.mktemp("smelter") / "workspace")
    (workspace.folder / "carbon").mkdir()
    (workspace.folder / "carbon" / "organisation.toml").write_text(GROUP, encoding="utf-8")
    path = workspace.folder.parent / "activity.csv"
    path.write_text(stated(), encoding="utf-8")
    assert workspace.import_activity(path, "synthetic").problems == ()
    return workspace


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A made-up province to plan for; tests must not change it."""
    return province(tmp_path_factory.mktemp("planned"))


@pytest.fixture(scope="session")
def planning(planned: Workspace) -> Iterator[TestClient]:
    """Asks the console of the province."""
    with TestClient(console(planned), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def client(sampled: Workspace) -> Iterator[TestClient]:
    """Asks the console of the sample, as a browser on this machine would."""
    with TestClient(console(sampled), base_url="http://127.0.0.1:8000", follow_redirects=False) as asking:
        yield asking


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """One browser for all tests of a file."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def hash_of(sampled: Workspace) -> dict[str, str]:
    """Name of a sample document -> its hash."""
    return {entry.name: entry.hash for entry in sampled.documents()}


DESK = {
    "周报-0925.txt": """发布日期：2020年9月25日

2020年9月24日，国内市场锗锭价格为7000-7400元/公斤。

2020年9月25日，国内市场锗锭价格为6950-7350元/公斤。

2020年8月，锗产量为8.1吨。""",
    "周报-1009.txt": """发布日期：2020年10月9日

2020年9月25日，国内市场锗锭价格为6900-7350元/公斤。

2020年9月30日，国内市场锗锭价格为6900-7300元/公斤。

2020年10月9日，国内市场锗锭价格为6800-7200元/公斤。

2020年9月30日，国内市场精铟价格为1300-1400元/公斤。2020年10月9日，国内市场精铟价格为1300-1400元/公斤。

2020年9月30日，鹿特丹锗价格为997.5美元/公斤。2020年10月8日，鹿特丹锗价格为1010美元/公斤。

2020年10月9日，国内市场钼铁价格为9万-9.2万元/吨。""",
    "有误.html": """<p>发布日期：2020年10月9日</p><h2>国内市场价格</h2><table>
<tr><td rowspan="2">日期</td><td colspan="2">碲（元/公斤）</td><td colspan="2">镓（元/公斤）</td></tr>
<tr><td>最低价</td><td>最高价</td><td>最低价</td><td>最高价</td></tr>
<tr><td>2020年10月9日</td><td>430</td><td>420</td><td>1250</td><td>1300</td></tr></table>
<p>2020年10月9日，国内市场铋锭价格为41500-42500元/吨。2020年10月9日，国内市场铋锭价格为41600-42500元/吨。</p>""",
}
"""What a price desk has before it: two weeklies, the later of which corrects a day, and a page with mistakes."""


def rate(day: str, value: str, source: str) -> Fact:
    """A stated rate: so many yuan for one dollar."""
    return Fact(
        fact_id("rate", day, value), "currency.usd", "exchange_rate", day, Decimal(value), "元/美元",
        Decimal("0.00005"), source, None, "test",
    )  # fmt: skip


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The documents of a price desk, read and audited, with two rates of exchange; tests must not change it."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "papers").mkdir()
    for name, text in DESK.items():
        (folder / "papers" / name).write_text(text, encoding="utf-8")
    workspace = touchstone.open(folder / "workspace")
    workspace.read(folder / "papers")
    source = workspace.documents()[0].hash
    workspace.ledger.append([rate("2020-09-30", "6.8101", source), rate("2020-10-09", "6.7796", source)])
    workspace.audit()
    return workspace


@pytest.fixture(scope="session")
def asking(desk: Workspace) -> Iterator[TestClient]:
    """Asks the console of the price desk."""
    with TestClient(console(desk), base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        yield client
