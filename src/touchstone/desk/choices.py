"""What may be chosen where something else was: every value with its name, and a line that would be right.

Source: the method of the assessment, data/assessment/causes.toml, data/assessment/detectors.toml.
"""

from collections.abc import Iterable, Mapping

from touchstone.desk.declared import causes, kinds
from touchstone.desk.detectors.detectors import declarations
from touchstone.desk.input import Input
from touchstone.desk.method import Method
from touchstone.desk.result import Result
from touchstone.desk.wording import span_text
from touchstone.facts.text import Text

_NONE = Text("（无）", "(none)")


def inputs_to_choose(inputs: Mapping[str, Input]) -> Text:
    """Inputs by their ids, each with its kind, price and day."""
    return _listed({id: _named(given) for id, given in inputs.items()})


def criteria_to_choose(method: Method) -> Text:
    """The criteria of a method."""
    return _listed({each.id: each.name for each in method.criteria})


def causes_to_choose() -> Text:
    """The causes a correction may name."""
    return _listed(causes())


def tests_to_pass(may_pass: bool) -> Text:
    """The tests that a second person may let pass, or those that nobody may."""
    return _listed({id: each.name for id, each in declarations().items() if each.may_pass is may_pass})


def way_out(id: str, state: str, failing: Iterable[Result]) -> Text:
    """The line that goes on from failing tests: let pass what may be, else send back or drop."""
    names = dict.fromkeys(each.test for each in failing)
    if state == "approved" or not all(declarations()[name].may_pass for name in names):
        act = "drop" if state == "published" else "send-back"
        return line(f"{act} {id}", Text("理由", "reason"))
    act = "issue" if state == "published" else "approve"
    zh, en = (" ".join(f'--pass {name}="{why}"' for name in names) for why in ("理由", "reason"))
    return Text(f"touchstone assess {act} {id} {zh} --by 王", f"touchstone assess {act} {id} {en} --by Wang")


def line(act: str, words: Text) -> Text:
    """A line of the command that does an act, with words for its reason."""
    return Text(
        f'touchstone assess {act} -m "{words.zh}" --by 李', f'touchstone assess {act} -m "{words.en}" --by Li'
    )


def first(choices: Iterable[str], else_: str) -> str:
    """The first of several values, for an example; a word for it where there is none."""
    return next(iter(choices), else_)


def _named(given: Input) -> Text:
    kind, price = kinds()[given.kind], span_text(given.low, given.high, given.unit)
    return Text(f"{kind.zh} {price.zh} {given.day}", f"{kind.en} {price.en} {given.day}")


def _listed(names: Mapping[str, Text]) -> Text:
    if not names:
        return _NONE
    return Text(
        "、".join(f"{id}（{name.zh}）" for id, name in names.items()),
        ", ".join(f"{id} ({name.en})" for id, name in names.items()),
    )
