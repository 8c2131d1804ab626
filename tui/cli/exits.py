"""Exit codes (design.md §4) and the one way to end with an error: a `Refusal`."""

from enum import IntEnum


class Exit(IntEnum):
    """What a shell sees. A signal n ends with 128+n."""

    FINE = 0
    NO = 1
    """The answer is no: task ended, predicate false, conformance broken."""
    USAGE = 2
    NO_STORE = 3
    STORE_LOCKED = 4
    STORE_SILENT = 5
    AUTH = 6
    THROTTLED = 7
    NETWORK = 8
    SERVICE = 9


class Refusal(Exception):
    """Ends the program with one line on stderr: what is wrong, whose move it is, what to type next."""

    def __init__(self, code: Exit, line: str) -> None:
        super().__init__(line)
        self.code = code
