"""Parts of a whole: what follows 其中."""

from collections.abc import Callable

from touchstone.audit.finding import Finding

Found = Callable[..., list[Finding]]


def test_parts_that_exceed_their_whole_together_fail(found: Found) -> None:
    wrong = [
        f
        for f in found(
            "part_of_whole",
            "装机容量达[190.17万千瓦|新能源 capacity 2019]。其中风电装机容量[163.77万千瓦|风电 capacity 2019]；光伏装机容量[26.43万千瓦|光伏 capacity 2019]。",
        )
        if f.verdict == "fails"
    ]
    assert [len(f.facts) for f in wrong] == [3]
    assert wrong[0].note is not None


def test_an_incomplete_list_of_parts_holds(found: Found) -> None:
    tested = found(
        "part_of_whole",
        "发电量[26.48亿千瓦时|a energy 2019]，其中风电[22.7亿千瓦时|b energy 2019]，光伏[3.3亿千瓦时|c energy 2019]。",
    )
    assert {f.verdict for f in tested} == {"holds"} and len(tested) == 3


def test_another_quantity_of_the_same_unit_is_not_a_part(found: Found) -> None:
    tested = found(
        "part_of_whole",
        "总投资[10亿元|项目 money 2022]，其中一期建成后年产值[80亿元|产值 money 2022]。",
    )
    assert [f for f in tested if f.verdict == "fails"] == []


def test_a_change_after_the_list_is_not_a_part(found: Found) -> None:
    tested = found(
        "part_of_whole",
        "产量[100万吨|a output 2022]，其中铜[60万吨|b output 2022]，同比增加[50万吨|b output.change 2022]。",
    )
    assert [f.verdict for f in tested] == ["holds"]


def test_an_aside_has_parts_of_its_own(found: Found) -> None:
    """Pumped storage is part of hydro power; wind power behind the parenthesis is not."""
    tested = found(
        "part_of_whole",
        "装机[7.64亿千瓦|可再生 capacity 2019]；其中，水电[3.55亿千瓦|水电 capacity 2019]"
        "(其中抽水蓄能[2999万千瓦|抽水蓄能 capacity 2019])、风电[1.98亿千瓦|风电 capacity 2019]。",
    )
    assert {f.verdict for f in tested} == {"holds"}
    assert sorted(f.quotes[1:] for f in tested if f.quotes[0] == "3.55亿千瓦") == [("2999万千瓦",)]


def test_people_that_were_counted_have_no_rounding(found: Found) -> None:
    marked = "员工[1200人|员工 count 2022]，其中管理人员[200人|a count 2022]，技术人员[400人|b count 2022]，工人[601人|c count 2022]。"
    [wrong] = [f for f in found("part_of_whole", marked) if f.verdict == "fails"]
    assert wrong.half_units == 2.0


def test_output_value_is_no_part_of_an_investment_even_when_it_would_fit(found: Found) -> None:
    marked = "总投资[58亿元|项目 money 2024]，其中一期[32亿元|a money 2024]，二期[26亿元|b money 2024]，年产值[5亿元|c money 2024]。"
    assert {f.verdict for f in found("part_of_whole", marked)} == {"holds"}


def test_a_part_divided_further_is_not_counted_twice(told: Callable[..., list[Finding]]) -> None:
    text = "2022年7月，进口铜材46.4万吨，其中精炼铜31.8万吨，来自智利、刚果（金）和俄罗斯的分别为7.9万吨、6.4万吨、4.1万吨。"
    assert [f for f in told("part_of_whole", text) if f.verdict == "fails"] == []
