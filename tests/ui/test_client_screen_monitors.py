"""The client's screen on a computer with three monitors."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).with_name("on_three_monitors.py")


def test_every_case_with_three_monitors_holds() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(CASES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603 - our own tests
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
