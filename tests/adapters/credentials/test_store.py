import pytest

from tests.stores import KEY, OTHER_KEY, MemoryStore
from tui.adapters.credentials.errors import StoreError
from tui.adapters.credentials.store import keep
from tui.core.secret import Credential


@pytest.mark.parametrize("key", [KEY, OTHER_KEY])
def test_a_key_that_comes_back_is_kept(key: Credential) -> None:
    store = MemoryStore()
    keep(store, "prod", key)
    assert store.keys == {"prod": key}


@pytest.mark.parametrize("left", [{}, {"prod": OTHER_KEY}])
def test_a_store_that_loses_keys_is_found_out(left: dict[str, Credential]) -> None:
    store = MemoryStore()
    store.keys = left
    store.forgetful = True
    with pytest.raises(StoreError, match="does not give it back"):
        keep(store, "prod", KEY)
