"""Everything that can be found out about one request, here and now and without asking anybody."""

from msgspec import Struct

from tui.core.entry import Poll
from tui.core.secret import Credential
from tui.protocol.blame import Blame, blame
from tui.protocol.checks import Check, checks_of, rebuilt
from tui.protocol.clock_look import ClockLook, look_at_clock
from tui.protocol.endpoint import Endpoint
from tui.protocol.evidence import Evidence
from tui.protocol.messages import LANGUAGE, compose, signed_part
from tui.protocol.signing import Canon

_LAST_S = 253_402_300_799
"""The end of the year 9999: a later second has no date, and no clock tells it."""


class Inspection(Struct, frozen=True):
    """One poll, held against what it should have been. Holds no secret."""

    frame: int
    poll: Poll
    endpoint: Endpoint
    evidence: Evidence | None
    """None: nothing is kept, and all lines are rebuilt."""
    canon: Canon
    """What was signed, or would have been at the time of the poll."""
    body: bytes
    """As it should have been sent."""
    clock: ClockLook | None
    checks: tuple[Check, ...]
    """One a line, in the order of the request; each subject once."""
    blame: Blame

    def check(self, subject: str) -> Check | None:
        """The line about `subject`, a header in any case."""
        return next((check for check in self.checks if check.subject.lower() == subject.lower()), None)


def inspect(
    poll: Poll,
    evidence: Evidence | None,
    endpoint: Endpoint,
    credential: Credential | None,
    *,
    frame: int = 0,
    accepted: bool = False,
) -> Inspection:
    """Recompute the request of a poll, and say who is to blame for its answer.

    Args:
        endpoint: where it should have gone.
        credential: to verify the signature with; None where there is no key.
        accepted: the service has taken a signature of the same key, lately.
    """
    timestamp_s = evidence.meant.timestamp_s if evidence is not None else poll.sent_us // 1_000_000
    timestamp_s = min(max(0, timestamp_s), _LAST_S)
    canon = signed_part(poll.task, endpoint, timestamp_s)
    clock = look_at_clock(poll, timestamp_s)
    if evidence is None:
        checks = rebuilt(poll.task, endpoint, timestamp_s, LANGUAGE, canon)
    else:
        checks = checks_of(poll, evidence, endpoint, canon, credential)
    return Inspection(
        frame,
        poll,
        endpoint,
        evidence,
        canon,
        compose(poll.task),
        clock,
        checks,
        blame(poll, evidence, checks, clock, accepted=accepted),
    )
