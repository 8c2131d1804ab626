"""Where the tuning of a screen's alert rules comes from, and where it is kept: bound in `wiring`, faked in tests."""

from collections.abc import Callable

from msgspec import Struct

from tui.core.tuning import Tuning


class AlertDoors(Struct, frozen=True):
    """What lies behind the alert rules of one screen."""

    load: Callable[[], tuple[Tuning, str]]
    """What is in force at the start, and a line when what was saved could not be read."""
    save: Callable[[Tuning], str]
    """Keeps it; a line when that could not be done."""


NO_ALERT_DOORS = AlertDoors(load=lambda: (Tuning(), ""), save=lambda _: "")
"""Rules as they come, tuned for as long as the screen is open."""
