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


def test_every_word_is_in_both_languages_with_the_same_gaps() -> None:
    for key, texts in catalogue().items():
        assert set(texts) == set(LANGUAGES), key
        gaps = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()]
        assert gaps[0] == gaps[1], key
        assert all(text.strip() for text in texts.values()), key


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


def said() -> str:
    """Everything the package is written in but the words themselves."""
    files = [file for kind in ("py", "html", "js", "toml", "csv") for file in PACKAGE.rglob(f"*.{kind}")]
    return "\n".join(
        file.read_text(encoding="utf-8") for file in files if file.parent != PACKAGE / "data" / "text"
    )


def test_no_word_is_kept_that_nothing_says() -> None:
    """A key is written whole, or put together, `word(f"verdict.{v}")`: then what fills its gaps is written by itself.

    `counted` puts "one." or "count." before a noun, and a refusal its code before each of its parts.
    """
    text = said()
    told = set(re.findall(r"[\w-]+", text))
    told |= {re.sub("[. ]", "_", each) for each in re.findall(r"[a-z]\w*(?:[. ]\w+)+", text, re.IGNORECASE)}
    told |= set(re.findall(r"[a-z]+\.[a-z]+", text))
    codes = {code for code in told if re.fullmatch(r"[A-Z]+-\d{3}", code)}
    begun = set(re.findall(r"[\"'`]([a-z_]+\.[a-z_]*)[\"'] ?[~+]", text))
    gaps = {
        re.sub(r"\{[^}]*\}", "{}", each)
        for each in re.findall(r"[a-z_]+\.(?:[a-z_]|\{[^}\n]*\})*", text)
        if "{" in each
    }
    shapes = [
        re.compile(re.escape(each).replace(r"\{\}", "(.+)")) for each in gaps | {f"{x}{{}}" for x in begun}
    ]
    shapes += [re.compile(rf"(?:one|count|{'|'.join(codes)})\.(.+)")]

    def put_together(key: str) -> bool:
        filled = (shape.fullmatch(key) for shape in shapes)
        return any(each and told.issuperset(each.groups()) for each in filled)

    assert not {key for key in catalogue() if key not in text and not put_together(key)}


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
