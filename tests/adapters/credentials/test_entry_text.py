import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stores import KEY, OTHER_KEY, SECRET_KEY
from tui.adapters.credentials.entry_text import decode_entry, encode_entry
from tui.adapters.credentials.errors import BrokenEntry
from tui.core.secret import Credential, Secret

PARTS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1).map(Secret)
SECONDS = st.integers(0, 2**33)


@given(PARTS, PARTS, st.none() | PARTS, st.none() | SECONDS)
def test_every_key_comes_back(
    secret_id: Secret, secret_key: Secret, token: Secret | None, expires_at: int | None
) -> None:
    expires_at_us = None if expires_at is None else expires_at * 1_000_000
    key = Credential(secret_id, secret_key, token, expires_at_us, source="the store")
    assert decode_entry(encode_entry(key), "the store") == key


def test_the_documented_shape() -> None:
    assert json.loads(encode_entry(KEY).reveal()) == {
        "secret_id": KEY.secret_id.reveal(),
        "secret_key": KEY.secret_key.reveal(),
    }
    temporary = Credential(OTHER_KEY.secret_id, OTHER_KEY.secret_key, OTHER_KEY.token, 1_999_999)
    assert json.loads(encode_entry(temporary).reveal()).keys() == {"secret_id", "secret_key", "token", "expires_at"}
    assert json.loads(encode_entry(temporary).reveal())["expires_at"] == 1


def test_a_field_of_a_later_version_is_passed_over() -> None:
    text = Secret('{"secret_id": "id", "secret_key": "key", "later": 1}')
    assert decode_entry(text, "x").secret_key.reveal() == "key"


@pytest.mark.parametrize("wrong", ["", f'{{"{SECRET_KEY}": 1}}', f'"{SECRET_KEY}"', "\ud800", '{"secret_id": 1}'])
def test_anything_else_is_refused_unseen(wrong: str) -> None:
    with pytest.raises(BrokenEntry) as caught:
        decode_entry(Secret(wrong), "profile prod (Memory)")
    assert "profile prod (Memory)" in str(caught.value)
    assert SECRET_KEY not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_key_with_blanks_in_a_store_is_refused_unseen() -> None:
    wrong = Secret(json.dumps({"secret_id": "id", "secret_key": f"{SECRET_KEY}\n"}))
    with pytest.raises(BrokenEntry, match="SecretKey has blanks") as caught:
        decode_entry(wrong, "profile prod (Memory)")
    assert SECRET_KEY not in str(caught.value)
