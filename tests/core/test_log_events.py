from msgspec.structs import replace

from tests.core.entries import ROOM, ack, mark, numbered, watch
from tui.core.entry import Entry
from tui.core.timeline import fold
from tui.core.views import Event


def told(entry: Entry) -> Event:
    return fold(numbered([watch(), entry])).events[-1]


def test_a_mark_says_what_for_and_where() -> None:
    line = told(mark(318, "check audio", 7))
    assert (line.kind, line.task, line.text) == ("mark", ROOM, '"check audio" frame 318 by alice')
    assert told(mark(318, task=None)).task is None
    assert told(replace(mark(318), operator="")).text == "frame 318"


def test_an_acknowledged_alert_says_which_and_by_whom() -> None:
    line = told(ack("idle-long", 7))
    assert (line.kind, line.task, line.text) == ("ack", ROOM, "idle-long by alice")
    assert told(ack("blind", task=None, operator="")).text == "blind"
