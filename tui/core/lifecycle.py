"""The life of a task as tables.

Rules of this file:
- everything that decides what a task's state is, is here; nothing here knows a clock, a code or a screen;
- an answer that cannot be, by the documentation, is a fact to be told (`Verdict.IMPOSSIBLE`), never an exception;
- a failure to see changes nothing about the task: `BLIND` is not a row of any table.

Statuses: `reference/seed-describe-cloud-transcription.txt`. Edges: features.md §3.1, U4. Which error code ends
a life is not documented (tencent-api.md §9.2); `protocol.errors` classes the candidates as END.
"""

from enum import StrEnum

from msgspec import Struct


class Life(StrEnum):
    """What is known of a task; the values are the words on the screen."""

    NEW = "new"
    IDLE = "Idle"
    IN_PROGRESS = "InProgress"
    EXITED = "Exited"
    ODD = "odd"
    """Alive with a status word nobody documented; the word itself is kept beside."""
    ENDED = "ENDED"
    NOT_FOUND = "NOT FOUND"


class Verdict(StrEnum):
    """What the documentation says of an edge."""

    DOCUMENTED = "documented"
    UNDOCUMENTED = "undocumented"
    IMPOSSIBLE = "impossible"


GONE = "gone"
"""The sight of an END fault. The other sights are the status words themselves."""

OVER = frozenset({Life.ENDED, Life.NOT_FOUND})
ALIVE = frozenset({Life.IDLE, Life.IN_PROGRESS, Life.EXITED, Life.ODD})

STATUS_LIVES = {"Idle": Life.IDLE, "InProgress": Life.IN_PROGRESS, "Exited": Life.EXITED}

EDGES: dict[tuple[Life, Life], Verdict] = {
    (Life.NEW, Life.IDLE): Verdict.DOCUMENTED,
    (Life.NEW, Life.IN_PROGRESS): Verdict.DOCUMENTED,
    (Life.NEW, Life.EXITED): Verdict.DOCUMENTED,
    (Life.NEW, Life.NOT_FOUND): Verdict.DOCUMENTED,
    (Life.IDLE, Life.IN_PROGRESS): Verdict.DOCUMENTED,
    (Life.IDLE, Life.EXITED): Verdict.DOCUMENTED,
    (Life.IDLE, Life.ENDED): Verdict.UNDOCUMENTED,
    (Life.IN_PROGRESS, Life.IDLE): Verdict.UNDOCUMENTED,
    (Life.IN_PROGRESS, Life.EXITED): Verdict.DOCUMENTED,
    (Life.IN_PROGRESS, Life.ENDED): Verdict.UNDOCUMENTED,
    (Life.EXITED, Life.IDLE): Verdict.IMPOSSIBLE,
    (Life.EXITED, Life.IN_PROGRESS): Verdict.IMPOSSIBLE,
    (Life.EXITED, Life.ENDED): Verdict.DOCUMENTED,
    (Life.ENDED, Life.IDLE): Verdict.IMPOSSIBLE,
    (Life.ENDED, Life.IN_PROGRESS): Verdict.IMPOSSIBLE,
    (Life.ENDED, Life.EXITED): Verdict.IMPOSSIBLE,
    (Life.NOT_FOUND, Life.IDLE): Verdict.DOCUMENTED,
    (Life.NOT_FOUND, Life.IN_PROGRESS): Verdict.DOCUMENTED,
    (Life.NOT_FOUND, Life.EXITED): Verdict.DOCUMENTED,
}
"""Every change of life between documented words. An edge that is not here touches an unknown word: undocumented."""

CONFIRMATIONS: dict[Life, tuple[int, Life]] = {
    Life.NEW: (3, Life.NOT_FOUND),
    Life.IDLE: (2, Life.ENDED),
    Life.IN_PROGRESS: (2, Life.ENDED),
    Life.EXITED: (2, Life.ENDED),
    Life.ODD: (2, Life.ENDED),
    Life.ENDED: (1, Life.ENDED),
    Life.NOT_FOUND: (1, Life.NOT_FOUND),
}
"""How many END faults in a row it takes, and what it is then: a lived task confirms once, a new one asks thrice."""

CONFIRM_AFTER_US: dict[bool, tuple[int, ...]] = {
    True: (1_000_000,),
    False: (2_000_000, 8_000_000),
}
"""Pause before the next try, µs, by whether the task was ever alive and by the misses so far (polling.md §2)."""


class Stage(Struct, frozen=True, gc=False):
    """Where a task stands: its life, the status word as sent, and how many END faults came since."""

    life: Life = Life.NEW
    word: str = ""
    misses: int = 0


class Edge(Struct, frozen=True, gc=False):
    """A change of life, or of an undocumented word."""

    before: str
    after: str
    verdict: Verdict


_SEEN = {status: Stage(life, status) for status, life in STATUS_LIVES.items()}
"""One value for all tasks that stand there."""


def saw(stage: Stage, status: str) -> tuple[Stage, Edge | None]:
    """The stage after the service told `status`, and the edge if the word differs from before."""
    after = _SEEN.get(status) or Stage(Life.ODD, status)
    life = after.life
    if life is stage.life and status == stage.word:
        return (stage if not stage.misses else after), None
    verdict = EDGES.get((stage.life, life), Verdict.UNDOCUMENTED)
    if stage.life is Life.ENDED:
        verdict = Verdict.IMPOSSIBLE
    return after, Edge(stage_word(stage), status, verdict)


def missed(stage: Stage) -> tuple[Stage, Edge | None]:
    """The stage after an END fault, and the edge when it is the one that settles it."""
    need, life = CONFIRMATIONS[stage.life]
    misses = stage.misses + 1
    if misses < need:
        return Stage(stage.life, stage.word, misses), None
    if life is stage.life:
        return stage, None
    verdict = EDGES.get((stage.life, life), Verdict.UNDOCUMENTED)
    return Stage(life), Edge(stage_word(stage), life.value, verdict)


def stage_word(stage: Stage) -> str:
    """What to call a stage: the status word as sent, else the name of the life."""
    return stage.word or stage.life.value


def retry_after_us(stage: Stage) -> int | None:
    """How long to wait before an END fault is checked again, µs; None when there is nothing to confirm."""
    if not stage.misses or stage.life in OVER:
        return None
    pauses = CONFIRM_AFTER_US[stage.life in ALIVE]
    return pauses[min(stage.misses, len(pauses)) - 1]
