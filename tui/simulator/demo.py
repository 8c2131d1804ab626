"""The world of `trtc-tui demo`: an event with many rooms, most of them healthy, some of them a lesson."""

import random
from itertools import count, islice, product
from string import ascii_letters, digits

from msgspec.structs import replace

from tui.simulator.world import Life, Step, World

DEMO_TASKS = 40

TRANSPORT_FAULTS = (
    "latency=400@0.05",
    "html=502@0.02",
    "reset@0.02",
    "truncate@0.01",
    "slow=1500@0.01",
    "throttled@0.02",
)
"""What `--faults` adds: every tenth request or so has bad luck."""

ROOMS = ("arena", "backstage", "keynote", "lobby", "press", "stage-b", "studio", "workshop")
FEEDS = ("main-en", "main-zh", "cam2", "floor-ja", "qa-es")

_ID_ALPHABET = ascii_letters + digits + "+_-."
_ID_LENGTH = 64


def demo_world(now_us: int, *, tasks: int = DEMO_TASKS, seed: int = 0, speed: float = 1.0) -> World:
    """A world of `tasks` lives. With more than 40, lives take longer in proportion, so that a poller at its limit of
    20 requests/s still sees every state."""
    return World(demo_lives(tasks, seed), now_us=now_us, speed=speed)


def demo_lives(tasks: int, seed: int) -> tuple[Life, ...]:
    """The same lives for the same seed. The first few change within seconds, then come the lessons, then a crowd."""
    dice = random.Random(seed)  # noqa: S311 - a story, not a secret
    stretch = max(1.0, tasks / DEMO_TASKS)
    lives = [*_openings(), *(_stretched(life, stretch) for life in _lessons())][:tasks]
    lives += [_stretched(_ordinary(dice), stretch) for _ in range(tasks - len(lives))]
    return tuple(
        replace(life, task_id=task_id, name=name)
        for life, task_id, name in zip(lives, _task_ids(dice, tasks), _names(tasks), strict=True)
    )


def _life(*steps: Step, begins_s: float = 0.0) -> Life:
    return Life("", steps, begins_s)


def _openings() -> list[Life]:
    """Something to see at once: a start, an end, a late arrival."""
    return [
        _life(Step("Idle", 13), Step("InProgress", 70), Step("Exited", 6), begins_s=-10),
        _life(Step("InProgress", 65), Step("Exited", 7), begins_s=-60),
        _life(Step("Idle", 4), Step("InProgress", 90), Step("Exited", 5), begins_s=-82),
        _life(Step("Idle", 5), Step("InProgress", 80), Step("Exited", 6), begins_s=15),
    ]


def _lessons() -> list[Life]:
    """One of everything that goes wrong in the field, and nothing else: the path to the API is sound."""
    return [
        _life(Step("Idle"), begins_s=-300),
        _life(Step("InProgress", 20), Step("Draining", 25), Step("Exited", 5), begins_s=-10),
        _life(Step("InProgress", 12), Step("Exited", 6), Step("InProgress", 40), Step("Exited", 6)),
        _life(Step("InProgress", 15), Step("InternalError", 20), Step("InProgress", 60), Step("Exited", 5)),
        _life(),
        _life(Step("InProgress", 20), Step("InProgress", 15, echo="not-the-task-you-asked-for."), Step("InProgress")),
        _life(Step("InProgress", delay_ms=2_000), begins_s=-120),
        _life(
            Step("InProgress", 18),
            Step("[bold red]录制中[/] \x1b[31mred\x1b[0m\x07", 20),
            Step("FailedOperation", 15, message="[link=x]会议室已满[/link] \x1b]0;title\x07\x1b[2J\u202edesrever"),
            Step("InProgress", 40),
        ),
        _life(Step("InProgress", 55), begins_s=-30),
    ]


def _ordinary(dice: random.Random) -> Life:
    """A healthy life, met at a random moment of it; every fifth one outlasts most of the others."""
    idle_s, exited_s = dice.uniform(2, 15), dice.uniform(5, 9)
    long_one = dice.random() < 0.2  # noqa: PLR2004 - every fifth
    in_progress_s = dice.uniform(1_200, 3_600) if long_one else dice.uniform(40, 110)
    met_s = dice.uniform(0, (idle_s + in_progress_s) * 0.9)
    return _life(Step("Idle", idle_s), Step("InProgress", in_progress_s), Step("Exited", exited_s), begins_s=-met_s)


def _stretched(life: Life, factor: float) -> Life:
    steps = tuple(replace(step, duration_s=step.duration_s * factor) for step in life.steps)
    return replace(life, steps=steps, begins_s=life.begins_s * factor)


def _task_ids(dice: random.Random, tasks: int) -> list[str]:
    """Ids shaped like the documentation's: 64 characters, the last a full stop; the second one begins with `-`."""
    ids = ["".join(dice.choices(_ID_ALPHABET, k=_ID_LENGTH - 1)) + "." for _ in range(tasks)]
    if len(ids) > 1:
        ids[1] = "-" + ids[1][1:]
    return ids


def _names(tasks: int) -> list[str]:
    plain = [f"{room}-{feed}" for feed, room in product(FEEDS, ROOMS)]
    more = (f"{name}-{number}" for number in count(2) for name in plain)
    return [*plain, *islice(more, max(0, tasks - len(plain)))][:tasks]
