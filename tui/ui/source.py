"""Where a screen gets everything from: bound together in `wiring`, faked in tests."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from tui.core.attention import Attention
from tui.engine.update import Update
from tui.render.header import Identity
from tui.render.view import View
from tui.ui.alert_doors import NO_ALERT_DOORS, AlertDoors
from tui.ui.asks import Asks
from tui.ui.break_doors import NO_DOORS, BreakDoors
from tui.ui.lookback import Failed, LooksUp, Scrubs
from tui.ui.pages import OpenInspector
from tui.ui.travel import Travel


class Source(Struct, frozen=True):
    """The session and the few other things behind the screen."""

    asks: Asks
    take: Callable[[], Update]
    listen: Callable[[Callable[[], None]], None]
    """The callback is called from another thread."""
    shown: Callable[[], None]
    """Called once, after the first frame: what is slow to load may load now."""
    attend: Callable[[Attention], None]
    """Tells the poller what this screen shows."""
    failure: Callable[[], BaseException | None]
    now_us: Callable[[], int]
    load_view: Callable[[], View]
    save_view: Callable[[View], None]
    open_travel: Callable[[int, Callable[[BaseException], None]], Travel]
    """Opens the way into the past, at a frame; called when somebody first goes there. The callback is told, from
    another thread, what ended it though nobody asked for it."""
    open_scrubbing: Callable[[Failed], Scrubs]
    """Opens what the timeline is drawn from; called after the first frame."""
    open_lookups: Callable[[Failed], LooksUp]
    """Opens the way to single entries; called when somebody first wants one."""
    open_recording: "Callable[[Path], Source]"
    """What another screen needs to replay a file. Blocks for as long as it takes to unpack it; raises JournalError."""
    close: Callable[[], None]
    """Called when the screen is closed."""
    identity: Identity
    """What of line 1 does not change while the program runs."""
    breaks: BreakDoors = NO_DOORS
    alerts: AlertDoors = NO_ALERT_DOORS
    inspector: OpenInspector | None = None
    """None where nothing is recorded."""
