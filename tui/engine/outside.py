"""What an engine needs of the world around it, as functions."""

from collections.abc import Callable
from concurrent.futures import Future

from msgspec import Struct

from tui.core.entry import Entry
from tui.core.lease import Tenure
from tui.core.secret import Credential
from tui.core.timeline import Snapshot
from tui.engine.pace import Pace
from tui.engine.ports import Api, Clock, Keys, Lease
from tui.protocol.evidence import Evidence


class Outside(Struct, frozen=True):
    """Everything is called in the engine's thread, unless it says otherwise."""

    keys: Keys
    open_api: Callable[[Credential], Api]
    open_lease: Callable[[], Lease]
    append: "Callable[[Entry, Tenure | None, Evidence | None], Future[int]]"
    clock: Clock
    chance: Callable[[], float]
    """A number from 0 to 1, another one each time."""
    folded: Callable[[int], Snapshot]
    """Waits until the entry of that frame is folded; called in a thread that may wait."""
    waits: Callable[[str], None]
    """Told, in words, why polling does not go on for a reason that is not in the journal; empty when it does."""
    reigns: Callable[[bool], None]
    """Told whether it is this process that polls."""
    pace: Pace = Pace()
