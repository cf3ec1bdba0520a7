"""Text to facts: characters a second on one core, beside a rival and a floor, on the same text.

The rival is Recognizers-Text (Chinese): numbers, percentages, money, dimensions and dates, which a fact
needs too. The floor is a bare scan for digits: no reader that looks at every digit can be faster.
"""

import argparse
import json
import random
import re
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

from touchstone.facts.document import Document
from touchstone.read.figures import read_figures
from touchstone.read.measure import kind_of
from touchstone.read.read import read_document
from touchstone.read.subject import code_of, place_of

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
PEER = ROOT / ".uv" / "peers" / "bin" / "python"
REPEATS = 3
RATIO_DUE = 150
RATE_DUE = 500_000


def sentences() -> list[str]:
    """The running text of the sample folder's sources: prices, outputs, shares; Chinese and English."""
    weekly = tomllib.loads((ROOT / "tools/samples/weekly.toml").read_text(encoding="utf-8"))
    found = [text for metal in weekly["section"][0]["metal"] for text in metal["text"]]
    quarterly = (ROOT / "tools/samples/quarterly.typ").read_text(encoding="utf-8")
    found += [
        line for line in quarterly.splitlines() if line.startswith(("2022年", "铜需求", "指数由", "当月"))
    ]
    page = (ROOT / "src/touchstone/data/sample/下游观察-2020-09.html").read_text(encoding="utf-8")
    return found + re.findall(r"<p>(.{40,})</p>", page)


def generated(characters: int, prose_lines: int, seed: int = 7) -> str:
    """At least so many characters of sample sentences, with lines of prose between them.

    Every digit after a first is drawn anew and every line of prose is put together anew: no two lines
    are the same, or a cache would be measured. Five lines of prose for each line of figures give the
    density of the real documents, about one figure in a hundred characters; none gives one in twelve.
    """
    draw, kept, length = random.Random(seed), [], 0
    chosen = sentences()
    clauses = (ROOT / "benchmarks" / "prose.txt").read_text(encoding="utf-8").split()
    while length < characters:
        figures = re.sub(r"(?<=[1-9])[0-9](?!月)", lambda _: str(draw.randrange(10)), draw.choice(chosen))
        prose = ["，".join(draw.sample(clauses, 9)) + "。" for _ in range(prose_lines)]
        kept += [figures, *prose]
        length += sum(map(len, (figures, *prose))) + prose_lines + 1
    return "\n".join(kept)


def as_document(text: str) -> Document:
    """The text as the reader of text files gives it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text(text, encoding="utf-8")
        return read_document(path, path.name)


def fastest(run: Callable[[], object]) -> float:
    """Seconds of the fastest of a few runs: the one least disturbed by the rest of the machine.

    What the reader remembers of words it has seen is forgotten before each: every run is a first sight.
    """
    seconds = []
    for _ in range(REPEATS):
        for remembered in (code_of, place_of, kind_of):
            remembered.cache_clear()
        began = time.process_time()
        run()
        seconds.append(time.process_time() - began)
    return min(seconds)


def recognizers(text: str) -> dict[str, dict[str, float]] | None:
    """Seconds and finds of each model of the rival on a text; None where it is not installed."""
    if not PEER.exists():
        return None
    script = ROOT / "benchmarks" / "peers" / "recognizers.py"
    done = subprocess.run(
        [PEER, "-W", "ignore", script],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


def measure(name: str, text: str, peer_characters: int, due: bool = True) -> list[str]:
    """The rows of one text: ours, the rival on its beginning, the floor; `due` where it must be reached."""
    document = as_document(text)
    facts = read_figures(document)
    ours = len(document.text) / fastest(lambda: read_figures(document))
    floor = len(text) / fastest(lambda: re.findall(r"[0-9]+(?:\.[0-9]+)?", text))
    rows = [
        f"| {name}, {len(text):,} characters | Touchstone, text to {len(facts):,} facts "
        f"| {ours:,.0f} | {f'{RATE_DUE:,}' if due else ''} |"
    ]
    if peer := recognizers(text[:peer_characters]):
        beginning = as_document(text[:peer_characters])
        same = len(beginning.text) / fastest(lambda: read_figures(beginning))
        seconds = sum(model["seconds"] for model in peer.values())
        rate = len(beginning.text) / seconds
        undated = len(beginning.text) / (seconds - peer["date"]["seconds"])
        rows.append(f"| its first {len(beginning.text):,} | Touchstone | {same:,.0f} | |")
        rows.append(f"| | Recognizers-Text, all five models | {rate:,.0f} | |")
        rows.append(
            f"| | **Touchstone : Recognizers-Text** | **{same / rate:,.0f} : 1** | {f'{RATIO_DUE} : 1' if due else ''} |"
        )
        rows.append(f"| | the same without its date model | {same / undated:,.0f} : 1 | |")
    rows.append(f"| {name} | floor: a scan for digits | {floor:,.0f} | |")
    rows.append(f"| | floor : Touchstone | {floor / ours:,.0f} : 1 | |")
    return rows


def main() -> None:
    """Measure on generated text, and on real documents where they lie beside the checkout."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the smallest size only")
    quick = parser.parse_args().quick
    print("| text | what | characters a second | due |\n|---|---|---:|---:|")
    size, peer = (20_000, 1_000) if quick else (1_000_000, 20_000)
    print("\n".join(measure("generated report", generated(size, prose_lines=5), peer)))
    print(
        "\n".join(measure("generated, nothing but figures", generated(size, prose_lines=0), peer, due=False))
    )
    if CORPUS.is_dir() and not quick:
        corpus = "\n".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt")))
        print("\n".join(measure("five real documents", corpus, 20_000)))


if __name__ == "__main__":
    main()
