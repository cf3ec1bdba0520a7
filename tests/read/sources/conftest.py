"""Importing as a user has it: a small file, a declaration of some lines, and what the workspace holds then."""

from collections.abc import Callable
from pathlib import Path

import pytest

import touchstone
from touchstone.flow import Workspace

PRICES = """\
id: prices
name: {zh: 价格, en: prices}
issuer: {zh: 测试, en: the tests}
licence: made up
address: nowhere
date: {column: month, form: "{year}-{month}"}
heads: "{name} ({unit})"
measure: price
missing: [".."]
columns:
  Copper: {subject: cu.cathode, place: market.lme}
  Tin: {subject: sn.refined, place: market.lme}
"""
"""A wide table: each column is a series, its unit stands in its head."""

QUOTES = """\
id: quotes
name: {zh: 报价, en: quotes}
issuer: {zh: 测试, en: the tests}
licence: made up
address: nowhere
date: {column: day, form: "{year}-{month}-{day}"}
subject: "{metal}"
place: "{market}"
unit: "{unit}"
values: {low: price.low, high: price.high}
"""
"""A long table: each row names its series."""


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return touchstone.open(tmp_path / "workspace")


@pytest.fixture
def given(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file of the user: `given("prices.csv", text)`."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write
