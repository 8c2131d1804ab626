from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.entry import Skew
from tui.protocol.skew import measure_skew

NOON_US = 1_772_433_534_000_000


def test_a_date_ten_minutes_ahead() -> None:
    skew = measure_skew("Mon, 02 Mar 2026 06:48:54 GMT", NOON_US, NOON_US + 40_000)

    assert skew == Skew(offset_us=600_000_000 + 500_000 - 20_000, error_us=500_000 + 20_000)


@given(
    offset_us=st.integers(-(10**12), 10**12),
    sent_us=st.integers(NOON_US, NOON_US + 10**9),
    there_us=st.integers(0, 10**7),
    back_us=st.integers(0, 10**7),
)
def test_the_true_offset_lies_within_the_error(offset_us: int, sent_us: int, there_us: int, back_us: int) -> None:
    server_s = (sent_us + there_us + offset_us) // 1_000_000
    header = format_datetime(datetime.fromtimestamp(server_s, UTC), usegmt=True)

    skew = measure_skew(header, sent_us, sent_us + there_us + back_us)

    assert skew is not None
    assert abs(skew.offset_us - offset_us) <= skew.error_us


@pytest.mark.parametrize(
    "header", ["", "yesterday", "Mon, 02 Mar 2026 06:48:54 -0000", "Mon, 99 Mar 2026 06:48:54 GMT"]
)
def test_what_is_no_date(header: str) -> None:
    assert measure_skew(header, NOON_US, NOON_US) is None


@given(st.text(max_size=40) | st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,9} \d+:\d+:\d+ [-+]?\w{3,6}"))
def test_no_header_raises(header: str) -> None:
    measure_skew(header, NOON_US, NOON_US)
