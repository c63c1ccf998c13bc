"""The program itself and a bare window, each in a process of its own: P2, P6, P11, P12, P13, P17."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.clinic import A_DAY, PEOPLE, Made
from benchmarks.figures import Figure

_STARTS = 5
_PATIENCE = 60


def figures(made: Made) -> list[Figure]:
    """What starting takes, what going to another day takes, and what it holds in memory."""
    bare, own = [], []
    for _ in range(_STARTS):
        bare.append(_child("bare"))
        own.append(_child("program", made.url))
    forms = [_child("form_page") for _ in range(_STARTS)]
    typing = [_child("form_typing") for _ in range(_STARTS)]
    shown, usable = _middle(own, "painted"), _middle(own, "usable")
    return [
        Figure("P2", f"another day painted, {PEOPLE} columns, {A_DAY} visits", 0, _middle(own, "day"), "ms", limit=33),
        Figure("P11", "process start to first paint / bare window", _middle(bare, "painted"), shown, "ms", ratio=1.3),
        Figure("P11", "process start to today's diary", 0, usable, "ms", limit=1200),
        Figure("P6", "add-on attached, key to repaint", 0, _middle(own, "added"), "ms", limit=100),
        Figure("P13", "longest stall of the window meanwhile", 0, _middle(own, "stall"), "ms", limit=50),
        Figure("P13", "longest stall, typing where 360 answers follow", 0, _middle(typing, "stall"), "ms", limit=50),
        Figure("P17", "form of 800 items on the screen", 0, _middle(forms, "opened"), "ms", limit=400),
        Figure(
            "P12", "memory with a day open / bare window", _middle(bare, "memory"), _middle(own, "memory"), "MiB", 3
        ),
    ]


def _middle(runs: list[dict[str, float]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def _child(kind: str, *arguments: str) -> dict[str, float]:
    """What a process tells of itself; its start is when this one asked for it."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[1])}
    with tempfile.TemporaryDirectory(prefix="reception-bench-") as folder:
        begun = time.monotonic()
        command = [sys.executable, "-m", f"benchmarks.{kind}", folder, *arguments]
        said = subprocess.run(  # noqa: S603 - this very Python
            command, check=True, capture_output=True, text=True, timeout=_PATIENCE, env=environment
        )
    told: dict[str, Any] = json.loads(said.stdout)
    return {name: (value - begun) * 1000 if name in {"painted", "usable"} else value for name, value in told.items()}
