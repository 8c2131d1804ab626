"""Why a question got no status: the seven classes every error code and transport failure falls into."""

from enum import StrEnum


class FaultClass(StrEnum):
    """Who has to move, in one word. The mapping from codes is `protocol.errors`."""

    END = "end"
    """The task is over, or never was: which of the two, only the past can tell."""
    OURS = "ours"
    """The question itself is wrong; asking again changes nothing."""
    AUTH = "auth"
    """The key is not accepted."""
    CLOCK = "clock"
    """This host's clock is too far from the server's."""
    THROTTLED = "throttled"
    """More requests than the limit allows."""
    SERVICE = "service"
    """Tencent could not answer just now."""
    NETWORK = "network"
    """The question or its answer did not get through."""


WRONG_TASK = "Transport.WrongTask"
"""The code of an answer about another TaskId than that of the question: it tells nothing of the task, and cannot be."""

BLINDING = frozenset({FaultClass.AUTH, FaultClass.CLOCK, FaultClass.THROTTLED, FaultClass.SERVICE, FaultClass.NETWORK})
"""Classes that say nothing about the task: the tool cannot see, so the task is UNKNOWN and never ENDED."""
