"""What is known of one error code: its class, whose move it is, and what to do."""

from enum import StrEnum

from msgspec import Struct

from tui.core.fault import FaultClass

PASSING = frozenset({FaultClass.THROTTLED, FaultClass.SERVICE, FaultClass.NETWORK, FaultClass.CLOCK})
"""Classes that go away without a change to the question: by waiting, or by signing with the server's time."""


class Owner(StrEnum):
    """Who has to move; the values are the words on the screen."""

    US = "you"
    CAM_ADMIN = "your CAM administrator"
    HOST_ADMIN = "the administrator of this host"
    NETWORK = "your network"
    TENCENT = "Tencent"
    NOBODY = "nobody"


class ErrorInfo(Struct, frozen=True):
    """One row of the table of errors."""

    code: str
    fault_class: FaultClass
    owner: Owner
    meaning: str
    """A phrase without a full stop, to stand behind the code."""
    advice: str
    """One sentence: what the owner does next."""

    @property
    def retry(self) -> bool:
        """Whether asking the same again can succeed."""
        return self.fault_class in PASSING
