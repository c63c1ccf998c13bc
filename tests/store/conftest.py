import pytest

from reception.store import Store
from tests.store import plain


@pytest.fixture
def house(store: Store) -> plain.House:
    """Two people, a service, a product and a client."""
    return plain.House(**store.write(plain.furnish, actor=None).answer)
