import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.render.times import TimeStyle, age, duration, in_units, moment

SECOND = 1_000_000
HOUR = 3_600 * SECOND
DAY = 24 * HOUR

SetZone = Callable[[str], None]


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[SetZone]:
    """Puts this process into a time zone until the test ends."""

    def put(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND


NOW = utc("2026-11-22 03:12:09")


def test_utc_and_milliseconds() -> None:
    at = utc("2026-11-22 03:12:07") + 94_999
    assert moment(at, TimeStyle.UTC, NOW) == "03:12:07Z"
    assert moment(at, TimeStyle.UTC, NOW, millis=True) == "03:12:07.094Z"


def test_local_time_bears_its_offset(zone: SetZone) -> None:
    zone("Asia/Shanghai")
    assert moment(NOW, TimeStyle.LOCAL, NOW) == "11:12:09+08"
    zone("Asia/Kolkata")
    assert moment(NOW, TimeStyle.LOCAL, NOW) == "08:42:09+05:30"
    zone("America/St_Johns")
    assert moment(NOW, TimeStyle.LOCAL, NOW, millis=True) == "2026-11-21 23:42:09.000-03:30"[11:]


def test_both_hours_of_the_night_when_the_clock_goes_back_can_be_told_apart(zone: SetZone) -> None:
    zone("Europe/Berlin")
    first, second = utc("2026-10-25 00:30:00"), utc("2026-10-25 01:30:00")
    assert moment(first, TimeStyle.LOCAL, second) == "02:30:00+02"
    assert moment(second, TimeStyle.LOCAL, second) == "02:30:00+01"


def test_the_hour_that_the_clock_jumps_over_is_not_shown(zone: SetZone) -> None:
    zone("America/New_York")
    before, after = utc("2026-03-08 06:59:59"), utc("2026-03-08 07:00:00")
    assert moment(before, TimeStyle.LOCAL, after) == "01:59:59-05"
    assert moment(after, TimeStyle.LOCAL, after) == "03:00:00-04"


def test_another_day_shows_its_date_also_at_the_end_of_a_year() -> None:
    assert moment(utc("2026-11-21 23:59:59"), TimeStyle.UTC, NOW) == "2026-11-21 23:59:59Z"
    new_year = utc("2027-01-01 00:00:00")
    assert moment(new_year - 1, TimeStyle.UTC, new_year, millis=True) == "2026-12-31 23:59:59.999Z"
    assert moment(new_year, TimeStyle.UTC, new_year) == "00:00:00Z"


def test_a_day_is_a_day_of_the_zone_that_is_shown(zone: SetZone) -> None:
    zone("Asia/Shanghai")
    at, now = utc("2026-12-31 15:59:59"), utc("2026-12-31 16:00:00")
    assert moment(at, TimeStyle.UTC, now) == "15:59:59Z"
    assert moment(at, TimeStyle.LOCAL, now) == "2026-12-31 23:59:59+08"
    assert moment(now, TimeStyle.LOCAL, now) == "00:00:00+08"


def test_relative_times() -> None:
    assert moment(NOW - 4_290_000, TimeStyle.RELATIVE, NOW) == "4.2s ago"
    assert moment(NOW + 61 * SECOND, TimeStyle.RELATIVE, NOW) == "in 61s"


def test_times_since_the_start_of_the_task() -> None:
    start = NOW - 723 * SECOND
    assert moment(NOW, TimeStyle.SINCE_START, NOW, start) == "+12:03"
    assert moment(NOW + 7_000, TimeStyle.SINCE_START, NOW, start, millis=True) == "+12:03.007"
    assert moment(start - 3 * SECOND, TimeStyle.SINCE_START, NOW, start) == "-00:03"
    assert moment(NOW, TimeStyle.SINCE_START, NOW) == "03:12:09Z"


@pytest.mark.parametrize("us", [10**22, -(10**22), 253_402_300_800 * SECOND])
def test_a_moment_that_no_calendar_holds_is_shown_as_its_number(us: int) -> None:
    assert moment(us, TimeStyle.UTC, NOW) == f"{us}us"
    assert moment(us, TimeStyle.LOCAL, NOW) == f"{us}us"
    assert moment(NOW, TimeStyle.UTC, us) == "2026-11-22 03:12:09Z"


@given(st.integers(), st.sampled_from(TimeStyle), st.integers(), st.none() | st.integers())
def test_any_numbers_make_a_text(us: int, style: TimeStyle, now_us: int, start_us: int | None) -> None:
    assert moment(us, style, now_us, start_us)
    assert moment(us, style, now_us, start_us, millis=True)


@pytest.mark.parametrize(
    ("us", "shown"),
    [
        (-5 * SECOND, "0.0s"),
        (0, "0.0s"),
        (449_000, "0.4s"),
        (14_199_999, "14.1s"),
        (59_999_999, "59.9s"),
        (60 * SECOND, "60s"),
        (95 * SECOND, "95s"),
        (100 * SECOND, "1:40"),
        (200 * SECOND, "3:20"),
        (HOUR - 1, "59:59"),
        (HOUR + 179 * SECOND, "1h02"),
        (DAY - 1, "23h59"),
        (4 * DAY + 3 * HOUR, "4d03h"),
        (10 * DAY - 1, "9d23h"),
        (12 * DAY, "12d"),
        (10**20, "9999d"),
    ],
)
def test_ages(us: int, shown: str) -> None:
    assert age(us) == shown


@given(st.integers())
def test_an_age_is_never_wider_than_five_cells(us: int) -> None:
    assert len(age(us)) <= 5


@pytest.mark.parametrize(
    ("us", "shown"),
    [
        (-1, "00:00"),
        (6_999_999, "00:06"),
        (724 * SECOND, "12:04"),
        (HOUR - 1, "59:59"),
        (HOUR + 123 * SECOND, "1:02:03"),
        (DAY - 1, "23:59:59"),
        (4 * DAY + 3 * HOUR, "4d03h"),
        (100 * DAY, "100d00h"),
    ],
)
def test_durations(us: int, shown: str) -> None:
    assert duration(us) == shown


@pytest.mark.parametrize(
    ("us", "text"),
    [
        (-5, "0 s"),
        (99_999, "0 s"),
        (400_000, "0.4 s"),
        (6 * SECOND, "6 s"),
        (59_900_000, "59.9 s"),
        (60 * SECOND, "1 min"),
        (450 * SECOND, "7 min 30 s"),
        (HOUR, "1 h"),
        (HOUR + 59 * SECOND, "1 h"),
        (150 * 60 * SECOND, "2 h 30 min"),
        (4 * DAY + 3 * HOUR, "4 d 3 h"),
    ],
)
def test_a_span_in_its_two_largest_units(us: int, text: str) -> None:
    assert in_units(us) == text
