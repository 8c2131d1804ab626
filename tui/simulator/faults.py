"""Failures on demand, as data: `latency=300`, `reset*3`, `html=502@0.2`."""

import random
import re
from collections.abc import Iterable
from enum import StrEnum
from threading import Lock

from msgspec import Struct
from msgspec.structs import replace


class FaultKind(StrEnum):
    """What can be made to go wrong; the values are the words of `--fault`."""

    LATENCY = "latency"
    """The answer comes so many ms later."""
    HTML = "html"
    """A gateway's HTML page with this HTTP status instead of the answer."""
    RESET = "reset"
    """The connection is torn down (TCP RST) instead of an answer."""
    HANG = "hang"
    """No answer ever, the connection stays open."""
    TRUNCATE = "truncate"
    """Half of the body, then the end of the connection."""
    SLOW = "slow"
    """The body trickles in over so many ms."""
    HUGE = "huge"
    """The answer is padded by so many MiB."""
    WRONG_TASK = "wrong-task"
    """The answer is about another TaskId."""
    ESCAPES = "escapes"
    """Markup and escape sequences in status and message."""
    NO_RESPONSE = "no-response"
    """JSON without `Response`."""
    SKEW = "skew"
    """The server's clock is so many seconds ahead, negative for behind."""
    CODE = "code"
    """The API fails with this error code."""


_NUMBERS: dict[FaultKind, tuple[int, int, int]] = {
    FaultKind.LATENCY: (500, 0, 60_000),
    FaultKind.HTML: (502, 400, 599),
    FaultKind.SLOW: (3_000, 1, 60_000),
    FaultKind.HUGE: (2, 1, 64),
    FaultKind.SKEW: (600, -86_400, 86_400),
}
"""Kinds that take a number: what it is when left out, least and most."""

_CODES = {"auth": "AuthFailure.UnauthorizedOperation", "throttled": "RequestLimitExceeded"}
"""Words of their own for the two codes one wants most."""

_TEXT = re.compile(r"(?P<word>[a-z-]+)(?:=(?P<value>[^@*]*))?(?P<tails>(?:\*[0-9]+|@[0-9.]+)*)\Z")
_CODE = re.compile(r"[A-Z][A-Za-z]*(?:\.[A-Za-z]+)?\Z")


class FaultSpec(Struct, frozen=True):
    """One kind of failure and which requests it meets."""

    kind: FaultKind
    number: int = 0
    """In the unit of the kind; 0 for kinds without one."""
    code: str = ""
    share: float = 1.0
    """How likely it meets a request, above 0 to 1."""
    times: int | None = None
    """How many requests it meets before it is spent; None for no end."""


def parse_fault(text: str) -> FaultSpec:
    """Read `WORD[=VALUE][*TIMES][@SHARE]`.

    Raises:
        ValueError: the text is no such thing; the message is one line that says what would be.
    """
    parts = _TEXT.match(text)
    if parts is None:
        raise ValueError(f"fault {text!r}: write WORD[=VALUE][*TIMES][@SHARE], such as html=502@0.2 or reset*3")
    spec = _parse_kind(text, parts["word"], parts["value"])
    for tail in re.findall(r"[*@][0-9.]+", parts["tails"]):
        spec = _narrow(text, spec, tail)
    return spec


def _parse_kind(text: str, word: str, value: str | None) -> FaultSpec:
    if word in _CODES and value is None:
        return FaultSpec(FaultKind.CODE, code=_CODES[word])
    try:
        kind = FaultKind(word)
    except ValueError:
        known = ", ".join((*FaultKind, *_CODES))
        raise ValueError(f"fault {text!r}: {word!r} is unknown; known are {known}") from None
    if kind is FaultKind.CODE:
        if value is None or not _CODE.match(value):
            raise ValueError(f"fault {text!r}: write code=NAME with an error code, such as code=InternalError")
        return FaultSpec(kind, code=value)
    if kind in _NUMBERS:
        return FaultSpec(kind, number=_parse_number(text, kind, value))
    if value is not None:
        raise ValueError(f"fault {text!r}: {word} takes no value")
    return FaultSpec(kind)


def _parse_number(text: str, kind: FaultKind, value: str | None) -> int:
    default, least, most = _NUMBERS[kind]
    if value is None:
        return default
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise ValueError(f"fault {text!r}: {kind} takes a whole number from {least} to {most}")
    return int(value)


def _narrow(text: str, spec: FaultSpec, tail: str) -> FaultSpec:
    if tail.startswith("*"):
        if int(tail[1:]) < 1:
            raise ValueError(f"fault {text!r}: *TIMES must be 1 or more")
        return replace(spec, times=int(tail[1:]))
    if not re.fullmatch(r"[01]|[01]?\.[0-9]+", tail[1:]) or not 0 < float(tail[1:]) <= 1:
        raise ValueError(f"fault {text!r}: @SHARE must be above 0 and at most 1")
    return replace(spec, share=float(tail[1:]))


class Faults:
    """The failures in force. May be changed from any thread while the server runs."""

    def __init__(self, texts: Iterable[str] = (), *, seed: int = 0) -> None:
        self._lock = Lock()
        self._dice = random.Random(seed)  # noqa: S311 - repeatable bad luck
        self._specs = [parse_fault(text) for text in texts]

    def add(self, *texts: str) -> None:
        """Put further failures in force.

        Raises:
            ValueError: see `parse_fault`; then none of them is in force.
        """
        specs = [parse_fault(text) for text in texts]
        with self._lock:
            self._specs += specs

    def clear(self) -> None:
        """End all failures."""
        with self._lock:
            self._specs = []

    def draw(self) -> dict[FaultKind, FaultSpec]:
        """The failures that meet the next request; of one kind the one added last."""
        with self._lock:
            met = {index: spec for index, spec in enumerate(self._specs) if self._dice.random() < spec.share}
            for index, spec in met.items():
                if spec.times is not None:
                    self._specs[index] = replace(spec, times=spec.times - 1)
            self._specs = [spec for spec in self._specs if spec.times != 0]
        return {spec.kind: spec for spec in met.values()}
