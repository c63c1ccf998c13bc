import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """The whole tour, told once, in a process of its own."""
    out = tmp_path_factory.mktemp("tour")
    command = [sys.executable, "-m", "reception", "tour", "--out", str(out)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False), out  # noqa: S603 - our own program


def test_every_step_of_the_tour_is_as_told(told: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, _ = told
    assert done.returncode == 0, done.stdout + done.stderr
    assert "not as told" not in done.stdout


def test_every_step_has_its_picture(told: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, out = told
    steps = [line for line in done.stdout.splitlines() if line.endswith(" … ok")]
    pictures = sorted(out.glob("*.png"))
    assert len(pictures) == len(steps) == 96
    assert [int(picture.name[:2]) for picture in pictures] == list(range(1, 97))


def test_pictures_are_of_the_whole_window(told: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    _, out = told
    sizes = {(image.width(), image.height()) for image in (QImage(str(path)) for path in out.glob("*.png"))}
    assert sizes == {(1366, 768)}


WRONG = """
import sys
from pathlib import Path
from reception.demo import tour
from reception.demo.tour import eyes

async def tell(desk):
    async with desk.step("The first start asks which clinic this is"):
        await desk.see("Set up your clinic")
    eyes.PATIENCE = 0.2
    async with desk.step("The second step is a lie"):
        await desk.see("Nobody has written this anywhere")
    async with desk.step("The third is never told"):
        pass

tour.story.tell = tell
sys.exit(tour.main(Path(sys.argv[1])))
"""


def test_a_step_that_is_not_as_told_ends_the_tour_with_a_picture_of_what_was_there(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRONG, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - ours
    assert done.returncode == 1
    assert "2 The second step is a lie … not as told: “Nobody has written this anywhere” can’t be read" in done.stdout
    assert "never told" not in done.stdout
    assert [path.name[:2] for path in sorted(tmp_path.iterdir())] == ["01", "02"]
    assert (tmp_path / "02-not-as-told.png").exists()
