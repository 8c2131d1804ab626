"""A journal as a stream of lines or of plain objects."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tui.adapters.clock import SystemClock
from tui.adapters.journal import JournalReader
from tui.core.entry import Ack, Entry, Gap, Mark, Note, Poll, Request, Seen
from tui.core.task import TaskRef
from tui.core.timeline import Timeline
from tui.core.views import Event
from tui.render.line import text
from tui.render.log_lines import log_line
from tui.render.times import rfc3339
from tui.render.view import View

LOOK_EVERY_S = 0.2


def _batches(reader: JournalReader, frame: int, *, follow: bool) -> Iterator[list[tuple[int, Entry]]]:
    """Entries behind `frame`; an empty batch says that the end was reached, and then only new ones follow."""
    while True:
        while rows := reader.after(frame):
            frame = rows[-1][0]
            yield rows
        yield []
        if not follow:
            return
        while not reader.changed():
            time.sleep(LOOK_EVERY_S)  # noqa: TID251 - a command of its own that does nothing else


def events_as_lines(journal: Path, past: int, width: int, *, follow: bool) -> Iterator[str]:
    """The newest `past` log lines, then every further one; a line that folds more into itself is told once.

    Raises:
        JournalError: the journal cannot be read.
    """
    with closing(JournalReader(journal)) as reader:
        timeline = Timeline(reader.kept())
        last_frame = 0
        begun = False
        for batch in _batches(reader, timeline.frame, follow=follow):
            for frame, entry in batch:
                timeline.apply(frame, entry)
            if batch and not begun:
                continue
            snapshot = timeline.snapshot()
            names = {view.task: view.name for view in (*snapshot.tasks.values(), *snapshot.forgotten.values())}
            fresh = [event for event in snapshot.events if event.frame > last_frame]
            for event in fresh if begun else fresh[len(fresh) - min(past, len(fresh)) :]:
                yield _line(event, names, width)
            last_frame, begun = timeline.frame, True


def _line(event: Event, names: dict[TaskRef, str], width: int) -> str:
    now_us = SystemClock().now_us()
    return text(log_line(event, lambda task: names.get(task) or task.task_id, View(), now_us, width)).rstrip()


def entries_as_objects(journal: Path, past: int, *, follow: bool) -> Iterator[dict[str, object]]:
    """The newest `past` entries, then every further one, as JSON objects with their frame numbers.

    Raises:
        JournalError: the journal cannot be read.
    """
    kept: deque[tuple[int, Entry]] = deque(maxlen=past)
    begun = False
    with closing(JournalReader(journal)) as reader:
        for batch in _batches(reader, 0, follow=follow):
            if batch and not begun:
                kept.extend(batch)
                continue
            for frame, entry in batch if begun else kept:
                yield {"frame": frame, "at": rfc3339(entry.at_us), **_facts(entry)}
            begun = True


def _facts(entry: Entry) -> dict[str, object]:
    match entry:
        case Poll():
            return {"kind": "poll", **_task(entry.task), **_poll(entry)}
        case Request():
            who = {"verb": entry.verb.value, "operator": entry.operator, "name": entry.name}
            return {"kind": "request", **_task(entry.task), **who}
        case Note():
            return {"kind": "note", "topic": entry.topic.value, "level": entry.level.value, "text": entry.text}
        case Gap():
            return {"kind": "gap", **_whose(entry.task), "since": rfc3339(entry.since_us), "cause": entry.cause.value}
        case Mark():
            moment = {"moment": rfc3339(entry.moment_us), "moment_frame": entry.frame}
            return {"kind": "mark", **_whose(entry.task), **moment, "note": entry.note, "operator": entry.operator}
        case Ack():
            return {"kind": "ack", **_whose(entry.task), "rule": entry.rule, "operator": entry.operator}


def _poll(poll: Poll) -> dict[str, object]:
    answer = poll.answer
    common = {
        "sent_at": rfc3339(poll.sent_us),
        "latency_ms": poll.latency_us / 1000,
        "reason": poll.reason.value,
        "request_id": poll.request_id,
    }
    if isinstance(answer, Seen):
        return {**common, "status": answer.status, "start_time_ms": answer.start_time_ms}
    error = {"code": answer.code, "class": answer.fault_class.value, "message": answer.message}
    return {**common, "http_status": answer.http_status, "error": error}


def _whose(task: TaskRef | None) -> dict[str, object]:
    return _task(task) if task is not None else {}


def _task(task: TaskRef) -> dict[str, object]:
    return {"task_id": task.task_id, "region": task.region, "sdk_app_id": task.sdk_app_id}
