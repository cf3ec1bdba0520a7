"""The words of the interface."""

import re
import string
from pathlib import Path

import pytest

import touchstone
from touchstone.audit.finding import VERDICTS
from touchstone.facts.fact import APPROXIMATIONS, STATUSES
from touchstone.publish.words import LANGUAGES, UnknownWord, catalogue, word

PACKAGE = Path(touchstone.__file__).parent


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_word_is_in_both_languages_with_the_same_gaps(key: str) -> None:
    texts = catalogue()[key]
    assert set(texts) == set(LANGUAGES)
    gaps = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()]
    assert gaps[0] == gaps[1]
    assert all(text.strip() for text in texts.values())


def test_every_word_a_page_asks_for_exists() -> None:
    asked = {
        key
        for file in [
            *PACKAGE.rglob("templates/*.html"),
            *(PACKAGE / "publish").rglob("*.py"),
            *(PACKAGE / "serve").rglob("*.py"),
        ]
        for key in re.findall(r"\b(?:w|word)\(\s*\"([a-z_]+\.[a-z_0-9]+)\"", file.read_text(encoding="utf-8"))
    }
    assert len(asked) > 60
    put_together = {key for key in asked if key.endswith("_")}
    assert asked - put_together <= set(catalogue())
    assert all(any(key.startswith(begun) for key in catalogue()) for begun in put_together)


def test_no_word_is_kept_that_nothing_says() -> None:
    """Keys are written whole, or as a section with the rest put together: word(f"verdict.{v}")."""
    sources = [
        *PACKAGE.rglob("templates/*.html"),
        *(PACKAGE / "publish").rglob("*.py"),
        *(PACKAGE / "serve").rglob("*.py"),
    ]
    text = "".join(file.read_text(encoding="utf-8") for file in sources)
    whole_sections = {"verdict", "status", "form", "approx", "home", "where", "read_by", "explained"}
    whole_sections |= {
        "count",
        "one",
        "act",
        "treatment",
        "take",
        "rounding",
        "vat",
        "linkage_figure",
        "standing",
        "tax",
        "basis",
        "lacks",
        "linkage_question",
        "linkage_column",
        "kind",
        "frequency_of",
        "phase",
        "assets",
        "carbon",
        "document_status",
        "factors",
        "factors_change",
        "inventory",
        "inventory_boundary",
        "inventory_column",
        "inventory_effect",
        "inventory_heading",
        "inventory_level",
        "inventory_scope",
        "inventory_tag",
        "inventory_tier",
        "methods",
        "methods_change",
        "plan",
        "warning",
        "warning_paper",
    }
    unused = {
        key
        for key in catalogue()
        if key not in text
        and key.partition(".")[0] not in whole_sections
        and not key.startswith(
            ("COMMAND-", "MONITOR-", "WARN-", "chart.alt_", "period.quarter_", "linkage.question_")
        )
    }
    assert not unused


def test_every_verdict_status_and_hedge_has_its_word() -> None:
    keys = {
        *(f"verdict.{v}" for v in VERDICTS),
        *(f"status.{s}" for s in STATUSES),
        *(f"approx.{a}" for a in APPROXIMATIONS),
    }
    assert keys <= set(catalogue())


def test_a_missing_word_or_gap_is_an_error() -> None:
    with pytest.raises(UnknownWord):
        word("nothing.here", "zh")
    with pytest.raises(UnknownWord):
        word("count.figures", "zh")
