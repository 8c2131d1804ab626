"""Moments and spans of time as text. All times come as µs since the epoch, UTC; the zone is always printed."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_MINUTE_S = 60
_HOUR_S = 3_600
_DAY_S = 86_400

_UNITS = ((_MINUTE_S, "min", 1, "s"), (_HOUR_S, "h", _MINUTE_S, "min"), (_DAY_S, "d", _HOUR_S, "h"))
"""Units, and the next smaller ones."""

_TENTHS_BELOW_S = 60
_SECONDS_BELOW_S = 100
_DAYS_AND_HOURS_BELOW = 10
_MOST_DAYS = 9_999


class TimeStyle(StrEnum):
    """How moments are written, everywhere at once."""

    UTC = "utc"
    LOCAL = "local"
    """In the zone of this host (`TZ`), with its offset."""
    RELATIVE = "relative"
    SINCE_START = "since start"


def moment(us: int, style: TimeStyle, now_us: int, start_us: int | None = None, *, millis: bool = False) -> str:
    """A moment as `03:12:07Z`, `11:12:07+08`, `4.2s ago` or `+12:03`.

    A moment of another day than `now_us`, in the zone that is shown, bears its date: `2026-11-21 03:12:07Z`.

    Args:
        start_us: what SINCE_START counts from; without it that style is written as UTC.
        millis: add the milliseconds; RELATIVE has none.
    """
    if style is TimeStyle.RELATIVE:
        return f"{age(now_us - us)} ago" if us <= now_us else f"in {age(us - now_us)}"
    if style is TimeStyle.SINCE_START and start_us is not None:
        sign = "-" if us < start_us else "+"
        return sign + duration(abs(us - start_us)) + (_millis(abs(us - start_us)) if millis else "")
    return _clock(us, now_us, local=style is TimeStyle.LOCAL, millis=millis)


def rfc3339(us: int) -> str:
    """A moment for programs: UTC with milliseconds, `2026-11-22T03:12:07.250Z`; what no calendar holds as it is."""
    at = _datetime(us, local=False)
    return f"{us} µs" if at is None else at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _clock(us: int, now_us: int, *, local: bool, millis: bool) -> str:
    at, now = _datetime(us, local=local), _datetime(now_us, local=local)
    if at is None:
        return f"{us}us"
    date = "" if now is not None and at.date() == now.date() else f"{at:%Y-%m-%d} "
    zone = _offset(at) if local else "Z"
    return f"{date}{at:%H:%M:%S}{_millis(us) if millis else ''}{zone}"


def _datetime(us: int, *, local: bool) -> datetime | None:
    """None for what no calendar holds: a StartTime is a number that somebody sent."""
    try:
        at = _EPOCH + timedelta(microseconds=us)
        return at.astimezone() if local else at
    except (OverflowError, ValueError, OSError):
        return None


def _offset(at: datetime) -> str:
    minutes = (at.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}" + (f":{rest:02}" if rest else "")


def _millis(us: int) -> str:
    return f".{us // 1_000 % 1_000:03}"


def age(us: int) -> str:
    """A span in at most 5 cells, never rounded up: `0.4s`, `14.1s`, `95s`, `3:20`, `1h02`, `4d03h`, `12d`.

    Less than nothing, which clocks that disagree can bring about, is `0.0s`.
    """
    us = max(0, us)
    seconds = us // _SECOND
    days, rest = divmod(seconds, _DAY_S)
    if seconds < _TENTHS_BELOW_S:
        return f"{seconds}.{us // 100_000 % 10}s"
    if seconds < _SECONDS_BELOW_S:
        return f"{seconds}s"
    if seconds < _HOUR_S:
        return f"{seconds // _MINUTE_S}:{seconds % _MINUTE_S:02}"
    if not days:
        return f"{seconds // _HOUR_S}h{seconds % _HOUR_S // _MINUTE_S:02}"
    return f"{days}d{rest // _HOUR_S:02}h" if days < _DAYS_AND_HOURS_BELOW else f"{min(days, _MOST_DAYS)}d"


def duration(us: int) -> str:
    """A span as a clock: `00:06`, `12:04`, `1:02:03`, `4d03h`; less than nothing is `00:00`."""
    seconds = max(0, us) // _SECOND
    if seconds >= _DAY_S:
        return f"{seconds // _DAY_S}d{seconds % _DAY_S // _HOUR_S:02}h"
    minutes, rest = divmod(seconds, _MINUTE_S)
    if seconds < _HOUR_S:
        return f"{minutes:02}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def in_units(us: int) -> str:
    """A span in its two largest units, to a tenth of a second: `6.6 s`, `15 min`, `7 min 30 s`, `4 d 3 h`."""
    tenths = max(0, us) // 100_000
    if tenths < _TENTHS_BELOW_S * 10:
        return f"{tenths // 10} s" if tenths % 10 == 0 else f"{tenths / 10:.1f} s"
    seconds = tenths // 10
    unit_s, unit, part_s, part = _UNITS[(seconds >= _HOUR_S) + (seconds >= _DAY_S)]
    whole, rest = divmod(seconds, unit_s)
    return f"{whole} {unit}" + (f" {rest // part_s} {part}" if rest >= part_s else "")
