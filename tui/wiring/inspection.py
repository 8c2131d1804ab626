"""The inspector over a journal: finds the poll, what it left behind, and the key to verify it with."""

from contextlib import closing
from pathlib import Path

from msgspec import Struct

from tui.adapters.journal.passage import JournalPassage
from tui.core.entry import Fault, Poll, Seen
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.engine.ports import JournalError, Keys, NoKey
from tui.protocol.blame import SIGNATURE_FAILURE
from tui.protocol.endpoint import Endpoint, EndpointError, parse_endpoint
from tui.protocol.evidence import Evidence
from tui.protocol.inspection import Inspection, inspect
from tui.protocol.kinds import INTERNATIONAL
from tui.ui.inspecting import Step

_AT_ONCE = 50
"""Entries of one task that are looked through for its next poll, and for an answer that accepted the same key."""

_NONE = {
    Step.BACK: "this is the first poll of this task",
    Step.HERE: "nobody has asked for this task yet",
    Step.ON: "this is the newest poll of this task",
}


class JournalInspector(Struct, frozen=True):
    """The real `ui.inspecting.Inspect`. Opens the journal for every call, so any thread may call it."""

    journal: Path
    endpoint: Endpoint | None
    """Where requests should have gone; None for a file of which only itself is known: where it says they went."""
    keys: Keys | None
    """None where there is no key to verify with."""

    def __call__(self, task: TaskRef, frame: int, step: Step) -> Inspection | str:
        """All about one poll of `task`, or why nothing, in one line."""
        try:
            with closing(JournalPassage(self.journal)) as passage:
                found = _find(passage, task, frame, step)
                if found is None:
                    return _NONE[step]
                at, poll = found
                left = passage.evidence(at)
                accepted = left is not None and _accepted_before(passage, at, poll, left)
            endpoint = self.endpoint or _endpoint_of(left)
        except (JournalError, EndpointError) as error:
            return str(error)
        credential = _read(self.keys) if self.keys is not None and left is not None else None
        return inspect(poll, left, endpoint, credential, frame=at, accepted=accepted)


def _endpoint_of(left: Evidence | None) -> Endpoint:
    return parse_endpoint(left.meant.endpoint if left is not None else f"https://{INTERNATIONAL.host}")


def _find(passage: JournalPassage, task: TaskRef, frame: int, step: Step) -> tuple[int, Poll] | None:
    """The poll that is meant, and its frame; whatever else is in the journal of this task is passed over."""
    back = step is not Step.ON
    at = frame - 1 if step is Step.BACK else frame
    while True:
        entries = passage.around(at, _AT_ONCE if back else 0, 0 if back else _AT_ONCE, task)
        if not entries:
            return None
        for number, entry in reversed(entries) if back else entries:
            if isinstance(entry, Poll):
                return number, entry
        at = entries[0][0] - 1 if back else entries[-1][0]


def _accepted_before(passage: JournalPassage, frame: int, poll: Poll, left: Evidence) -> bool:
    """Whether the service has taken a signature of the same key, not long before: asked only when it refused this."""
    if not isinstance(poll.answer, Fault) or poll.answer.code != SIGNATURE_FAILURE:
        return False
    for number, entry in reversed(passage.around(frame - 1, _AT_ONCE, 0, poll.task)):
        if isinstance(entry, Poll) and isinstance(entry.answer, Seen):
            before = passage.evidence(number)
            if before is not None and before.meant.key == left.meant.key:
                return True
    return False


def _read(keys: Keys) -> Credential | None:
    try:
        return keys.read()
    except NoKey:
        return None
