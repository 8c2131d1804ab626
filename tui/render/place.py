"""Where in the past a screen is, for line 1: the frame, and how far behind the newest facts."""

from msgspec import Struct

from tui.render.line import Line, Role, line
from tui.render.times import TimeStyle, duration, moment


class Place(Struct, frozen=True):
    """A position in a journal."""

    frame: int
    newest: int
    """The last frame there is."""
    live_us: int
    """Time of the newest facts, µs UTC."""
    speed: str = ""
    """How fast it is played; empty when it stands."""


def place_parts(place: Place, at_us: int) -> tuple[Line, ...]:
    """The frame that two people can name on the phone, the moment, and the way back; the most important first.

    Args:
        at_us: the moment that is shown.
    """
    behind_us = place.live_us - at_us
    behind = f"LIVE is +{duration(behind_us)}" if place.frame < place.newest else "the newest frame"
    return (
        line((f"frame {place.frame}", Role.STRONG), f"/{place.newest}"),
        line((moment(at_us, TimeStyle.UTC, place.live_us, millis=True), Role.STRONG)),
        line((behind, Role.CHANGING)),
        line((place.speed, Role.CHANGING)),
    )
