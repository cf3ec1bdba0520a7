"""Joint verdicts: identities that share figures, solved together."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]

TABLE = """
| 类别 | 采购额（亿元） | 占比（%） |
| 清洁取暖 | [15.7|清洁取暖 money 2020-08 unit=亿元] | [72|清洁取暖 share 2020-08 unit=%] |
| 中央空调 | [2.9|中央空调 money 2020-08 unit=亿元] | [13|中央空调 share 2020-08 unit=%] |
| 民用空调 | [1.66|民用空调 money 2020-08 unit=亿元] | [{share}|民用空调 share 2020-08 unit=%] |
| 其他 | [1.70|其他 money 2020-08 unit=亿元] | [8|其他 share 2020-08 unit=%] |
| 合计 | [21.96|合计 money 2020-08 unit=亿元] | [100|合计 share 2020-08 unit=%] |
"""


def test_the_one_figure_behind_several_failures_is_named(found: Found) -> None:
    """18 % is not 1.66 of 21.96, and the shares come to 111: one changed figure heals both."""
    [group] = found("joint", TABLE.format(share="18"))
    assert group.verdict == "fails" and group.note is not None
    assert "one figure" in group.note.en and "18" in group.note.en


def test_a_table_that_adds_up_is_not_reported_again(found: Found) -> None:
    assert found("joint", TABLE.format(share="8")) == []


def test_steps_that_hold_alone_can_fail_together(found: Found) -> None:
    """Each step is off by 0.1, inside three roundings of 0.05; three steps are off by 0.3, and five roundings give 0.25."""
    marked = """
    1-6月[500.0万吨|x output.cumulative 2022-01/2022-06]。
    7月[80.0万吨|x output 2022-07]，1-7月[579.9万吨|x output.cumulative 2022-01/2022-07]。
    8月[80.0万吨|x output 2022-08]，1-8月[659.8万吨|x output.cumulative 2022-01/2022-08]。
    9月[80.0万吨|x output 2022-09]，1-9月[739.7万吨|x output.cumulative 2022-01/2022-09]。
    """
    steps = found("cumulative", marked)
    assert {f.verdict for f in steps} == {"edge"}
    [group] = found("joint", marked)
    assert group.verdict == "fails" and "together they cannot" in group.title.en
