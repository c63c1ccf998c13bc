"""What is installed is pinned, is the same everywhere, and comes from wherever the machine is set up to ask."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "requirements"
LISTS = ["runtime", "develop", "bundle"]


def read(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[\w+\])?==(\S+)", read(name), re.MULTILINE))


@pytest.mark.parametrize("name", LISTS)
def test_every_pin_has_a_hash(name: str) -> None:
    assert pins(name)
    assert re.findall(r"^\S.*(?<!\\)$", read(name), re.MULTILINE) == []


@pytest.mark.parametrize("name", LISTS)
def test_no_list_names_a_registry(name: str) -> None:
    assert not re.search(r"https?:|index-url|find-links", read(name))


@pytest.mark.parametrize("name", LISTS[1:])
def test_a_longer_list_pins_what_the_program_runs_on(name: str) -> None:
    assert pins("runtime").items() <= pins(name).items()
