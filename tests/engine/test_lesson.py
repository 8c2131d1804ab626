import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import ROOM, histories, poll
from tui.core.entry import GapCause, Poll
from tui.core.fault import FaultClass
from tui.core.reading import read_task
from tui.core.views import TaskView
from tui.engine.lesson import CLOCK_PAUSE_US, ClockTrust, Lesson, learn

SECOND_US = 1_000_000
FRESH = TaskView(ROOM, 0)


@pytest.mark.parametrize(
    ("answer", "lesson"),
    [
        ("Idle", Lesson(told=True, accepted=True)),
        (FaultClass.END, Lesson(told=True, accepted=True)),
        (FaultClass.OURS, Lesson(told=True, rest_us=30 * SECOND_US, accepted=True)),
        (FaultClass.AUTH, Lesson(refused="AuthFailure.SecretIdNotFound as told by a test", cause=GapCause.AUTH)),
        (FaultClass.CLOCK, Lesson(pause_us=10 * SECOND_US, cause=GapCause.CLOCK)),
        (FaultClass.THROTTLED, Lesson(pause_us=1 * SECOND_US, throttled=True, accepted=True, cause=GapCause.LIMITER)),
        (FaultClass.SERVICE, Lesson(lost=True, cause=GapCause.SERVICE)),
        (FaultClass.NETWORK, Lesson(lost=True, cause=GapCause.NETWORK)),
    ],
)
def test_what_one_answer_teaches(answer: str | FaultClass, lesson: Lesson) -> None:
    assert learn(poll(answer), FRESH, ClockTrust()) == lesson


@given(histories)
def test_no_answer_teaches_to_hammer_or_to_sleep_for_ever(entries: list[object]) -> None:
    trust = ClockTrust()
    for entry in entries:
        if isinstance(entry, Poll):
            view, _ = read_task(1, FRESH, entry)
            lesson = learn(entry, view, trust)
            assert SECOND_US <= lesson.rest_us <= 30 * SECOND_US
            assert 0 <= lesson.pause_us <= CLOCK_PAUSE_US
            assert not (lesson.told and lesson.lost)
            assert not (lesson.refused and lesson.accepted)


@given(st.lists(st.sampled_from(sorted(FaultClass)), max_size=20))
def test_only_a_refused_key_stops(failures: list[FaultClass]) -> None:
    trust = ClockTrust()
    for failure in failures:
        assert bool(learn(poll(failure), FRESH, trust).refused) == (failure is FaultClass.AUTH)
