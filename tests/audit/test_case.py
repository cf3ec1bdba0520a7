"""Cases: an audit takes time in proportion to the text, whoever wrote it."""

from pathlib import Path
from time import process_time

import pytest

from touchstone.audit.case import Case
from touchstone.audit.granularity import granularity
from touchstone.audit.rule import Rule
from touchstone.audit.stated_count import stated_count
from touchstone.audit.table_share import table_share
from touchstone.audit.text_table import text_table
from touchstone.read.figures import read_figures
from touchstone.read.read import read_document

COUNTS = ("", "加强三项工作。", "")
STUDY = ("", "样本共30人，其中患者占15%。", "")
FIRMS = ("", "20家企业中，有15%的企业停产。", "")
SHARES = ("产量\n\n省份\t产量（万吨）\t占比（%）\n", "云南\t1\t1\n", "合计\t100\t100\n")


@pytest.mark.parametrize(
    ("rule", "text", "size"),
    [
        (stated_count, COUNTS, 1000),
        (granularity, STUDY, 100),
        (granularity, FIRMS, 100),
        (table_share, SHARES, 1200),
        (text_table, SHARES, 300),
    ],
)
def test_four_times_the_text_takes_less_than_nine_times_as_long(
    rule: Rule, text: tuple[str, str, str], size: int, tmp_path: Path
) -> None:
    """Twice the text is allowed three times the time; what looks at every pair takes four."""
    head, line, foot = text
    seconds = [_seconds(rule, tmp_path / f"{n}.txt", head + line * n + foot) for n in (size, 4 * size)]
    assert seconds[1] < 9 * seconds[0]


def _seconds(rule: Rule, path: Path, text: str) -> float:
    """The shortest of five runs of a rule over one text."""
    path.write_text(text, encoding="utf-8")
    document = read_document(path, path.name)
    case = Case([(document, read_figures(document))])
    return min(_once(rule, case) for _ in range(5))


def _once(rule: Rule, case: Case) -> float:
    start = process_time()
    list(rule.find(case))
    return process_time() - start
