from hypothesis import given
from hypothesis import strategies as st

from tui.core.task import TaskRef
from tui.render.order import Order

TASKS = [TaskRef("ap-singapore", 1, f"task-{number}") for number in range(6)]
moves = st.lists(st.tuples(st.sampled_from(TASKS), st.none() | st.integers(0, 4)), max_size=30)


@given(moves)
def test_moving_one_by_one_is_sorting_all(moves: list[tuple[TaskRef, int | None]]) -> None:
    order, wanted = Order(), dict[TaskRef, tuple[int, str]]()
    for task, rank in moves:
        if rank is None:
            order.drop(task)
            wanted.pop(task, None)
        else:
            order.put(task, (rank, task.task_id))
            wanted[task] = (rank, task.task_id)
    expected = sorted(wanted, key=lambda task: wanted[task])
    assert [order[place] for place in range(len(order))] == expected
    assert order.first(3) == expected[:3]
    assert {task: order.index(task) for task in TASKS} == {
        task: expected.index(task) if task in wanted else None for task in TASKS
    }


def test_filling_forgets_what_was_in() -> None:
    order = Order()
    order.put(TASKS[0], (0,))
    order.fill([(TASKS[2], (2,)), (TASKS[1], (1,))])
    assert order.first(9) == [TASKS[1], TASKS[2]]
    assert order.index(TASKS[0]) is None
