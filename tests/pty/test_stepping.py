"""Stepping a live task, counted where it matters: at the server."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.pty.stage import Stage
from tests.pty.terminal import Screen, screen

OTHERS = ("studio.", "foyer.")


@pytest.fixture
def s(home: Path, stage: Stage) -> Iterator[Screen]:
    """Three live tasks, the first one selected and held, at a terminal where every pane has room."""
    for task_id in ("arena.", *OTHERS):
        stage.plays(task_id, "InProgress")
    with screen(["arena.", *OTHERS, *stage.options], home) as shown:
        for task_id in ("arena.", *OTHERS):
            shown.row(task_id).says("InProgress")
        shown.selects("arena.")
        shown.press("H")
        shown.row("arena.").says("held")
        yield shown


def test_ten_steps_are_ten_requests_and_the_way_back_is_none(s: Screen, stage: Stage) -> None:
    before = stage.asked("arena.")
    s.press(*"ssssssssss")
    s.wait(lambda: stage.asked("arena.") == before + 10, "ten requests")
    s.line(1).says("STEP")
    s.press(*"SSSSS")
    s.line(1).says("REPLAY", "frame")
    s.press(*"sssss")
    others = {task_id: stage.asked(task_id) for task_id in OTHERS}
    s.wait(lambda: all(stage.asked(task_id) > count + 1 for task_id, count in others.items()), "others go on")
    assert stage.asked("arena.") == before + 10


def test_holding_one_task_leaves_the_others_on_schedule(s: Screen, stage: Stage) -> None:
    begun = {task_id: stage.asked(task_id) for task_id in OTHERS}
    s.press(*"sss")
    s.wait(lambda: all(stage.asked(task_id) >= count + 5 for task_id, count in begun.items()), "five polls of each")
    for task_id in OTHERS:
        gaps_us = [later - sent for sent, later in pairwise(stage.arrivals(task_id)[begun[task_id] :])]
        assert max(gaps_us) < 4_500_000, "in sight: every three seconds"


def test_the_newest_frame_asks_before_it_sends(s: Screen, stage: Stage) -> None:
    s.press("s")
    s.line(1).says("STEP")
    s.press("S")
    s.line(1).says("REPLAY")
    before = stage.asked("arena.")
    s.press("G")
    s.line(1).says("the newest frame")
    s.settles()
    s.press("s")
    s.line(-1).says("this is the newest frame of arena.")
    s.settles()
    assert stage.asked("arena.") == before
    s.press("s")
    s.wait(lambda: stage.asked("arena.") == before + 1, "one request")
    s.line(1).says("STEP")
    s.press("L")
    s.line(1).says("LIVE")
    s.wait(lambda: stage.asked("arena.") > before + 1, "polled again")
