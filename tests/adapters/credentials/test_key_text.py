import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.adapters.credentials.errors import BadKey
from tui.adapters.credentials.key_text import read_key
from tui.core.secret import Secret

VISIBLE = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1)


@given(VISIBLE, VISIBLE, st.one_of(st.just(""), VISIBLE))
def test_visible_ascii_is_taken_as_it_is(secret_id: str, secret_key: str, token: str) -> None:
    key = read_key(Secret(secret_id), Secret(secret_key), Secret(token), source="here", expires_at_us=7)
    assert (key.secret_id.reveal(), key.secret_key.reveal()) == (secret_id, secret_key)
    assert (key.token.reveal() if key.token else "") == token
    assert (key.source, key.expires_at_us) == ("here", 7)


@given(VISIBLE, st.characters().filter(lambda char: not "!" <= char <= "~"), VISIBLE, st.integers(0, 2))
def test_anything_else_is_refused_by_the_name_of_the_part(head: str, odd: str, tail: str, part: int) -> None:
    parts = ["id", "key", "token"]
    parts[part] = head + odd + tail
    secret_id, secret_key, token = map(Secret, parts)
    with pytest.raises(BadKey) as caught:
        read_key(secret_id, secret_key, token, names=("FIRST", "SECOND", "THIRD"))
    assert str(caught.value).startswith(("FIRST", "SECOND", "THIRD")[part])


@pytest.mark.parametrize(("secret_id", "secret_key", "name"), [("", "key", "SecretId"), ("id", "", "SecretKey")])
def test_an_empty_part_is_refused(secret_id: str, secret_key: str, name: str) -> None:
    with pytest.raises(BadKey, match=f"{name} is empty"):
        read_key(Secret(secret_id), Secret(secret_key))


def test_no_frame_of_the_error_holds_a_plain_text() -> None:
    wrong = Secret("Canary ")
    with pytest.raises(BadKey) as caught:
        read_key(Secret("AKIDEXAMPLE"), wrong)
    assert caught.value.__traceback__ is not None
    trace = caught.value.__traceback__.tb_next  # the first is this test itself
    assert trace is not None
    while trace is not None:
        assert "Canary" not in repr(trace.tb_frame.f_locals)
        trace = trace.tb_next
