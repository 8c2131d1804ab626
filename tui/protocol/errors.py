"""From an error code to its class, whose move it is, and what to do: one question, `explain`."""

from functools import lru_cache

from msgspec.structs import replace

from tui.protocol.error_info import ErrorInfo, Owner
from tui.protocol.tencent_codes import TENCENT_CODES, UNKNOWN, UNKNOWN_FAILED_OPERATION
from tui.protocol.transport_faults import TRANSPORT_FAULTS

__all__ = ["ERRORS", "TRANSPORT_FAULTS", "ErrorInfo", "Owner", "explain"]

ERRORS = TENCENT_CODES | TRANSPORT_FAULTS
"""Every known code."""

_FAMILIES = ERRORS | {"FailedOperation": UNKNOWN_FAILED_OPERATION}


@lru_cache(maxsize=256)
def explain(code: str) -> ErrorInfo:
    """What is known of `code`: itself, else its family (the word before the first dot), else that it is unknown.

    The result always carries `code` as given; the meaning says when only the family, or nothing, is known.
    """
    exact = ERRORS.get(code)
    if exact is not None:
        return exact
    family = _FAMILIES.get(code.partition(".")[0])
    if family is None:
        return replace(UNKNOWN, code=code)
    return replace(family, code=code, meaning=f"{family.meaning} (unknown kind of {family.code})")
