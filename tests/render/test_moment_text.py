"""Moments that an operator types."""

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.moment_text import MomentError, read_moment
from tui.render.times import TimeStyle, moment, rfc3339

NOW_US = 1_795_317_127_000_000
"""2026-11-22 03:12:07 UTC."""
POSITION_US = NOW_US - 600_000_000


@pytest.fixture
def in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def read(text: str, *, local: bool = False) -> str:
    return rfc3339(read_moment(text, position_us=POSITION_US, now_us=NOW_US, local=local))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("02:58", "2026-11-22T02:58:00.000Z"),
        ("02:58:10Z", "2026-11-22T02:58:10.000Z"),
        (" 2:58:10.25 utc ", "2026-11-22T02:58:10.250Z"),
        ("03:13", "2026-11-21T03:13:00.000Z"),
        ("2026-11-20 23:59:59", "2026-11-20T23:59:59.000Z"),
        ("2026-11-20T23:59:59.5+08:00", "2026-11-20T15:59:59.500Z"),
        ("10:00+0530", "2026-11-21T04:30:00.000Z"),
        ("-5m", "2026-11-22T02:57:07.000Z"),
        ("+1h30m", "2026-11-22T04:32:07.000Z"),
        ("-250ms", "2026-11-22T03:02:06.750Z"),
    ],
)
def test_what_is_typed_is_a_moment(text: str, told: str) -> None:
    assert read(text) == told


@pytest.mark.usefixtures("in_shanghai")
def test_a_time_without_a_zone_is_in_the_one_that_is_shown() -> None:
    assert read("11:12", local=True) == read("03:12") == read("11:12 local") == "2026-11-22T03:12:00.000Z"
    assert read("03:12Z", local=True) == "2026-11-22T03:12:00.000Z"


@pytest.mark.parametrize("text", ["", "  ", "soon", "5m", "-5", "12", "24:00", "12:60", "2026-02-30 10:00", "-5x"])
def test_what_is_no_moment_is_told(text: str) -> None:
    with pytest.raises(MomentError) as told:
        read(text)
    assert "\n" not in str(told.value)


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_told(text: str) -> None:
    with suppress(MomentError):
        assert read(text)


@given(st.integers(0, 4_000_000_000))
def test_a_moment_that_is_shown_can_be_typed(seconds: int) -> None:
    shown = moment(seconds * 1_000_000, TimeStyle.UTC, NOW_US)
    assert read_moment(shown, position_us=0, now_us=NOW_US, local=False) in (
        seconds * 1_000_000,
        seconds * 1_000_000 - 86_400_000_000,  # later today: without a date, the last such time is meant
    )
