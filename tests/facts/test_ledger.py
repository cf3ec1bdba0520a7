"""The ledger: what goes in comes out, nothing twice, and the past stays as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.errors import AmbiguousFact, LedgerError, UnknownFact
from touchstone.facts.document import Block, Document, Source
from touchstone.facts.fact import APPROXIMATIONS, STATUSES, Fact, Locator, fact_id
from touchstone.facts.ledger import Ledger

START = datetime(2024, 1, 1, tzinfo=UTC)
DERIVED = "a formula"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "workspace")


def output(period: str | None, value: str, source: str = DERIVED, **more: object) -> Fact:
    """The output of ingots in a period; `more` are other fields of the fact."""
    fact = Fact(
        id=fact_id(source, period, value, sorted(more.items(), key=str)), subject="in.ingot", measure="output",
        period=period, value=Decimal(value), unit="吨", half_width=Decimal("0.5"), source=source,
        locator=None, rule="test",
    )  # fmt: skip
    return replace(fact, **more)  # type: ignore[arg-type]


def document(name: str, text: str) -> tuple[Document, bytes]:
    raw = text.encode()
    source = Source(sha256(raw).hexdigest(), name, "text/plain", len(raw), title=text[:5])
    return Document(source, text, (Block("paragraph", 0, len(text), where="page 1"),)), raw


def read(
    ledger: Ledger, name: str, text: str, recorded: datetime | None = None, edition: str = ""
) -> list[Fact]:
    """Keep and append a document in which every word is the output of one month.

    Edition "B" of the rules does not know the word 3, and gives 2 another unit.
    """
    found, raw = document(name, text)
    ledger.library.keep(found, raw, edition)
    facts = []
    for month, word in enumerate(text.split(), 1):
        at = Locator(0, text.index(word), text.index(word) + len(word))
        unit = "t" if (edition, word) == ("B", "2") else "吨"
        fact = output(f"2024-{month:02d}", word, found.source.hash, locator=at, quote=word, unit=unit)
        if (edition, word) != ("B", "3"):
            facts.append(fact)
    ledger.append(facts, [found], recorded, edition=edition)
    return facts


def values(facts: object) -> list[str]:
    return [str(fact.value) for fact in facts]  # type: ignore[attr-defined]


WORDS = st.text(max_size=20)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
INDEX = st.integers(0, 2**31 - 1)
FACTS = st.builds(
    Fact,
    id=st.binary(min_size=10, max_size=10).map(bytes.hex),
    subject=WORDS, measure=WORDS, place=st.none() | WORDS, period=st.none() | WORDS,
    value=DECIMALS, value_high=st.none() | DECIMALS, half_width=DECIMALS, unit=WORDS,
    status=st.sampled_from(STATUSES), source=WORDS,
    locator=st.none() | st.builds(Locator, INDEX, INDEX, INDEX, st.none() | INDEX, st.none() | INDEX),
    quote=WORDS, subject_words=WORDS, rule=WORDS, approx=st.none() | st.sampled_from(APPROXIMATIONS),
    base=st.none() | WORDS, form=WORDS, parents=st.lists(WORDS, max_size=3).map(tuple),
    published=st.none() | st.dates(), replaces=st.none(),
)  # fmt: skip


@given(st.lists(FACTS, max_size=5, unique_by=lambda fact: fact.id))
def test_every_fact_comes_back_exactly_as_it_went_in(facts: list[Fact]) -> None:
    with TemporaryDirectory() as folder:
        ledger = Ledger(folder)
        assert ledger.append(facts, recorded=START) == len(facts)
        found = {fact.id: fact for fact in ledger.facts()}
    assert found == {fact.id: replace(fact, recorded=START) for fact in facts}
    assert {id: str(fact.value) for id, fact in found.items()} == {f.id: str(f.value) for f in facts}


def test_the_printed_scale_of_a_number_survives(ledger: Ledger) -> None:
    ledger.append([output("2024-01", "74.0"), output("2024-02", "1E+2"), output("2024-03", "-0.00")])
    assert values(ledger.series("in.ingot", "output")) == ["74.0", "1E+2", "-0.00"]


def test_a_value_that_is_no_number_is_refused_and_nothing_is_kept(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="finite"):
        ledger.append([output("2024-01", "1"), output("2024-02", "NaN")])
    assert len(ledger.facts()) == 0


def test_an_id_that_is_none_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="20 hexadecimal"):
        ledger.append([replace(output("2024-01", "1"), id="x")])


def test_the_same_facts_again_add_nothing(ledger: Ledger) -> None:
    facts = [output(f"2024-{month:02d}", "1") for month in range(1, 10)]
    assert [ledger.append(facts), ledger.append(facts), ledger.append(facts[:3] + facts[:3])] == [9, 0, 0]
    assert ledger.append([output("2025-01", "1"), *facts, output("2025-01", "1")]) == 1
    assert len(ledger.facts()) == 10


def test_a_changed_document_supersedes_its_older_reading(ledger: Ledger) -> None:
    read(ledger, "note.txt", "10 20 30", START)
    read(ledger, "note.txt", "10 25", START + timedelta(days=1))
    assert values(ledger.series("in.ingot", "output")) == ["10", "25"]
    assert values(ledger.series("in.ingot", "output", as_of=date(2024, 1, 1))) == ["10", "20", "30"]
    assert values(ledger.series("in.ingot", "output").vintages) == ["10", "10", "20", "25", "30"]
    assert [reading.hash for reading in ledger.readings()] == [document("", "10 25")[0].source.hash]


def test_a_document_that_goes_back_to_its_old_words_shows_the_old_facts_again(ledger: Ledger) -> None:
    for text in ("10", "11", "10"):
        read(ledger, "note.txt", text)
    assert values(ledger.facts()) == ["10"]


def test_one_document_under_two_names_shows_its_facts_once(ledger: Ledger) -> None:
    read(ledger, "a.txt", "10 20")
    read(ledger, "b.txt", "10 20")
    assert len(ledger.facts()) == 2
    assert [(r.name, r.figures) for r in ledger.readings()] == [("a.txt", 2), ("b.txt", 2)]
    read(ledger, "a.txt", "7")
    assert sorted(values(ledger.facts())) == ["10", "20", "7"], "b.txt still says so"


def test_a_document_is_kept_before_its_reading(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="library"):
        ledger.append([], [document("a.txt", "10")[0]])
    assert ledger.readings() == []


def test_a_correction_hides_what_it_replaces_from_then_on(ledger: Ledger) -> None:
    [fact] = read(ledger, "a.txt", "10", START)
    new = ledger.correct(fact.id, Decimal("10.5"), "by phone", recorded=START + timedelta(days=1))
    assert (new.replaces, new.parents, new.half_width) == (fact.id, (fact.id,), fact.half_width)
    assert values(ledger.facts()) == ["10.5"]
    assert values(ledger.facts(as_of=START)) == ["10"]
    again = ledger.correct(new.id, Decimal("10.4"), "by letter", Decimal("0.05"))
    assert values(ledger.facts()) == ["10.4"]
    with pytest.raises(LedgerError, match="corrected before"):
        ledger.correct(fact.id, Decimal("1"), "too late")
    assert [ledger.fact(id).value for id in (fact.id, new.id, again.id)] == [
        10,
        Decimal("10.5"),
        Decimal("10.4"),
    ]


def test_a_correction_needs_a_reason_and_a_fact(ledger: Ledger) -> None:
    [fact] = read(ledger, "a.txt", "10")
    with pytest.raises(LedgerError, match="reason"):
        ledger.correct(fact.id, Decimal(1), " ")
    with pytest.raises(UnknownFact):
        ledger.correct("0" * 20, Decimal(1), "why not")


def test_the_past_is_not_rewritten(ledger: Ledger) -> None:
    ledger.append([output("2024-01", "1")], recorded=START)
    for recorded in (START, START - timedelta(days=1)):
        with pytest.raises(LedgerError, match="later"):
            ledger.append([output("2024-02", "1")], recorded=recorded)
    assert len(ledger.facts()) == 1


def test_a_moment_says_its_zone(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="zone"):
        ledger.append([], recorded=datetime(2024, 1, 1))
    with pytest.raises(ValueError, match="zone"):
        ledger.facts(as_of=datetime(2024, 1, 1))


def test_facts_are_chosen_by_any_of_their_words(ledger: Ledger) -> None:
    ledger.append(
        [output("2024-01", "1"), output("2024-02", "2", place="CN-35"), output("2024-03", "3", unit="t")]
    )
    assert values(ledger.facts(place="CN-35")) == ["2"]
    assert sorted(values(ledger.facts(place=None))) == ["1", "3"]
    assert sorted(values(ledger.facts(period=["2024-01", "2024-03"]))) == ["1", "3"]
    assert values(ledger.facts(subject="in.ingot", unit="t")) == ["3"]
    assert values(ledger.facts(subject="'; drop table x --")) == []
    assert len(ledger.facts(ids=[])) == 0
    with pytest.raises(TypeError, match="colour"):
        ledger.facts(colour="red")


def test_the_newest_vintage_is_the_one_published_last(ledger: Ledger) -> None:
    ledger.append([output("2024-01", "12", published=date(2024, 3, 1))])
    ledger.append([output("2024-01", "11", published=date(2024, 2, 1)), output("2024-01", "10")])
    series = ledger.series("in.ingot", "output")
    assert values(series) == ["12"]
    assert values(series.vintages) == ["10", "11", "12"]
    point = series.at("2024-01")
    assert point and point.value == 12 and series.at("2023") is None


def test_points_stand_in_order_of_time_and_facts_without_a_period_are_none(ledger: Ledger) -> None:
    periods = ["2024-02", "2023", "2024-Q1", None, "2024-01/2024-03", "2024-01"]
    ledger.append([output(period, "1") for period in periods])
    points = [fact.period for fact in ledger.series("in.ingot", "output")]
    assert points == ["2023", "2024-01", "2024-01/2024-03", "2024-Q1", "2024-02"]
    [key] = ledger.series_keys()
    assert (key.subject, key.measure, key.place, key.unit, key.n) == ("in.ingot", "output", None, "吨", 5)
    assert (key.first, key.last) == ("2023", "2024-Q1")


def test_facts_turn_into_arrow_and_pandas(ledger: Ledger) -> None:
    ledger.append([output("2024-01", "74.0"), output("2024-02", "1")])
    facts, series = ledger.facts(), ledger.series("in.ingot", "output")
    assert facts.to_arrow().column("value").to_pylist() == [str(fact.value) for fact in facts]
    assert series.to_pandas()[["value", "number"]].to_numpy().tolist() == [["74.0", 74.0], ["1", 1.0]]
    assert facts[0] == next(iter(facts)) and facts[-1] == list(facts)[-1]
    assert list(facts[::-1]) == list(facts)[::-1]
    with pytest.raises(IndexError):
        facts[2]


def test_a_table_may_leave_out_what_has_a_default(ledger: Ledger) -> None:
    import pyarrow as pa

    fact = output("2024-01", "74.0")
    columns = ("id", "subject", "measure", "period", "unit", "source", "rule")
    rows = {name: [getattr(fact, name)] for name in columns} | {"value": ["74.0"], "half_width": ["0.5"]}
    assert ledger.append_table(pa.table(rows), recorded=START) == 1
    assert list(ledger.facts()) == [replace(fact, recorded=START)]
    with pytest.raises(LedgerError, match="without unit"):
        ledger.append_table(pa.table({name: rows[name] for name in rows if name != "unit"}))


def test_explain_goes_down_to_the_printed_words(ledger: Ledger) -> None:
    first, second = read(ledger, "a.txt", "10 20")
    ledger.append([total := output("2024-02", "30", measure="sum", parents=(first.id, second.id, "0" * 20))])
    tree = ledger.explain(total.id)
    assert [parent.quote for parent in tree.parents] == ["10", "20"]
    assert [(p.before, p.after, p.document, p.where) for p in tree.parents] == [
        ("", "20", "a.txt", "page 1"), ("10", "", "a.txt", "page 1")
    ]  # fmt: skip
    assert tree.missing == ("0" * 20,)
    assert tree.to_dict()["parents"][1]["value"] == "20"
    fixed = ledger.correct(first.id, Decimal(11), "a typing error")
    assert ledger.explain(fixed.id).reason == "a typing error"


def test_an_id_may_be_cut_short_while_it_is_one_facts_alone(ledger: Ledger) -> None:
    ledger.append([output("2024-01", "1", value_high=None), output("2024-02", "2")])
    for fact in ledger.facts():
        assert ledger.whole_id(fact.id[:12]) == ledger.whole_id(fact.id) == fact.id
    many = [output("2024-03", str(n)) for n in range(17)]
    ledger.append(many)
    firsts = [fact.id[0] for fact in many]
    with pytest.raises(AmbiguousFact):
        ledger.whole_id(max(firsts, key=firsts.count))
    for absent in ("", "x", "%"):
        with pytest.raises(UnknownFact, match="no fact"):
            ledger.whole_id(absent)


def test_what_newer_rules_read_otherwise_takes_the_place_of_what_they_read_before(ledger: Ledger) -> None:
    old = read(ledger, "a.txt", "1 2 3", START)
    ledger.correct(old[1].id, Decimal("2.5"), "by phone", recorded=START + timedelta(hours=1))
    new = read(ledger, "a.txt", "1 2 3", START + timedelta(days=1), "B")
    assert [fact.unit for fact in new] == ["吨", "t"]
    assert sorted(values(ledger.facts())) == ["1", "2.5"], "3 is no figure any more, 2 stays corrected"
    assert sorted(values(ledger.facts(as_of=date(2024, 1, 1)))) == ["1", "2.5", "3"]
    [entry] = ledger.readings()
    assert (entry.edition, entry.figures) == ("B", 2)
    read(ledger, "a.txt", "1 2 3")
    assert sorted(values(ledger.facts())) == ["1", "2.5", "3"]
    assert sorted(values(ledger.facts(as_of=START + timedelta(days=1)))) == ["1", "2.5"]


def test_compaction_changes_no_answer(ledger: Ledger) -> None:
    for day in range(5):
        read(ledger, "note.txt", " ".join(str(10 * day + n) for n in range(4)), START + timedelta(days=day))
    before = [list(ledger.facts(as_of=START + timedelta(days=day))) for day in range(5)]
    ledger.compact()
    assert [list(ledger.facts(as_of=START + timedelta(days=day))) for day in range(5)] == before
    assert ledger.append(before[0]) == 0, "known ids stay known"


def test_many_small_appends_leave_few_segments(ledger: Ledger, tmp_path: Path) -> None:
    for day in range(30):
        ledger.append([output("2024-01", str(day))])
    with ledger._manifest.reading() as db:
        [live] = db.execute("select count(*) from segment where retired is null").fetchone()
    assert live < 10 and len(ledger.facts()) == 30


def test_what_was_ever_stated_stays_in_sight_when_it_counts_no_more(ledger: Ledger) -> None:
    read(ledger, "a.txt", "1 2 3")
    read(ledger, "a.txt", "1 2 4")
    assert values(ledger.facts()) == ["1", "2", "4"]
    assert sorted(values(ledger.stated(subject="in.ingot"))) == ["1", "1", "2", "2", "3", "4"]
    assert values(ledger.stated(period="2024-03", measure=("output", "price"))) in (["3", "4"], ["4", "3"])


def test_the_last_write_grows_with_every_write_and_with_nothing_else(ledger: Ledger) -> None:
    moments = [ledger.last_write()]
    [first, *_] = read(ledger, "a.txt", "1 2 3")
    moments.append(ledger.last_write())
    ledger.correct(first.id, Decimal(9), "checked")
    moments.append(ledger.last_write())
    ledger.withdraw(["a.txt"])
    moments.append(ledger.last_write())
    assert moments[0] == 0
    assert moments == sorted(set(moments))
    list(ledger.facts())
    ledger.compact()
    assert ledger.last_write() == moments[-1]
