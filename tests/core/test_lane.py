from hypothesis import given
from hypothesis import strategies as st

from tui.core.lane import Lane
from tui.core.task import TaskRef

TASKS = [TaskRef("ap-guangzhou", 1400000001, f"room-{number}") for number in range(8)]
puts = st.tuples(st.sampled_from(TASKS), st.integers(0, 5) | st.none())


@given(st.lists(puts, max_size=400))
def test_the_first_is_the_smallest_key_and_of_those_who_came_first(steps: list[tuple[TaskRef, int | None]]) -> None:
    lane, model = Lane[int](), dict[TaskRef, tuple[int, int]]()
    for number, (task, key) in enumerate(steps):
        if key is None:
            lane.drop(task)
            model.pop(task, None)
        else:
            lane.put(task, key)
            model[task] = key, number
        assert len(lane) == len(model)
        assert (task in lane) == (task in model)
        first = min(model, key=lambda one: model[one], default=None)
        assert lane.first() == (None if first is None else (model[first][0], first))


@given(st.lists(puts, max_size=400))
def test_what_was_dropped_takes_little_room(steps: list[tuple[TaskRef, int | None]]) -> None:
    lane = Lane[int]()
    for task, key in steps:
        if key is None:
            lane.drop(task)
        else:
            lane.put(task, key)
        assert len(lane._heap) <= 2 * len(lane) + 64
