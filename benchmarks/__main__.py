"""`python -m benchmarks` measures the program against its budgets and prints the table; --quick without big data."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import clinic, desks, domain, forms, window
from benchmarks.figures import table

_SMALL, _LARGE = 12_000, 120_000
_NOT_YET = (
    "Not measured yet: P7 (search at a million), P9 and P16 at ten years, P13 over a whole day, "
    "P14 (eight desks on Postgres)."
)


def main() -> int:
    """Builds what is measured, measures it, prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="what needs no big data")
    quick: bool = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="reception-bench-") as folder:
        small = clinic.make(Path(folder), _SMALL)
        found = window.figures(small)
        measured = domain.measure(small)
        found += domain.figures(measured)
        found += forms.figures()
        found += desks.figures(small, _SMALL)
        if not quick:
            found += domain.growth(measured, domain.measure(clinic.make(Path(folder), _LARGE)))
    print(table(sorted(found, key=lambda figure: int(figure.name[1:]))))
    if not quick:
        print(_NOT_YET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
