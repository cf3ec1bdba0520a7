"""Coverage-guided fuzzing of the readers with atheris (`pip install atheris`), run by hand:

    python tests/fuzz/fuzz_readers.py FOLDER [options of libFuzzer, such as -max_total_time=600]

FOLDER keeps the cases found; small valid documents are put into it first. A case is a file whose first
byte chooses the name. Anything but a document or a refusal stops the run and is saved as crash-*.
"""

import sys
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["touchstone"]):
    from conftest import make_seeds

    from touchstone.errors import UnreadableFile
    from touchstone.read.read import read_bytes

NAMES = sorted(make_seeds())


def one_case(case: bytes) -> None:
    """Read one case; the first byte chooses the name it is given."""
    if case:
        with suppress(UnreadableFile):
            read_bytes(case[1:], NAMES[case[0] % len(NAMES)])


def main() -> None:
    """Write the seeds and hand over to libFuzzer."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, (name, data) in enumerate(sorted(make_seeds().items())):
        (folder / f"seed-{name}").write_bytes(bytes([number]) + data)
    atheris.Setup(sys.argv, one_case)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
