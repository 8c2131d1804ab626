import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import ROOM, histories, poll
from tui.core.entry import Poll
from tui.core.fault import FaultClass
from tui.core.reading import read_task
from tui.core.views import TaskView
from tui.engine.lesson import LONGEST_PAUSE_US, Backoff, Lesson, learn

SECOND_US = 1_000_000
FRESH = TaskView(ROOM, 0)


@pytest.mark.parametrize(
    ("answer", "lesson"),
    [
        ("Idle", Lesson(accepted=True)),
        (FaultClass.END, Lesson(accepted=True)),
        (FaultClass.OURS, Lesson(rest_us=30 * SECOND_US, accepted=True)),
        (FaultClass.AUTH, Lesson(refused="AuthFailure.SecretIdNotFound as told by a test")),
        (FaultClass.CLOCK, Lesson(pause_us=10 * SECOND_US)),
        (FaultClass.THROTTLED, Lesson(pause_us=1 * SECOND_US, accepted=True)),
        (FaultClass.SERVICE, Lesson()),
        (FaultClass.NETWORK, Lesson()),
    ],
)
def test_what_one_answer_teaches(answer: str | FaultClass, lesson: Lesson) -> None:
    assert learn(poll(answer), FRESH, Backoff()) == lesson


def test_an_outage_pauses_longer_and_longer_up_to_half_a_minute() -> None:
    backoff = Backoff()
    pauses_us = [learn(poll(FaultClass.NETWORK), FRESH, backoff).pause_us for _ in range(200)]
    assert [pause_us // SECOND_US for pause_us in pauses_us[:9]] == [0, 0, 1, 2, 4, 8, 16, 30, 30]
    assert set(pauses_us[9:]) == {LONGEST_PAUSE_US}
    assert learn(poll("Idle"), FRESH, backoff).pause_us == 0
    assert learn(poll(FaultClass.NETWORK), FRESH, backoff).pause_us == 0, "it starts over"


@given(histories)
def test_no_answer_teaches_to_hammer_or_to_sleep_for_ever(entries: list[object]) -> None:
    backoff = Backoff()
    for entry in entries:
        if isinstance(entry, Poll):
            view, _ = read_task(1, FRESH, entry)
            lesson = learn(entry, view, backoff)
            assert SECOND_US <= lesson.rest_us <= 30 * SECOND_US
            assert 0 <= lesson.pause_us <= LONGEST_PAUSE_US
            assert not (lesson.refused and lesson.accepted)


@given(st.lists(st.sampled_from(sorted(FaultClass)), max_size=20))
def test_only_a_refused_key_stops(failures: list[FaultClass]) -> None:
    backoff = Backoff()
    for failure in failures:
        assert bool(learn(poll(failure), FRESH, backoff).refused) == (failure is FaultClass.AUTH)
