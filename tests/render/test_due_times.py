from hypothesis import given
from hypothesis import strategies as st

from tests.core.entries import OTHER, ROOM, THIRD, tasks
from tui.core.standing import NEVER_US
from tui.core.task import TaskRef
from tui.render.due_times import DueTimes

moments = st.integers(0, 9) | st.just(NEVER_US)
steps = st.lists(
    st.tuples(st.just("put"), tasks, moments) | st.tuples(st.sampled_from(["drop", "take"]), tasks, st.integers(0, 9)),
    max_size=30,
)


@given(st.dictionaries(tasks, moments), steps)
def test_each_task_comes_once_when_its_last_moment_is_there(
    start: dict[TaskRef, int], steps: list[tuple[str, TaskRef, int]]
) -> None:
    due = DueTimes()
    due.fill(start.items())
    expected = {task: at_us for task, at_us in start.items() if at_us < NEVER_US}
    for verb, task, at_us in steps:
        if verb == "put":
            due.put(task, at_us)
            expected.pop(task, None)
            if at_us < NEVER_US:
                expected[task] = at_us
        elif verb == "drop":
            due.drop(task)
            expected.pop(task, None)
        else:
            come = sorted(task for task, moment in expected.items() if moment <= at_us)
            assert sorted(due.take(at_us)) == come
            for one in come:
                del expected[one]
        assert due.next_us == min(expected.values(), default=NEVER_US)


def test_they_come_in_the_order_of_their_moments() -> None:
    due = DueTimes()
    due.fill([(ROOM, 3), (OTHER, 1), (THIRD, 2)])
    assert due.take(5) == [OTHER, THIRD, ROOM]
