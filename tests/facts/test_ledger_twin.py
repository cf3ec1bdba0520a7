"""The ledger beside an independent twin: the same rules over plain lists, whatever is done in whatever order."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from touchstone.facts.fact import Fact
from touchstone.facts.ledger import Ledger

from .test_ledger import START, document, output, read

NAMES, TEXTS = ("a", "b", "c"), ("1", "1 2", "3", "2 5 4")
STEPS = st.lists(
    st.tuples(st.just("read"), st.sampled_from(NAMES), st.sampled_from(TEXTS), st.sampled_from(["", "B"]))
    | st.tuples(st.just("correct"), st.integers(0, 20), st.integers(50, 60), st.none())
    | st.tuples(st.just("derive"), st.integers(100, 103), st.none(), st.none())
    | st.tuples(st.just("compact"), st.none(), st.none(), st.none()),
    max_size=12,
)  # fmt: skip


class Twin:
    """The rules of the ledger, written the plain way."""

    def __init__(self) -> None:
        self.facts: dict[str, tuple[datetime, Fact]] = {}
        self.readings: list[tuple[datetime, str, str]] = []
        self.editions: list[tuple[datetime, str, str, set[str]]] = []

    def interpret(self, at: datetime, hash: str, edition: str, ids: set[str]) -> None:
        """From now on the bytes say this, unless the same edition has read them last."""
        if [e for _, h, e, _ in self.editions if h == hash][-1:] != [edition]:
            self.editions.append((at, hash, edition, ids))

    def add(self, at: datetime, facts: list[Fact]) -> None:
        for fact in facts:
            self.facts.setdefault(fact.id, (at, fact))

    def shown(self, as_of: datetime) -> set[str]:
        past = [(name, hash) for at, name, hash in self.readings if at <= as_of]
        hidden = {hash for _, hash in past} - set(dict(past).values())
        facts = [fact for at, fact in self.facts.values() if at <= as_of and fact.source not in hidden]
        said = {hash: ids for at, hash, _, ids in self.editions if at <= as_of}
        replaced = {fact.replaces for fact in facts}
        corrected = {place(self.facts[id][1]) for id in replaced if id}
        by_hand = {fact.id for fact in facts if fact.replaces}
        read = {f.id for f in facts if f.id in said.get(f.source, {f.id}) and place(f) not in corrected}
        return (read | by_hand) - replaced


def place(fact: Fact) -> tuple[object, ...]:
    """Where a fact stands and what it says there: a correction holds for all readings of that."""
    return fact.source, fact.locator, fact.value


def follow(ledger: Ledger, twin: Twin, steps: list[tuple]) -> Iterator[datetime]:
    """Do each step to both; yield the moment of each."""
    for number, (what, one, two, three) in enumerate(steps):
        at = START + timedelta(hours=number)
        if what == "read":
            facts, hash = read(ledger, one, two, at, three), document(one, two)[0].source.hash
            twin.add(at, facts)
            twin.readings.append((at, one, hash))
            twin.interpret(at, hash, three, {fact.id for fact in facts})
        elif what == "derive":
            twin.add(at, [fact := output("2024-01", str(one))])
            ledger.append([fact], recorded=at)
        elif what == "correct" and (open_ := sorted(twin.shown(at))):
            new = ledger.correct(open_[one % len(open_)], Decimal(two), "twin", recorded=at)
            twin.add(at, [new])
        elif what == "compact":
            ledger.compact()
        yield at


@given(STEPS)
@example(
    [("read", "a", "1 2", "B"), ("read", "b", "1 2", ""), ("read", "a", "1 2", "B"), ("read", "a", "1 2", "")]
)
def test_a_read_as_of_a_moment_is_what_the_rules_said_at_that_moment(steps: list[tuple]) -> None:
    with TemporaryDirectory() as folder:
        ledger, twin = Ledger(folder), Twin()
        seen = {at: list(ledger.facts()) for at in follow(ledger, twin, steps)}
        for at, facts in seen.items():
            assert list(ledger.facts(as_of=at)) == facts
            assert {fact.id for fact in facts} == twin.shown(at)
