"""Who may poll: values of the one lease a journal has. The rules that hold it are in the journal's adapter.

Times of a lease are of the host's boot clock, µs: shared by all processes, never set, running on in suspend.
"""

from msgspec import Struct

TTL_US = 3_000_000
"""A poller that has not renewed for so long is taken for dead or stopped."""

RENEW_US = 1_000_000
CAMPAIGN_US = 100_000
"""How often the others look whether the poller is dead."""

VIEWER_TTL_US = 30_000_000
"""A screen that has not told what it shows for so long is taken for closed."""


class Tenure(Struct, frozen=True):
    """One process's time as the poller. Whatever it sends or writes names its epoch, and is refused after a later one
    began."""

    owner: str
    epoch: int
    frame: int
    """The newest entry when it began: what came before was written by others."""
    predecessor: str = ""
    """Whom it took over from, when that one did not leave by itself: its `LeaseView.holder`; empty otherwise."""


class Slot(Struct, frozen=True):
    """Permission for one request."""

    at_us: int
    """When it may be sent, by the boot clock."""
    wait_us: int
    """How long until then; 0 or more."""


class LeaseView(Struct, frozen=True):
    """What everybody can see of the lease."""

    owner: str = ""
    """Of the present tenure; empty when nobody polls."""
    holder: str = ""
    """The same for people: `ali, pid 4711`."""
    rate_per_s: float = 0.0
    """How fast the poller sends at present; 0 when nobody polls."""
    viewers: int = 0
    """How many screens are open."""
