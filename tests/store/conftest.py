import pytest

from reception.store import Store
from tests.store import plain


@pytest.fixture
def house(store: Store) -> plain.House:
    """Two people, a service, a product and a client."""
    return plain.House(**store.write(plain.furnish, actor=None).answer)


@pytest.fixture
def annex(store: Store, house: plain.House) -> plain.Annex:
    """An add-on to the service, a room, and a form with a rule."""
    return plain.Annex(**store.write(plain.enlarge, house, actor=None).answer)
