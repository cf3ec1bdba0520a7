"""Your own group: an organisation and a csv are read, and its data are checked."""

import shutil
import tempfile
from pathlib import Path

import touchstone

INPUT = Path(__file__).resolve().parent / "input"


def main() -> None:
    """Import two years of the enterprise in the east; print what the checks find."""
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "carbon"
        folder.mkdir()
        shutil.copy(INPUT / "organisation.toml", folder)
        workspace = touchstone.open(kept)
        report = workspace.import_activity(INPUT / "east.csv", status="synthetic")
        print(f"{report.added} values of {', '.join(report.units)}\n")
        for finding in workspace.quality().findings:
            print(f"{finding.unit} {finding.month}: {finding.said.zh}\n    {finding.said.en}")


if __name__ == "__main__":
    main()
