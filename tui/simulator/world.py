"""Tasks and what becomes of them: scripts laid on a time line that is passed in."""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from math import inf

from msgspec import Struct

from tui.core.task import TaskRef
from tui.protocol.tencent_codes import TENCENT_CODES

REGION = "ap-singapore"
SDK_APP_ID = 1_400_000_000

NOT_FOUND = "ResourceNotFound"
"""What Describe most likely answers before and after a life (tencent-api.md §5.1)."""

ERROR_FAMILIES = frozenset(code.partition(".")[0] for code in TENCENT_CODES)
"""First parts of all documented error codes: how a script tells a code from a status."""


class Step(Struct, frozen=True):
    """One stretch of a life during which Describe gives one answer."""

    word: str
    """A status, documented or not, or an error code."""
    duration_s: float = inf
    message: str = ""
    """Of an error; empty for the code's own."""
    delay_ms: int = 0
    """How long each answer takes. Not shortened by the world's speed."""
    echo: str = ""
    """The TaskId in the answer; empty for the one that was asked for."""

    @property
    def is_error(self) -> bool:
        """Whether `word` is an error code."""
        return self.word.partition(".")[0] in ERROR_FAMILIES


class Life(Struct, frozen=True):
    """All that ever happens to one task. Without steps it never existed; after the last one it is gone."""

    task_id: str
    steps: tuple[Step, ...] = ()
    begins_s: float = 0.0
    """When the first step starts, script seconds after the world did; negative for a task that already runs."""
    start_time_ms: int | None = None
    """StartTime as answered, ms since the epoch; None for the moment at which the life begins."""
    name: str = ""
    """What people call it; not part of any answer."""


def scripted(task_id: str, *steps: tuple[str, float], start_time_ms: int | None = None) -> Life:
    """A life from (status or error code, seconds) pairs: `scripted("t.", ("Idle", 1), ("InProgress", inf))`."""
    return Life(task_id, tuple(Step(word, seconds) for word, seconds in steps), start_time_ms=start_time_ms)


class Answer(Struct, frozen=True):
    """What Describe says of a task at one moment."""

    step: Step
    start_time_ms: int
    task_id: str


class World:
    """Lives of tasks in one region and application.

    Args:
        now_us: when the world starts, µs UTC.
        speed: script seconds per real second.
    """

    def __init__(
        self,
        lives: Iterable[Life],
        *,
        now_us: int,
        speed: float = 1.0,
        region: str = REGION,
        sdk_app_id: int = SDK_APP_ID,
    ) -> None:
        self._started_us = now_us
        self._speed = speed
        self._region = region
        self._sdk_app_id = sdk_app_id
        self._lives = {life.task_id: life for life in lives}

    @property
    def roster(self) -> tuple[tuple[TaskRef, str], ...]:
        """Every task and its name, in the order given: what to watch."""
        return tuple((self.task(life.task_id), life.name) for life in tuple(self._lives.values()))

    def task(self, task_id: str) -> TaskRef:
        """The reference under which a task of this world is asked for."""
        return TaskRef(self._region, self._sdk_app_id, task_id)

    def play(self, life: Life) -> None:
        """Add a task, or give one another life; may be called while the server runs."""
        self._lives[life.task_id] = life

    def describe(self, task: TaskRef, now_us: int) -> Answer:
        """The answer for `task` at `now_us`, µs UTC; `NOT_FOUND` before, after and without a life."""
        life = self._lives.get(task.task_id)
        if life is None or task != self.task(task.task_id):
            return Answer(Step(NOT_FOUND), 0, task.task_id)
        step = _step_at(life, (now_us - self._started_us) * self._speed / 1e6 - life.begins_s)
        return Answer(step, self._start_time_ms(life), step.echo or task.task_id)

    def _start_time_ms(self, life: Life) -> int:
        if life.start_time_ms is not None:
            return life.start_time_ms
        return (self._started_us + round(life.begins_s * 1e6 / self._speed)) // 1000


def _step_at(life: Life, age_s: float) -> Step:
    if age_s < 0:
        return Step(NOT_FOUND)
    ends = tuple(accumulate(step.duration_s for step in life.steps))
    index = bisect_right(ends, age_s)
    return life.steps[index] if index < len(life.steps) else Step(NOT_FOUND)
