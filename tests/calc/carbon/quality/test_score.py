"""The score of an enterprise: declared points, added up."""

from hypothesis import given
from hypothesis import strategies as st

from touchstone.calc.carbon.quality.declared import Finding, declared
from touchstone.calc.carbon.quality.score import scores
from touchstone.facts.text import Text

OF = {"a-1": "a", "a-2": "a", "b-1": "b", "group": "", "c-1": "c"}
VALUES = {"a-1": 10, "a-2": 5, "b-1": 7}


def finding(check: str, unit: str = "a-1", month: str = "2024-01") -> Finding:
    words = Text("", "")
    return Finding(check, "error", unit, month, "coke", "amount", words, words, words, ())


def test_what_was_found_costs_its_points_and_the_losses_add_up_to_what_is_missing() -> None:
    found = [finding("unit-slip"), finding("no-evidence"), finding("no-evidence", "a-2")]
    one, other = scores(found, OF, VALUES)
    assert (one.key, one.points, one.values) == ("a", 100 - 10 - 2 * 3, 15)
    assert [(loss.check, loss.findings, loss.points) for loss in one.losses] == [
        ("unit-slip", 1, 10),
        ("no-evidence", 2, 6),
    ]
    assert (other.key, other.points, other.losses) == ("b", 100, ())


def test_an_enterprise_that_stated_nothing_has_no_score() -> None:
    assert {each.key for each in scores([], OF, VALUES)} == {"a", "b"}


def test_one_check_takes_no_more_than_it_may_and_a_notice_takes_nothing() -> None:
    [one, _] = scores([finding("no-evidence", month=f"2024-{n:02d}") for n in range(1, 13)], OF, VALUES)
    assert one.points == 100 - declared()["no-evidence"].most
    [one, _] = scores([finding("electricity-limit")], OF, VALUES)
    assert (one.points, one.losses) == (100, ())


def test_what_a_person_accepted_takes_nothing_and_is_counted() -> None:
    slip = finding("unit-slip")
    [one, _] = scores([slip], OF, VALUES, {slip.id})
    assert (one.points, one.accepted) == (100, 1)


@given(st.lists(st.sampled_from(sorted(declared())), max_size=60))
def test_no_score_leaves_the_scale_and_another_finding_never_raises_it(keys: list[str]) -> None:
    found = [finding(key, month=str(number)) for number, key in enumerate(keys)]
    points = [scores(found[:n], OF, VALUES)[0].points for n in range(len(found) + 1)]
    assert points[0] == 100 and points == sorted(points, reverse=True) and points[-1] >= 0
