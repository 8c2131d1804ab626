import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.secret import Credential, Secret

CANARY = "canary-0123456789-not-a-key"
KEY = Credential(Secret("AKIDEXAMPLE0123456789"), Secret(CANARY), Secret(CANARY + "-token"), source="a test")


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        lambda secret: f"{secret}",
        lambda secret: f"{secret!r:>40}",
        lambda secret: f"{secret:>40}",
        lambda secret: "%s" % secret,  # noqa: UP031 - the old form takes another path
        "{}".format,
        lambda secret: str([secret, {secret: secret}]),
        lambda secret: repr(Credential(secret, secret, secret)),
    ],
)
def test_no_way_of_writing_shows_it(show: Callable[[Secret], str]) -> None:
    text = show(Secret(CANARY))
    assert "***" in text
    assert "canary" not in text


def test_a_log_line_does_not_show_it(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("with %s and %r", KEY.secret_key, KEY)
    assert "canary" not in caplog.text


def test_a_traceback_with_locals_does_not_show_it() -> None:
    def fail(credential: Credential) -> None:
        secret = credential.secret_key
        raise RuntimeError(f"went wrong with {secret}")

    with pytest.raises(RuntimeError) as caught:
        fail(KEY)
    told = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "secret = Secret(***)" in told
    assert "canary" not in told


@pytest.mark.parametrize("write", [pickle.dumps, copy.deepcopy, copy.copy, json.dumps])
def test_it_cannot_be_written_by_accident(write: Callable[[object], object]) -> None:
    with pytest.raises(TypeError) as caught:
        write(Secret(CANARY))
    assert "canary" not in str(caught.value)


def test_it_has_no_attributes_to_stumble_over() -> None:
    assert not hasattr(Secret(CANARY), "__dict__")
    assert Secret(CANARY).reveal() == CANARY


@given(st.text(), st.text())
def test_two_are_equal_when_their_texts_are(one: str, other: str) -> None:
    assert (Secret(one) == Secret(other)) == (one == other)
    assert len({Secret(one), Secret(one)}) == 1
    assert Secret(one) != one


@given(st.text())
def test_a_masked_id_shows_eight_characters_at_most(text: str) -> None:
    masked = Credential(Secret(text), Secret("")).masked_id
    shown = masked.replace("..", "", 1) if len(text) > 12 else ""
    assert len(shown) <= 8
    assert masked == (f"{text[:4]}..{text[-4:]}" if len(text) > 12 else "****")
