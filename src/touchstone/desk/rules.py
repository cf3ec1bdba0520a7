"""What every act must meet: a name, a reason, a price on its step, an unchanged method, tests that hold."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from touchstone.desk.assessment import STATES, Assessment
from touchstone.desk.detectors.detectors import declarations
from touchstone.desk.method import Method
from touchstone.desk.refusal import NotAllowed, UnusableMethod, refusal
from touchstone.desk.replay import method_of
from touchstone.desk.result import Result
from touchstone.desk.stated import clean
from touchstone.desk.trail import Writing
from touchstone.facts.text import Text

_LONGEST_NAME, _LONGEST_WORDS = 80, 4000
_TOO_MUCH = 10**12


def named(by: str) -> str:
    """The name somebody gives. Raises NotAllowed: DESK-018, it is none."""
    name = clean(by)
    if not name or len(name) > _LONGEST_NAME:
        raise refusal(NotAllowed, "DESK-018", "by", found=name[:20] or Text("空白", "nothing"))
    return name


def reason(words: str, where: str) -> str:
    """The reason somebody gives. Raises NotAllowed: DESK-019, there is none; DESK-034, it is too long."""
    if not (given := remark(words, where)):
        raise refusal(NotAllowed, "DESK-019", where)
    return given


def remark(words: str, where: str) -> str:
    """Words that may be missing, in one line. Raises NotAllowed: DESK-034, they are too long."""
    given = " ".join(words.split())
    if len(given) > _LONGEST_WORDS:
        raise refusal(NotAllowed, "DESK-034", where, n=len(given), limit=_LONGEST_WORDS)
    return given


def on_step(method: Method, value: Decimal, where: str) -> Decimal:
    """A price with the places of the method. Raises NotAllowed: DESK-032, it is between two steps, or not above 0."""
    if not value.is_finite() or not 0 < value < _TOO_MUCH or value % method.step:
        raise refusal(NotAllowed, "DESK-032", where, found=f"{value:f}", step=method.step)
    return value.quantize(method.step)


def has_come(day: date, at: datetime | None, where: str) -> None:
    """Nothing is assessed ahead. Raises NotAllowed: DESK-040, the day is later than today."""
    if day > (now := today(at)):
        raise refusal(NotAllowed, "DESK-040", where, day=day, today=now)


def same_edition(edition: Method, writing: Writing) -> None:
    """An edition that was used before must be the same to the last character."""
    opened = writing.entries(edition.quotation, what=("open", "reopen"))
    for used in map(method_of, {entry.content["method"] for entry in opened}):
        if used.edition == edition.edition and used.hash != edition.hash:
            where = f"{edition.quotation}, {edition.edition}"
            raise refusal(UnusableMethod, "DESK-031", where, used=used.hash[:12], now=edition.hash[:12])


def stopping(found: Iterable[Result], passed: Mapping[str, str]) -> list[Result]:
    """The failing results that nobody let pass, and those that nobody can."""
    failing = [each for each in found if each.verdict == "fails"]
    return [each for each in failing if not declarations()[each.test].may_pass or each.id not in passed]


def told(stopping: Iterable[Result]) -> Text:
    """Failing results in one line."""
    said = [(declarations()[each.test].name, each.arithmetic) for each in stopping]
    return Text(
        "；".join(f"{name.zh}：{words.zh}" for name, words in said),
        "; ".join(f"{name.en}: {words.en}" for name, words in said),
    )


def departs(known: Assessment, proposed: tuple[Decimal, Decimal] | None, met: bool) -> Text:
    """How a value departs from the method."""
    assert known.value
    value = "-".join(map(str, known.value))
    if not met:
        return Text(
            f"数据不足方法的下限，评估值 {value}", f"less data than the method needs, and the value {value}"
        )
    given = "-".join(map(str, proposed or ()))
    return Text(f"评估值 {value}，按方法为 {given}", f"the value {value} where the method gives {given}")


def any_of(states: tuple[str, ...]) -> Text:
    """States in words: submitted or approved."""
    return Text(
        "或".join(STATES[each].zh for each in states), " or ".join(STATES[each].en for each in states)
    )


def today(at: datetime | None) -> date:
    """The day of a moment in its own zone; of now in the zone of this machine."""
    return (at or datetime.now(UTC).astimezone()).date()
