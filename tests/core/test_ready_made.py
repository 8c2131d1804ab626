import pytest
from hypothesis import given

from tests.core.entries import ROOM, at, histories, numbered, poll, watch
from tui.core.entry import Entry
from tui.core.facts import facts_of
from tui.core.fault import FaultClass
from tui.core.predicate import compile_predicate, warm_up
from tui.core.ready_made import READY_MADE, about
from tui.core.timeline import fold

warm_up()


@pytest.mark.parametrize("name", [name for name, _, _ in READY_MADE])
def test_each_can_be_read(name: str) -> None:
    when = next(when for known, when, _ in READY_MADE if known == name)
    assert compile_predicate(when).text == when


@pytest.mark.parametrize(
    ("entries", "when"),
    [
        ([], "status != new"),
        ([poll("Idle", 1)], "edge == new->Idle"),
        ([poll("Idle", 1), poll("InProgress", 2)], "edge == Idle->InProgress"),
        ([poll("Idle", 1), poll(FaultClass.SERVICE, 2)], "error == InternalError"),
        ([poll("Exited", 1), poll("Idle", 2)], "illegal"),
    ],
)
def test_the_most_remarkable_thing_is_offered(entries: list[Entry], when: str) -> None:
    at_end = fold(numbered([watch(), *entries]))
    assert about(at_end.tasks[ROOM], 3).when == when


@given(histories)
def test_whatever_a_task_is_what_is_offered_can_be_read_and_is_so_now(entries: list[Entry]) -> None:
    snapshot = fold(numbered(entries))
    for view in snapshot.tasks.values():
        one = about(view, 1)
        predicate = compile_predicate(one.when)
        known = one.when != "status != new"
        assert predicate.holds(facts_of(view, snapshot.tool, at(100))) is known
