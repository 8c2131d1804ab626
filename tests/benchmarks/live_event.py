"""Polls as a live event brings them: each with RequestId, `Date` header and body, and one in 250 tells a change."""

import random
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tui.adapters.journal import JournalWriter
from tui.core.entry import Poll, Reason, Request, Seen, Skew, Verb
from tui.core.task import TaskRef

START_US = 1_772_433_534_000_000
START_MS = START_US // 1000
SPACING_US = 52_632
"""19 a second."""
CHANGE_EVERY = 250
BATCH = 1000


def some_tasks(count: int) -> list[TaskRef]:
    """The same ones each time, for the same `count`."""
    chance = random.Random(7)
    return [TaskRef("ap-singapore", 1400000000, f"m9-{chance.getrandbits(228):057x}") for _ in range(count)]


def live_event(tasks: list[TaskRef], from_us: int = START_US, seed: int = 7) -> Iterator[Poll]:
    """Polls of all tasks in turn, without end."""
    chance = random.Random(seed)
    statuses = dict.fromkeys(tasks, "Idle")
    sent_us = from_us
    while True:
        for number, task in enumerate(tasks):
            sent_us += SPACING_US
            if chance.random() < 1 / CHANGE_EVERY:
                statuses[task] = chance.choice(["Idle", "InProgress", "Exited"])
            own = str(uuid.UUID(int=chance.getrandbits(128)))
            body = (
                f'{{"Response":{{"StartTime":{START_MS + number},"Status":"{statuses[task]}",'
                f'"RequestId":"{own}","TaskId":"{task.task_id}"}}}}'
            )
            seen = Seen(statuses[task], START_MS + number, body.encode())
            skew = Skew(chance.randint(-20_000, 20_000), chance.randint(520_000, 545_000))
            yield Poll(task, sent_us, chance.randint(40_000, 90_000), Reason.BASE, seen, own, skew)


def fill(path: Path, tasks: list[TaskRef], count: int) -> None:
    """Store that many polls, in batches, through the real writer."""
    writer, polls = JournalWriter(path), live_event(tasks)
    writer.append([Request(START_US, Verb.WATCH, task) for task in tasks])
    for stored in range(0, count, BATCH):
        writer.append(list(islice(polls, min(BATCH, count - stored))))
    writer.close()
