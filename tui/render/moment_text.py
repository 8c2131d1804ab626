"""A moment as an operator types it: `02:58`, `02:58:10Z`, `11:12 local`, `2026-11-22 03:12`, `-5m`."""

import re
from datetime import UTC, datetime, timedelta, timezone

_SPAN_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|[smhd])")
_SPAN = re.compile(r"([+-])((?:\d+(?:\.\d+)?(?:ms|[smhd]))+)")
_UNITS_US = {"ms": 1_000, "s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000, "d": 86_400_000_000}
_CLOCK = re.compile(
    r"(?:(?P<date>\d{4}-\d{2}-\d{2})[ T])?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}(?:\.\d{1,6})?))?"
    r"\s*(?P<zone>Z|UTC|local|[+-]\d{2}(?::?\d{2})?)?",
    re.IGNORECASE | re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

EXAMPLES = "02:58, 02:58:10Z, 11:12 local, 2026-11-22 03:12, -5m"


class MomentError(ValueError):
    """The text names no moment; one line for the operator."""


def read_moment(text: str, *, position_us: int, now_us: int, local: bool) -> int:
    """The moment that `text` names, µs UTC.

    A time without a date is the last such time up to `now_us`; one without a zone is in the zone that is shown.

    Args:
        position_us: what `-5m` and `+30s` count from.
        local: whether times are shown in the zone of this host.

    Raises:
        MomentError: it names none.
    """
    text = text.strip()
    span = _SPAN.fullmatch(text)
    if span is not None:
        return position_us + (-1 if span[1] == "-" else 1) * _span_us(span[2])
    clock = _CLOCK.fullmatch(text)
    if clock is None:
        raise MomentError(f"{text!r} is no time: write {EXAMPLES}" if text else f"a time: {EXAMPLES}")
    try:
        return _clock_us(clock, now_us, local=local)
    except (ValueError, OverflowError, OSError):
        raise MomentError(f"there is no time {text}: hours go to 23, minutes and seconds to 59") from None


def _span_us(text: str) -> int:
    return round(sum(float(number) * _UNITS_US[unit] for number, unit in _SPAN_PART.findall(text)))


def _clock_us(parts: re.Match[str], now_us: int, *, local: bool) -> int:
    zone = _zone(parts["zone"], local=local)
    now = (_EPOCH + timedelta(microseconds=now_us)).astimezone(zone)
    day = datetime.strptime(parts["date"], "%Y-%m-%d").replace(tzinfo=UTC) if parts["date"] else now
    second, _, fraction = (parts["second"] or "0").partition(".")
    at = day.replace(
        hour=int(parts["hour"]),
        minute=int(parts["minute"]),
        second=int(second),
        microsecond=int(fraction.ljust(6, "0")),
        tzinfo=zone,
    )
    if zone is None:
        at = at.astimezone()  # with the offset that this host's zone has at that time
    if not parts["date"] and at > now:
        at -= timedelta(days=1)
    return (at - _EPOCH) // timedelta(microseconds=1)


def _zone(text: str | None, *, local: bool) -> timezone | None:
    """None for the zone of this host."""
    word = (text or ("local" if local else "Z")).lower()
    if word == "local":
        return None
    if word in ("z", "utc"):
        return UTC
    digits = word[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if word[0] == "-" else offset)
