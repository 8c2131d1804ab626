"""What requests left behind goes into the journal with their polls, and with nothing else."""

import threading

from tests.core.entries import OTHER, ROOM, poll, watch
from tests.engine.fakes import Journal
from tests.engine.playbook import Playbook
from tests.engine.test_recorder import DEADLINE_S, Turnstile, recording
from tests.protocol.sent import evidence
from tui.core.entry import Poll


def test_every_poll_leaves_its_own() -> None:
    with Playbook({ROOM: "Idle", OTHER: "Idle*3, gone"}) as play:
        play.wait(20)
        polls = {frame: entry for frame, entry in play.journal.after(0, 10_000) if isinstance(entry, Poll)}
        left = play.journal.left
    assert len(polls) > 10
    assert left.keys() == polls.keys()
    assert all(left[frame].meant.key_source == entry.task.task_id for frame, entry in polls.items())


def test_it_tells_how_long_the_slot_was_waited_for() -> None:
    with Playbook({ROOM: "Idle", OTHER: "Idle"}) as play:
        play.wait(3)
        spacing_us = play.row.interval_us
        play.poll_now(ROOM)
        play.poll_now(OTHER)
        play.wait(1)
        waits = [one.timing.slot_us for one in play.journal.left.values()]
    assert all(wait is not None for wait in waits)
    assert 0 in waits
    assert max(wait or 0 for wait in waits) == spacing_us


def test_each_goes_with_its_entry_whatever_waits_beside_it() -> None:
    journal = Turnstile()
    with recording(journal) as recorder:
        first = recorder.append(watch())
        assert journal.reached.wait(DEADLINE_S)
        left = [evidence(timestamp_s=number) for number in range(3)]
        rest = [
            recorder.append(poll("Idle", number), None, left[number] if number != 1 else None) for number in (0, 1, 2)
        ]
        journal.let_through.set()
        frames = [done.result(DEADLINE_S) for done in (first, *rest)]
    assert frames == [1, 2, 3, 4]
    assert journal.left == {2: left[0], 4: left[2]}


def test_what_could_not_be_written_leaves_nothing() -> None:
    journal = Journal(broken="the disk is full")
    with recording(journal, threading.Event()) as recorder:
        assert recorder.append(poll("Idle"), None, evidence()).exception(DEADLINE_S) is not None
    assert not journal.left
