from tests.core.entries import ROOM
from tui.core.lifecycle import Life, Stage
from tui.core.standing import Standing, Weight
from tui.core.views import TaskView
from tui.render.census import Census

IDLE = TaskView(ROOM, 0, stage=Stage(Life.IDLE, "Idle"), held_us=1, pinned=True)
OVER = TaskView(ROOM, 0, stage=Stage(Life.ENDED), held_us=1, pinned=True)
SAID = {"idle": Standing("Idle", Weight.QUIET, "", 0), "over": Standing("ENDED", Weight.OVER, "", 0)}


def test_what_is_over_is_counted_by_its_word_alone() -> None:
    census = Census()
    census.fill([(IDLE, SAID["idle"]), (OVER, SAID["over"])])
    assert (census.words, census.known) == ({"Idle": 1, "ENDED": 1}, {"Idle": 1})
    assert (census.held, census.pinned) == (1, 1)


def test_counting_back_leaves_nothing() -> None:
    census = Census()
    census.fill([(IDLE, SAID["idle"])])
    census.count(OVER, SAID["over"], 1)
    census.count(IDLE, SAID["idle"], -1)
    assert (census.words, census.known, census.weights) == ({"ENDED": 1}, {}, {Weight.OVER: 1})
    assert (census.held, census.pinned) == (0, 0)
