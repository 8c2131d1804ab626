"""How fast an engine may be."""

from msgspec import Struct

START_PER_S = 18.0
CEILING_PER_S = 19.0
"""Even 19 need round trips that differ by less than 50 ms (polling.md §0); `core.budget` decides."""


class Pace(Struct, frozen=True):
    """How fast the operator allows the engine to be, requests a second."""

    start_per_s: float = START_PER_S
    ceiling_per_s: float = CEILING_PER_S
