"""Where a number comes from, as lines of text in words: for a terminal."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from touchstone.calc.linkage.methods import formula
from touchstone.facts.document import Document
from touchstone.facts.lineage import Explanation
from touchstone.publish.dates import day, moment, period
from touchstone.publish.format import amount, interval, measure, name, where
from touchstone.publish.marked import Piece, context
from touchstone.publish.words import catalogue, word


def explained(tree: Explanation, document: Callable[[str], Document], lang: str) -> str:
    """The tree of a figure, its parents indented below it; a line break in words of a document is a space.

    Args:
        tree: where a figure comes from.
        document: gives a document by its hash.
        lang: zh or en.
    """
    return "\n".join(line.replace("\n", " ") for line in _lines(tree, document, lang, ""))


def evidence_said(named: Iterable[tuple[str, date | None]], lang: str, most: int | None = None) -> str:
    """Numbers and days of documents, each once; how many there are where only the first are named.

    >>> evidence_said([("DB-0317", date(2024, 6, 30)), ("DB-0318", None)], "en")
    'DB-0317 (2024-06-30), DB-0318'
    """
    every = list(dict.fromkeys(named))
    said = (
        word("explained.dated", lang, number=number or "–", day=on.isoformat()) if on else number
        for number, on in every[:most]
    )
    more = word("explained.more", lang, n=len(every)) if most is not None and len(every) > most else ""
    return word("list.comma", lang).join(said) + more


def rule_in_words(rule: str, lang: str) -> str:
    """How a figure was read: what was found, then what gave it its meaning; what was computed by the name of its formula; an
    unknown rule by its id.

    >>> rule_in_words("Q.digit+M.output", "en")
    'a number in the text · output (Q.digit+M.output)'
    """
    found, _, meaning = rule.partition("+M.")
    key = f"read_by.{found.replace('.', '_')}"
    if key not in catalogue():
        return _formula(rule, lang)
    known = meaning and measure(meaning, "zh") != meaning
    return f"{' · '.join(filter(None, (word(key, lang), measure(meaning, lang) if known else '')))} ({rule})"


def _formula(rule: str, lang: str) -> str:
    try:
        called = formula(rule).name
    except ValueError:
        return rule
    return f"{called.zh if lang == 'zh' else called.en} ({rule})"


def _lines(tree: Explanation, document: Callable[[str], Document], lang: str, indent: str) -> Iterator[str]:
    fact = tree.fact
    what = (
        name(fact.subject, lang),
        measure(fact.measure, lang),
        name(fact.place, lang),
        period(fact.period, lang),
    )
    yield f"{indent}{' · '.join(filter(None, what))}  {amount(fact, lang)}  [{fact.id}]"
    rows = [("interval", interval(fact, lang)), *_printed(tree, document, lang)]
    rows += [
        ("evidence", evidence_said(tree.evidence, lang)), ("published", day(fact.published, lang)), ("recorded", moment(fact.recorded, lang)),
        ("rule", rule_in_words(fact.rule, lang)), ("reason", tree.reason or ""),
    ]  # fmt: skip
    yield from (f"{indent}  {word(f'explained.{key}', lang)}  {text}" for key, text in rows if text)
    if tree.parents or tree.missing:
        yield f"{indent}  {word('explained.from', lang)}"
    for parent in tree.parents:
        yield from _lines(parent, document, lang, indent + "    ")
    for id in tree.missing:
        yield f"{indent}    [{id}] {word('explained.unknown', lang)}"


def _printed(tree: Explanation, document: Callable[[str], Document], lang: str) -> Iterator[tuple[str, str]]:
    """The document and the place, the heads of a cell, and its row or the sentence with the figure marked."""
    if not tree.document:
        return
    if tree.where or tree.before or tree.after:
        found = context(document(tree.fact.source), (tree.fact,))
        yield "source", " · ".join(filter(None, (tree.document, where(found.where, lang))))
        yield "heads", " / ".join(found.heads)
        yield "quote", "".join(map(_marked, found.pieces)).strip()
    else:
        yield "source", tree.document
        yield "quote", f"【{tree.quote}】" if tree.quote else ""


def _marked(piece: Piece) -> str:
    return f"【{piece.text}】" if piece.facts else piece.text
