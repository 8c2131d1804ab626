import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.core.entry import Fault, Poll, Reason, Request, Seen, Verb
from tui.core.fault import FaultClass
from tui.core.lifecycle import Life, Verdict
from tui.core.timeline import Snapshot, Timeline
from tui.protocol.errors import explain
from tui.simulator.demo import DEMO_TASKS, TRANSPORT_FAULTS, demo_lives, demo_world
from tui.simulator.faults import Faults, parse_fault
from tui.simulator.world import NOT_FOUND, Answer, World

STARTED_US = 1_772_433_534_000_000
LESSONS = slice(4, 13)

seeds = st.integers(0, 2**32)


def words(world: World, seconds: float) -> list[str]:
    at_us = STARTED_US + round(seconds * 1e6)
    return [world.describe(task, at_us).step.word for task, _ in world.roster]


def changed(world: World, before_s: float, after_s: float) -> int:
    return sum(a != b for a, b in zip(words(world, before_s), words(world, after_s), strict=True))


@settings(deadline=None)
@given(seeds, st.integers(0, 120))
def test_a_seed_is_a_world(seed: int, tasks: int) -> None:
    lives = demo_lives(tasks, seed)

    assert lives == demo_lives(tasks, seed)
    assert len({life.task_id for life in lives}) == len({life.name for life in lives}) == tasks
    assert all(re.fullmatch(r"[A-Za-z0-9+_.-]{63}\.", life.task_id) for life in lives)


def test_another_seed_is_another_world() -> None:
    assert demo_lives(DEMO_TASKS, 1) != demo_lives(DEMO_TASKS, 2)


def test_one_task_id_begins_with_a_minus() -> None:
    assert any(life.task_id.startswith("-") for life in demo_lives(2, 0))


@settings(deadline=None)
@given(seeds)
def test_something_happens_at_once_and_goes_on(seed: int) -> None:
    world = demo_world(STARTED_US, seed=seed)

    assert changed(world, 0, 4) >= 1
    assert words(world, 0)[1] == "InProgress"
    assert words(world, 20)[1] == NOT_FOUND
    assert all(changed(world, start_s, start_s + 20) for start_s in range(0, 80, 20))


@settings(deadline=None)
@given(seeds, st.integers(41, 2_000))
def test_in_a_larger_world_lives_are_longer(seed: int, tasks: int) -> None:
    least_s = 40 * tasks / DEMO_TASKS

    crowd = demo_lives(tasks, seed)[LESSONS.stop :]

    assert all(sum(step.duration_s for step in life.steps) > least_s for life in crowd)


@settings(deadline=None)
@given(seeds)
def test_the_crowd_is_healthy(seed: int) -> None:
    crowd = demo_lives(DEMO_TASKS, seed)[LESSONS.stop :]

    assert crowd
    assert all([step.word for step in life.steps] == ["Idle", "InProgress", "Exited"] for life in crowd)
    assert all(life.begins_s <= 0 for life in crowd)


def watched(seconds: int) -> Snapshot:
    """What a poller that asks for every task every 2 s knows at the end."""
    world, timeline, frame = demo_world(STARTED_US), Timeline(), 0
    for at_us in range(STARTED_US, STARTED_US + seconds * 1_000_000, 2_000_000):
        for task, name in world.roster:
            frame += 1
            if at_us == STARTED_US:
                timeline.apply(frame, Request(at_us, Verb.WATCH, task, name=name))
                continue
            step = world.describe(task, at_us)
            timeline.apply(frame, Poll(task, at_us, 40_000, Reason.BASE, told(step)))
    return timeline.snapshot()


def told(answer: Answer) -> Seen | Fault:
    word = answer.step.word
    if answer.step.is_error:
        return Fault(explain(word).fault_class, word, answer.step.message, 200)
    return Seen(word, answer.start_time_ms)


def test_every_lesson_is_seen_by_who_watches() -> None:
    views = list(watched(150).tasks.values())
    lessons = views[LESSONS]
    findings = {view.finding.verdict for view in lessons if view.finding}

    assert findings == {Verdict.IMPOSSIBLE, Verdict.UNDOCUMENTED}
    assert {Life.IDLE, Life.IN_PROGRESS, Life.ENDED, Life.NOT_FOUND} <= {view.stage.life for view in lessons}
    assert any(run.word == "Draining" for view in lessons for run in view.runs)
    assert any(run.fault_class is FaultClass.SERVICE for view in lessons for run in view.runs)
    assert any("\x1b" in run.word for view in lessons for run in view.runs)
    assert not [view.task for view in views[LESSONS.stop :] if view.finding]


def test_some_lessons_are_in_the_answer_only() -> None:
    steps = [step for life in demo_lives(DEMO_TASKS, 0)[LESSONS] for step in life.steps]

    assert any(step.echo for step in steps)
    assert any(step.delay_ms for step in steps)
    assert any("\x1b" in step.message for step in steps)


def test_the_transport_faults_can_be_read() -> None:
    faults = Faults(TRANSPORT_FAULTS)

    assert {kind for _ in range(2_000) for kind in faults.draw()} == {
        parse_fault(text).kind for text in TRANSPORT_FAULTS
    }
