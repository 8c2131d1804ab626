"""The incident that tests replay: who took part, and what went wrong when.

| second | what happens |
|---|---|
| 0 | five tasks are watched; `keynote` stays Idle for 95 s |
| 60 | `workshop` leaves and is over |
| 70 | Tencent's limit is hit |
| 110 | the server's clock is 412 s behind this host's: signatures expire |
| 150 | `panel` leaves, and is back at 170, which cannot be |
| 176 | alice marks that |
| 215 | connections are torn down for 25 s |
"""

from math import inf
from pathlib import Path

from msgspec.structs import replace

from tui.simulator.world import Life, Step

BUNDLE = Path(__file__).parent / "incident.trtc"

NOTE = "panel came back after its exit"


def _life(name: str, *steps: tuple[str, float]) -> Life:
    return Life(f"m9-{name}-0001.", tuple(Step(word, seconds) for word, seconds in steps), name=name)


KEYNOTE = _life("keynote", ("Idle", 95), ("InProgress", inf))
PANEL = _life("panel", ("InProgress", 150), ("Exited", 20), ("InProgress", inf))
WORKSHOP = _life("workshop", ("InProgress", 60), ("Exited", 6))
STAGE_A = _life("stage-a", ("InProgress", inf))
STAGE_B = _life("stage-b", ("InProgress", inf))

_OLDER_MS = 3_600_000


def lives(now_us: int) -> tuple[Life, ...]:
    """All of them, started an hour before: no clock of the story makes that the future."""
    started_ms = now_us // 1000 - _OLDER_MS
    return tuple(replace(life, start_time_ms=started_ms) for life in (KEYNOTE, PANEL, WORKSHOP, STAGE_A, STAGE_B))
