"""Posting: what the trail says was published is brought into the library and the ledger, and they are compared.

The trail comes first; the ledger follows from it. A process that dies in between leaves an entry whose record the
ledger does not have yet, and the next posting puts it there: the same record, made again from the same entries.
"""

from dataclasses import replace
from datetime import date

from touchstone.desk.publication import MEDIA, Record, anchor_of, notice_of, record_of
from touchstone.desk.refusal import DamagedTrail, refusal
from touchstone.desk.replay import assessed, reported, tested
from touchstone.desk.trail import Entry, Trail
from touchstone.facts.ledger import Ledger

_POSTED = ("publish", "issue", "withdraw")


def post(trail: Trail, ledger: Ledger) -> int:
    """Bring every published record that the ledger lacks into it; how many there were.

    Raises:
        DamagedTrail: DESK-035, an entry was changed; DESK-033, the entries no longer give the record they name.
    """
    missing = unposted(trail, ledger)
    if missing:
        trail.check()
    for entry in missing:
        _post(trail, ledger, entry)
    return len(missing)


def unposted(trail: Trail, ledger: Ledger) -> list[Entry]:
    """The entries of records that the ledger lacks, in order."""
    known = ledger.editions()
    return [entry for entry in trail.entries(what=_POSTED) if _record_in(entry) not in known]


def _record_in(entry: Entry) -> str:
    """The record an entry names; "" where it was changed so that it names none, of which its hash tells."""
    try:
        return str(entry.content["record"])
    except (ValueError, LookupError, TypeError):
        return ""


def _post(trail: Trail, ledger: Ledger, entry: Entry) -> None:
    before = tuple(e for e in trail.entries(entry.about, entry.day) if e.number < entry.number)
    [given] = assessed(before).values()
    content, head = entry.content, (entry.number - 1, entry.previous)
    day = date.fromisoformat(content["published"])
    if entry.what == "publish":
        record = record_of(
            given, reported(trail.entries(entry.about, what=("input",))).inputs, day, head, content["status"]
        )
    else:
        assert given.pending
        notice = replace(given.pending, overrides=tested(content)[1])
        record = notice_of(given, notice, entry.who, day, head)
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
    cut off, nor the whole written anew: each is named by the entry that published it, and names the one before.
    A record that the ledger lacks is told too; the next act posts it.
    """
    hashes = {entry.number: entry.hash for entry in trail.entries()}
    named = {_record_in(entry): entry.number for entry in trail.entries(what=_POSTED)}
    first, lacking = trail.broken(), unposted(trail, ledger)
    found = [] if first is None else [refusal(DamagedTrail, "DESK-035", str(trail.path), number=first)]
    for reading in (each for each in ledger.readings() if each.media == MEDIA):
        number, hash = anchor_of(ledger.document(reading.hash)) or (0, "")
        if reading.hash not in named:
            found.append(refusal(DamagedTrail, "DESK-037", reading.name))
        elif hashes.get(number) != hash:
            found.append(refusal(DamagedTrail, "DESK-036", reading.name, number=number))
    return found + [
        refusal(DamagedTrail, "DESK-039", str(trail.path), number=each.number) for each in lacking
    ]
