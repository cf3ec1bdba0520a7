"""The tables of three papers come out as they were printed, from the presets alone."""

import re
from pathlib import Path

import numpy as np
import pytest

from touchstone.calc.linkage.convention import preset
from touchstone.calc.linkage.rolling import rolling_spillover
from touchstone.calc.linkage.spillover import spillover
from touchstone.calc.linkage.tvp import tvp_connectedness

from . import published_tables as tables
from .markets import PUBLISHED

PAGE = Path(__file__).parents[3] / "docs" / "linkage.md"


def test_the_return_spillovers_of_diebold_and_yilmaz_2009() -> None:
    panel = tables.published("dy2009")
    assert " ".join(panel.names) == tables.DY2009_NAMES
    found = spillover(panel, preset("dy2009").convention, None)
    for name, row in tables.DY2009_ROWS.items():
        assert np.round(found.table[panel.names.index(name)], 2) == pytest.approx(tables.printed(row))
    assert np.round(found.to, 2) == pytest.approx(tables.printed(tables.DY2009_TO))
    assert np.round(found.from_, 2) == pytest.approx(tables.printed(tables.DY2009_FROM))
    assert round(found.total, 1) == tables.DY2009_TOTAL
    assert (round(found.corrected_total, 2), round(found.total, 2)) == (37.50, 35.53)


def test_the_volatility_spillovers_of_diebold_and_yilmaz_2012() -> None:
    panel = tables.published("dy2012")
    found = spillover(panel, preset("dy2012").convention, None)
    assert np.round(found.table, 2) == pytest.approx(tables.printed(tables.DY2012))
    assert np.round(found.net, 2) == pytest.approx(np.array([5.13, -0.54, -1.69, -2.90]))
    assert round(found.total, 1) == tables.DY2012_TOTAL
    assert (round(found.corrected_total, 2), round(found.total, 2)) == (16.79, 12.59)


def test_the_time_varying_connectedness_of_gabauer_and_gupta_2018() -> None:
    panel = tables.published("tvpvar_gg2018")
    chosen = preset("gg2018")
    assert chosen.forgetting
    found = tvp_connectedness(panel, chosen.convention, chosen.forgetting).mean()
    assert np.round(found.table, 2) == pytest.approx(tables.printed(tables.GG2018))
    assert np.round(found.net, 2) == pytest.approx(
        np.array([-2.38, 4.06, -1.25, -3.85, 3.83, 1.32, -2.51, 0.79])
    )
    assert round(found.total, 2) == tables.GG2018_TOTAL
    assert round(found.corrected_total, 2) == tables.GG2018_CORRECTED


@pytest.mark.parametrize("key", ["dy2009_rolling", "dy2012_rolling"])
def test_the_rolling_index_of_a_paper_has_every_window(key: str) -> None:
    panel, chosen = tables.published(key.removesuffix("_rolling")), preset(key)
    assert chosen.window == 200
    found = rolling_spillover(panel, chosen.convention, chosen.window)
    assert len(found) == len(panel) - 199 and not found.absent
    last = spillover(panel.between(len(panel) - 200, len(panel)), chosen.convention, None)
    assert found.latest.table == pytest.approx(last.table, abs=1e-9)


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published inputs do not lie beside this checkout")
def test_the_lines_of_the_page_print_what_they_say(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Copied from the page as a reader would, and run where the folder `published` lies."""
    [lines] = [
        block
        for block in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
        if "_input.csv" in block
    ]
    monkeypatch.chdir(PUBLISHED.parent)
    exec(compile(lines, PAGE.name, "exec"), {"__name__": "page"})
    promised = re.findall(r"print\(.*# ([\d. ]+\d)", lines)
    printed = capsys.readouterr().out.split("\n")
    assert len(promised) == 5 and all(
        said.startswith(told) for said, told in zip(promised, printed, strict=False)
    )
