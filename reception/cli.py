"""The command line: open the clinic, make the demo clinic, walk through the tour, look after a database."""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from reception import cli_forms, paths
from reception.domain.errors import DomainError, Trouble

# Each command imports what it needs by itself: the window is to show before anything else is loaded.

_TOUR = Path(__file__).parents[1] / "build" / "tour"
_DATE = len("2026-11-24")
_TEN = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out what the command line says; gives the exit status, 1 where something was refused or is wrong."""
    asked = _parser().parse_args(arguments)
    try:
        status: int = asked.act(asked)
        print(end="", flush=True)
    except BrokenPipeError:
        # Whoever read along has seen enough; without this Python complains once more when it closes the output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Trouble as trouble:
        return _complain(trouble.sentence)
    except DomainError as refusal:
        return _complain(str(refusal))
    except KeyboardInterrupt:
        return _complain("Stopped.")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reception", description="The front desk of a clinic.")
    parser.set_defaults(act=_run, db="", demo=False)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    run = commands.add_parser("run", help="open the window; without a command this is done")
    place = run.add_mutually_exclusive_group()
    place.add_argument("--db", default="", metavar="PLACE", help="a file, or postgresql://…; else the one in settings")
    place.add_argument("--demo", action="store_true", help="the demo clinic in your data folder, made if need be")
    run.set_defaults(act=_run)

    demo = commands.add_parser("demo", help="make a new demo clinic")
    demo.add_argument("--db", required=True, metavar="PLACE", help="a file that isn't there yet, or postgresql://…")
    demo.add_argument("--seed", type=int, default=1, help="another number, another year (1)")
    demo.add_argument("--now", type=_instant, default=None, metavar="TIME", help="as of then: 2026-11-24T10:04")
    demo.set_defaults(act=_demo)

    verify = commands.add_parser("verify", help="work everything out anew from the facts, and say what differs")
    verify.add_argument("--db", required=True, metavar="PLACE")
    verify.set_defaults(act=_verify)

    tour = commands.add_parser("tour", help="walk through the program without a display and save pictures")
    tour.add_argument("--out", type=Path, default=_TOUR, metavar="FOLDER", help="where the pictures go (build/tour)")
    tour.set_defaults(act=_tour)

    dump = commands.add_parser("dump", help="print every fact as a line of JSON, ids numbered anew")
    dump.add_argument("--db", required=True, metavar="PLACE")
    dump.set_defaults(act=_dump)

    # Not told in the help: the program starts itself so, for the client's own screen.
    commands.add_parser("client-view").set_defaults(act=_client_view)

    cli_forms.add(commands)
    return parser


def _run(asked: argparse.Namespace) -> int:
    if not _has_display():
        print("There is no display here, so no window can open. The tour runs instead, without touching your data;")
        print(f"its pictures go to {_TOUR}.", flush=True)
        return _walk(_TOUR)
    places = paths.usual()
    if asked.demo:
        places = paths.under(places.data / "demo").make()
        if not places.clinic.exists():
            print(f"Making the demo clinic, about a minute, once: {places.clinic}", flush=True)
            _make(str(places.clinic), 1, None)
    from reception import app  # noqa: PLC0415

    return app.run(app.Start(places, asked.db))


def _client_view(_asked: argparse.Namespace) -> int:
    from reception.client_view import program  # noqa: PLC0415

    return program.run()


def _demo(asked: argparse.Namespace) -> int:
    _make(asked.db, asked.seed, asked.now)
    print(f"The demo clinic is in {asked.db}.")
    return 0


def _make(place: str, seed: int, now: datetime | None) -> None:
    from reception.demo import clinic  # noqa: PLC0415
    from reception.demo.offer import ZONE  # noqa: PLC0415

    # A time that is typed is meant by the clinic's clock.
    at = now.replace(tzinfo=now.tzinfo or ZoneInfo(ZONE)) if now else datetime.now(UTC).replace(microsecond=0)
    if "://" in place:
        clinic.fill(place, now=at, seed=seed, size=clinic.WHOLE, told=_tell)
    else:
        clinic.make(Path(place), now=at, seed=seed, told=_tell)


def _verify(asked: argparse.Namespace) -> int:
    from reception.store import open_store  # noqa: PLC0415
    from reception.store.verify import verify  # noqa: PLC0415

    with closing(open_store(asked.db)) as store:
        report = verify(store)
    for what, number in report.checked:
        print(f"{number:>9}  {what}")
    for fault in report.faults:
        print(f"   wrong:  {fault}")
    print(f"{len(report.faults)} faults" if report.faults else "Everything is as the facts say.")
    return 1 if report.faults else 0


def _tour(asked: argparse.Namespace) -> int:
    return _walk(asked.out)


def _walk(out: Path) -> int:
    from reception.demo import tour  # noqa: PLC0415

    return tour.main(out)


def _dump(asked: argparse.Namespace) -> int:
    from reception.store import open_store  # noqa: PLC0415
    from reception.store.dump import dump  # noqa: PLC0415

    with closing(open_store(asked.db)) as store:
        lines = dump(store)
    for line in lines:
        print(line)
    return 0


def _instant(typed: str) -> datetime:
    """A time as it is typed; a date alone means ten in the morning."""
    at = datetime.fromisoformat(typed)
    return at.replace(hour=_TEN) if len(typed) == _DATE else at


def _has_display() -> bool:
    if sys.platform != "linux":
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _tell(percent: int, words: str) -> None:
    print(f"{percent:>4} %  {words}", flush=True)


def _complain(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1
