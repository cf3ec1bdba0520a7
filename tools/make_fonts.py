"""Cut the fonts of printed reports out of Noto Sans CJK SC, as the Debian package fonts-noto-cjk has it.

Kept are the characters a report of the trade may print: GB 2312, the Table of General Standard Chinese
Characters, Latin, Greek and Cyrillic, signs, arrows and shapes. Noto lacks most lowered and raised figures
(CO₂, 10⁻⁶); they are drawn from its own. The same input gives the same bytes.
"""

import argparse
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GIVEN = Path("/usr/share/fonts/opentype/noto")
FOLDER = ROOT / "src" / "touchstone" / "data" / "fonts"
BEYOND = ROOT / "tools" / "fonts" / "beyond_gb2312.txt"
FAMILY = "Touchstone Sans SC"
"""A name of its own: Noto is a trade mark, and this is no longer all of Noto."""
WEIGHTS = ("Regular", "Bold")

RANGES = (
    (0x0020, 0x0250),  # Latin
    (0x0370, 0x0530),  # Greek, Cyrillic
    (0x2000, 0x2C00),  # punctuation, currencies, units, numbers, arrows, mathematics, shapes
    (0x3000, 0x3040),  # Chinese punctuation
    (0x3200, 0x3400),  # enclosed characters, square units
    (0xFF00, 0xFFF0),  # full width
)
FEATURES = ["kern", "halt", "liga"]
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+−", strict=True))
RAISED = dict(zip("⁰⁴⁵⁶⁷⁸⁹⁺⁻", "0456789+−", strict=True))
WIDE, TALL = 0.67, 0.6
"""How much narrower and lower a raised figure is: the proportions of Noto's own ²."""
LOW, HIGH = -130, 441
"""Where the foot of a lowered and of a raised figure stands, in thousandths of the type size."""


def characters() -> set[int]:
    """Code points to keep where the font has them."""
    kept = {point for first, last in RANGES for point in range(first, last)}
    kept |= {ord(c) for c in _gb2312()}
    lines = BEYOND.read_text(encoding="utf-8").splitlines()
    return kept | {ord(c) for line in lines if not line.startswith("#") for c in line}


def _gb2312() -> Iterator[str]:
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            yield from bytes((row, cell)).decode("gb2312", errors="ignore")


def build(given: Path, weight: str) -> bytes:
    """The font of one weight."""
    font = _opened(given, weight)
    _subset(font, characters())
    _draw_scripts(font)
    _rename(font, weight)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _opened(given: Path, weight: str) -> Any:
    from fontTools.ttLib import TTCollection

    collection = TTCollection(given / f"NotoSansCJK-{weight}.ttc", recalcTimestamp=False)
    return next(font for font in collection.fonts if font["name"].getDebugName(1) == "Noto Sans CJK SC")


def _subset(font: Any, kept: set[int]) -> None:
    from fontTools import subset

    options = subset.Options(layout_features=FEATURES, hinting=False, name_IDs=["*"], notdef_outline=True)
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=kept)
    cutter.subset(font)


def _draw_scripts(font: Any) -> None:
    """Add the lowered and raised figures that the font lacks, as outlines of their own."""
    have = font.getBestCmap()
    for figures, foot in ((LOWERED, LOW), (RAISED, HIGH)):
        for character, of in figures.items():
            if ord(character) not in have:
                _add(font, ord(character), have[ord(of)], foot)


def _add(font: Any, point: int, glyph: str, foot: int) -> None:
    """Append an outline, made small, to a CID-keyed CFF font and give it a code point."""
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen

    outlines = font.getGlyphSet()
    width, bearing = (round(size * WIDE) for size in font["hmtx"][glyph])
    pen = T2CharStringPen(width, outlines)
    outlines[glyph].draw(TransformPen(pen, (WIDE, 0, 0, TALL, 0, foot)))
    top = font["CFF "].cff.topDictIndex[0]
    group = top.FDSelect[font.getGlyphID(glyph)]
    drawn = pen.getCharString(private=top.FDArray[group].Private, globalSubrs=font["CFF "].cff.GlobalSubrs)
    drawn.fdSelectIndex = group
    name = f"cid{max(int(n[3:]) for n in top.charset[1:]) + 1:05d}"
    top.CharStrings.charStrings[name] = len(top.CharStrings.charStringsIndex)
    top.CharStrings.charStringsIndex.append(drawn)
    top.FDSelect.append(group)
    top.charset.append(name)
    font.setGlyphOrder(top.charset)
    font["hmtx"].metrics[name] = (width, bearing)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[point] = name


def _rename(font: Any, weight: str) -> None:
    """Its own names; copyright, designers and licence stay as they are."""
    short = FAMILY.replace(" ", "")
    names = {1: FAMILY, 2: weight, 3: f"{short}-{weight}", 4: f"{FAMILY} {weight}", 6: f"{short}-{weight}"}
    names[10] = "A subset of Noto Sans CJK SC 2.004 with lowered and raised figures added."
    table = font["name"]
    table.names = [
        n for n in table.names if n.platformID == 3 and n.langID == 0x409 and n.nameID not in (16, 17)
    ]
    for key, words in names.items():
        table.setName(words, key, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames[0] = f"{short}-{weight}"
    top.topDictIndex[0].FamilyName, top.topDictIndex[0].FullName = FAMILY, f"{FAMILY} {weight}"


def main() -> None:
    """Write the fonts into the folder given, by default that of the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument(
        "--noto", type=Path, default=GIVEN, help="folder with NotoSansCJK-Regular.ttc and -Bold.ttc"
    )
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        path = given.folder / f"{FAMILY.replace(' ', '')}-{weight}.otf"
        path.write_bytes(build(given.noto, weight))
        print(f"{path.name}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
