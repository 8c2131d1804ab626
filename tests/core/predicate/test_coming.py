import pytest

from tests.core.entries import ROOM, at, gap, note, numbered, poll, watch, wish
from tui.core.entry import Entry, GapCause, Topic, Verb
from tui.core.facts import facts_of
from tui.core.fault import FaultClass
from tui.core.predicate import compile_predicate
from tui.core.predicate.coming import Coming, Outlook, outlook
from tui.core.standing import NEVER_US
from tui.core.timeline import fold

END = FaultClass.END
OVER: list[Entry] = [poll("Exited", 0), poll(END, 1), poll(END, 2)]
NOT_FOUND: list[Entry] = [poll(END, 0), poll(END, 1), poll(END, 2)]


def told(text: str, entries: list[Entry], *, second: float = 6, since: float = 5) -> Outlook:
    """What somebody who waits since `since` expects at `second`."""
    snapshot = fold(numbered([note(Topic.POLLING_STARTED), watch(name="live-7"), *entries]))
    return outlook(compile_predicate(text), facts_of(snapshot.tasks[ROOM], snapshot.tool, at(second)), at(since))


@pytest.mark.parametrize(
    ("text", "entries", "expected"),
    [
        ("status == Idle", [poll("Idle", 0)], Outlook(Coming.OPEN, at(15))),
        ("status == Idle", [poll("Idle", 0), poll("Idle", 5)], Outlook(Coming.HOLDS)),
        ("status == Exited", [poll("Idle", 5)], Outlook(Coming.OPEN)),
        ("in_state > 60s", [poll("Idle", 5)], Outlook(Coming.OPEN, at(65))),
        ("status == Idle", OVER, Outlook(Coming.NEVER)),
        ("status == Idle", NOT_FOUND, Outlook(Coming.NEVER)),
        ("ended & exited_seen", OVER, Outlook(Coming.HOLDS)),
        ("in_state > 60s & status == ENDED", OVER, Outlook(Coming.OPEN, at(62))),
        ("in_state < 3s", OVER, Outlook(Coming.NEVER)),
        ("live-8", OVER, Outlook(Coming.NEVER)),
        ("gap", [*OVER, gap(GapCause.NO_POLLER, 3)], Outlook(Coming.NEVER)),
        ("skew > 3s", OVER, Outlook(Coming.OPEN, NEVER_US)),
    ],
)
def test_what_to_expect(text: str, entries: list[Entry], expected: Outlook) -> None:
    assert told(text, entries) == expected


def test_who_gets_no_answer_takes_what_is_known() -> None:
    held: list[Entry] = [poll("Idle", 0), wish(Verb.HOLD, 1)]
    assert told("held", held, second=14.9).coming is Coming.OPEN
    assert told("held", held, second=15).coming is Coming.HOLDS
