"""Findings come back from the workspace as the audit made them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from touchstone.audit.finding import VERDICTS, Finding, Healing
from touchstone.audit.kept import keep_findings, kept_findings
from touchstone.facts.text import Text

WORDS = st.text(max_size=20)
TEXTS = st.builds(Text, WORDS, WORDS)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
NUMBERS = st.none() | st.floats(allow_nan=False)
FINDINGS = st.builds(
    Finding, WORDS, WORDS, st.sampled_from(VERDICTS), LISTS, TEXTS, TEXTS, LISTS, LISTS, NUMBERS, NUMBERS,
    st.lists(st.builds(Healing, WORDS, WORDS, WORDS), max_size=2).map(tuple), st.none() | TEXTS,
    st.floats(allow_nan=False),
)  # fmt: skip


@given(st.lists(FINDINGS, max_size=4).map(tuple))
def test_findings_come_back_as_they_were(findings: tuple[Finding, ...]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "findings"
        assert kept_findings(path) == ()
        keep_findings(path, findings)
        assert kept_findings(path) == findings
        keep_findings(path, findings[1:])
        assert kept_findings(path) == findings[1:]
