"""Days and times of spreadsheets: a serial number and its format → the text shown."""

import re
from datetime import datetime, timedelta

_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.DOTALL)
_PARTS = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|(\[h+\]|\[m+\]|\[s+\])|\[[^\]]*\]|'
    r"(y+|m+|d+|h+|s+|a{3,4}|AM/PM|A/P|上午/下午)|\.(0+)|(.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS = "一二三四五六日"
_MAX_SERIAL = 2_958_466
"""31 December 9999 and one day."""


def is_date(section: str) -> bool:
    """Whether a format section shows a day or a time: y, m, d, h or s outside literals."""
    bare = _LITERALS.sub("", section).lower()
    return "general" not in bare and any(letter in bare for letter in "ymdhs")


def shown_date(serial: float, section: str, date1904: bool) -> str:
    """The text of a serial day number; "" where the number is no day."""
    moment = _moment(serial, date1904)
    if moment is None:
        return ""
    parts = [
        (m.group(1) or m.group(2) or m.group(6) or "", (m.group(3) or m.group(4) or "").lower(), m.group(5))
        for m in _PARTS.finditer(section)
    ]
    codes = [code for _, code, _ in parts if code]
    half_day = any("/" in code for code in codes)
    pieces, position = [], -1
    for literal, code, fraction in parts:
        position += bool(code)
        if fraction:
            pieces.append(f".{moment.microsecond // 1000:03d}"[: len(fraction) + 1])
        elif code:
            minutes = code in ("m", "mm") and _beside_time(codes, position)
            pieces.append(_piece(moment, serial, "minute" if minutes else code, len(code), half_day))
        else:
            pieces.append(literal)
    return "".join(pieces).strip()


def _moment(serial: float, date1904: bool) -> datetime | None:
    """Days count from 1899-12-30 (which absorbs the 29 February 1900 that spreadsheets believe in)."""
    if not 0 <= serial < _MAX_SERIAL:
        return None
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 31 if serial < 60 else 30)
    try:
        return epoch + timedelta(days=int(serial), milliseconds=round((serial % 1) * 86_400_000))
    except OverflowError:
        return None


def _beside_time(codes: list[str], position: int) -> bool:
    """`m` means minutes after hours or before seconds."""
    before = codes[position - 1] if position else ""
    after = codes[position + 1] if position + 1 < len(codes) else ""
    return before.strip("[]").startswith("h") or after.strip("[]").startswith("s")


def _piece(moment: datetime, serial: float, code: str, width: int, half_day: bool) -> str:
    letter = code.strip("[]")[0]
    if code.startswith("["):
        return f"{int(serial * {'h': 24, 'm': 1440, 's': 86400}[letter] + 1e-6)}"
    if "/" in code:
        return ("上午" if moment.hour < 12 else "下午") if letter == "上" else moment.strftime("%p")
    if code == "minute":
        return f"{moment.minute:0{width}d}"
    if letter == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    if letter == "a":
        return ("星期" if width > 3 else "") + _WEEKDAYS[moment.weekday()]
    if width > 2 and letter in "md":
        return moment.strftime({("m", 3): "%b", ("d", 3): "%a", ("d", 4): "%A"}.get((letter, width), "%B"))
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    value = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return f"{value:0{min(width, 2)}d}"
