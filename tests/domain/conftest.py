"""The small clinic that rules are tried on, on either engine."""

import pytest

from reception.store import Store
from tests.clinic import Clinic
from tests.clock import Clock


@pytest.fixture
def clinic(store: Store, clock: Clock) -> Clinic:
    """A small clinic, open at eight."""
    return Clinic(store, clock)
