"""`python -m benchmarks` measures the program against its budgets and prints the table; --quick without big data."""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import clinic, domain, forms, window
from benchmarks.figures import table

_SMALL, _LARGE = 12_000, 120_000
_NOT_YET = (
    "Not measured yet: P4 (free slots), P6 (attaching with payment), P7 (search at a million), P9 and P16 (ten years), "
    "P13 (a day at the desk), P14 and P15 (several desks)."
)


def main() -> int:
    """Builds what is measured, measures it, prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="P1, P2, P3, P5, P8, P11, P12, P17 and P18 only")
    quick: bool = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="reception-bench-") as folder:
        small = clinic.make(Path(folder), _SMALL)
        found = window.figures(small)
        measured = domain.measure(small)
        found += domain.figures(measured)
        found += forms.figures()
        if not quick:
            found += domain.growth(measured, domain.measure(clinic.make(Path(folder), _LARGE)))
    print(table(sorted(found, key=lambda figure: int(figure.name[1:]))))
    if not quick:
        print(_NOT_YET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
