"""Add a metal: antimony, by a quotation and a few lines of layout of the workspace; print what the bulletin says of it."""

import re
import shutil
import tempfile
from datetime import date
from pathlib import Path

import touchstone

INPUT = Path(__file__).resolve().parent / "input"


def lines(page: Path) -> list[str]:
    """The headings, paragraphs and rows of a page as text."""
    html = page.read_text(encoding="utf-8").partition("<body>")[2]
    parts = re.findall(r"<(h\d|p|tr)\b[^>]*>(.*?)</\1>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", part).split()) for _, part in parts]


def main() -> None:
    """Write the issue of 9 October 2020 in both languages; print its lines of antimony."""
    with tempfile.TemporaryDirectory() as kept:
        workspace = touchstone.open(kept)
        for name in ("quotations.toml", "bulletin.toml"):
            shutil.copy(INPUT / name, kept)
        workspace.read([INPUT])
        made = workspace.bulletin(date(2020, 10, 9), Path(kept) / "out")
        print(f"{len(made.files)} files")
        for page in (path for path in made.files if path.suffix == ".html"):
            print(f"\n{page.name}")
            told = lines(page)
            rows = [n for n, line in enumerate(told) if re.search("锑|[Aa]ntimony", line)]
            print("\n".join(told[n] for n in rows))
            print("\n".join(told[rows[-1] + 1 : rows[-1] + 4]))


if __name__ == "__main__":
    main()
