"""Encodings: from the bytes of a text file to its characters, without guessing languages.

A byte order mark decides; then a declared encoding; then UTF-8, which other encodings almost never
satisfy by chance; then GB18030, the Chinese national standard, which contains GB 2312 and GBK.
"""

import codecs

from touchstone.read.refusal import refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 27} | {127}
_SAMPLE = 65_536


def decode(data: bytes, where: str, declared: str | None = None) -> str:
    """The characters of `data`; `declared` is the encoding the file itself names, if any.

    Line ends are left as they are. A decode that needs replacement characters is never accepted.

    Raises:
        UnreadableFile: READ-016, no encoding fits.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    names = [marked] if marked else [*_declared(declared), *_sixteen_bit(data), "utf-8", "gb18030"]
    failures = []
    for name in names:
        try:
            return data.decode(name)
        except UnicodeDecodeError as error:
            failures.append((error.start, name))
    position, name = max(failures)
    raise refusal("READ-016", where, encoding=name.upper(), position=position)


def looks_like_text(data: bytes) -> bool:
    """Whether the beginning of `data` is text: almost no control characters in some known encoding."""
    sample = data[:_SAMPLE]
    if any(sample.startswith(mark) for mark, _ in _MARKS) or _sixteen_bit(sample):
        return True
    controls = sum(byte in _CONTROL for byte in sample)
    return b"\0" not in sample and controls * 200 <= len(sample)


def _declared(name: str | None) -> list[str]:
    try:
        found = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return []
    # Files that say GB 2312 or GBK use characters of the larger set; some codecs are no text encodings.
    if found in ("gb2312", "gbk", "hz"):
        return ["gb18030"]
    return [found] if codecs.lookup(found)._is_text_encoding else []


def _sixteen_bit(data: bytes) -> list[str]:
    """UTF-16 without a mark: ASCII digits and line ends leave a zero in every second byte."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # A few characters (一 is 4E00) have a zero in the other byte.
    if len(sample) < 4 or max(even, odd) * 20 < len(sample) or min(even, odd) * 4 > max(even, odd):
        return []
    return ["utf-16-le"] if odd > even else ["utf-16-be"]
