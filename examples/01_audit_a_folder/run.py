"""Audit a folder: read the sample documents, test their figures, print what fails and why."""

import sys
import tempfile
from pathlib import Path

import touchstone

SAMPLE = Path(__file__).resolve().parents[2] / "src" / "touchstone" / "data" / "sample"


def main(folder: Path) -> None:
    """Print each failed identity of the documents in a folder: what was tested, and the arithmetic."""
    with tempfile.TemporaryDirectory() as kept:
        workspace = touchstone.open(kept)
        report = workspace.read([folder])
        print(f"{len(report.documents)} documents")
        for finding in workspace.audit():
            if finding.verdict in ("fails", "revised"):
                print(f"\n{finding.verdict}: {finding.title.en}\n    {finding.arithmetic.en}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
