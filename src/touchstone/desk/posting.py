"""Posting: what the trail says was published is brought into the library and the ledger, and they are compared.

The trail comes first; the ledger follows from it. A process that dies in between leaves an entry whose record the
ledger does not have yet, and the next posting puts it there: the same record, made again from the same entries.
"""

from datetime import date

from touchstone.desk.publication import MEDIA, Record, anchor_of, notice_of, record_of
from touchstone.desk.refusal import DamagedTrail, refusal
from touchstone.desk.replay import assessed, reported
from touchstone.desk.trail import Entry, Trail, broken
from touchstone.facts.ledger import Ledger

_POSTED = ("publish", "issue", "withdraw")


def post(trail: Trail, ledger: Ledger) -> int:
    """Bring every published record that the ledger lacks into it; how many there were.

    Raises:
        DamagedTrail: DESK-033, the entries no longer give the record they name.
    """
    missing = unposted(trail, ledger)
    for entry in missing:
        _post(trail, ledger, entry)
    return len(missing)


def unposted(trail: Trail, ledger: Ledger) -> list[Entry]:
    """The entries of records that the ledger lacks, in order."""
    known = ledger.editions()
    return [entry for entry in trail.entries(what=_POSTED) if entry.content["record"] not in known]


def _post(trail: Trail, ledger: Ledger, entry: Entry) -> None:
    before = tuple(e for e in trail.entries(entry.about, entry.day) if e.number < entry.number)
    [given] = assessed(before).values()
    content, head = entry.content, (entry.number - 1, entry.previous)
    day = date.fromisoformat(content["published"])
    if entry.what == "publish":
        record = record_of(
            given, reported(trail.entries(entry.about, what=("input",))), day, head, content["status"]
        )
    else:
        assert given.pending
        record = notice_of(given, given.pending, entry.who, day, head)
    if record.hash != content["record"]:
        raise refusal(DamagedTrail, "DESK-033", given.id, number=entry.number)
    if entry.what == "withdraw":
        _withdraw(ledger, record.document.source.name.rpartition("/correction")[0])
    _keep(ledger, record)


def _keep(ledger: Ledger, record: Record) -> None:
    ledger.library.keep(record.document, record.data)
    ledger.append(record.facts, [record.document])


def _withdraw(ledger: Ledger, name: str) -> None:
    """Let every record of an assessment no longer count, those that counted until now."""
    mine = [each.name for each in ledger.readings() if each.name == name or each.name.startswith(f"{name}/")]
    if mine:
        ledger.withdraw(mine)


def damage(trail: Trail, ledger: Ledger) -> list[DamagedTrail]:
    """What shows that the trail is not as it was written; none where the chain holds and every record agrees.

    The chain alone proves that nothing inside it was changed; the records in the ledger prove that its end was not
    cut off, nor the whole written anew.
    """
    entries = trail.entries()
    first = broken(entries)
    found = [] if first is None else [refusal(DamagedTrail, "DESK-035", str(trail.path), number=first)]
    hashes = {entry.number: entry.hash for entry in entries}
    for reading in ledger.readings():
        if reading.media == MEDIA and (anchor := anchor_of(ledger.document(reading.hash))):
            number, hash = anchor
            if hashes.get(number) != hash:
                found.append(refusal(DamagedTrail, "DESK-036", reading.name, number=number))
    return found
