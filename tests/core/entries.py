"""Entries for tests, in few words: by hand, and any at all for general rules."""

from hypothesis import strategies as st

from tui.core.entry import (
    Ack,
    Entry,
    Fault,
    Gap,
    GapCause,
    Level,
    Mark,
    Note,
    Poll,
    Reason,
    Request,
    Seen,
    Skew,
    Topic,
    Verb,
)
from tui.core.fault import FaultClass
from tui.core.task import TaskRef

START_MS = 1_750_000_000_000
START_US = START_MS * 1000
SECOND_US = 1_000_000

ROOM = TaskRef("ap-guangzhou", 1400000001, "room-1")
OTHER = TaskRef("ap-guangzhou", 1400000001, "room-2")
THIRD = TaskRef("eu-frankfurt", 1400000002, "-begins/with+odd=signs")

CODES = {
    FaultClass.END: "ResourceNotFound.TaskNotExist",
    FaultClass.OURS: "InvalidParameter.TaskId",
    FaultClass.AUTH: "AuthFailure.SecretIdNotFound",
    FaultClass.CLOCK: "AuthFailure.SignatureExpire",
    FaultClass.THROTTLED: "RequestLimitExceeded",
    FaultClass.SERVICE: "InternalError",
    FaultClass.NETWORK: "Network.Timeout",
}


def fault(fault_class: FaultClass, code: str = "") -> Fault:
    """A failure of this class, with an HTTP status unless the network swallowed the answer."""
    http_status = None if fault_class is FaultClass.NETWORK else 200
    return Fault(fault_class, code or CODES[fault_class], "as told by a test", http_status)


def poll(answer: str | FaultClass | Fault, second: float = 0, task: TaskRef = ROOM, start_ms: int = START_MS) -> Poll:
    """One poll, sent so many seconds after the start of the test's time and answered after 20 ms."""
    if isinstance(answer, FaultClass):
        answer = fault(answer)
    elif not isinstance(answer, Fault):
        return Poll(task, at(second), 20_000, Reason.BASE, Seen(answer, start_ms), f"request-{second}")
    return Poll(task, at(second), 20_000, Reason.BASE, answer, f"request-{second}")


def watch(task: TaskRef = ROOM, second: float = 0, name: str = "") -> Request:
    return Request(at(second), Verb.WATCH, task, "alice", name)


def forget(task: TaskRef = ROOM, second: float = 0) -> Request:
    return Request(at(second), Verb.FORGET, task, "alice")


def wish(verb: Verb, second: float = 0, task: TaskRef = ROOM) -> Request:
    return Request(at(second), verb, task, "alice")


def gap(cause: GapCause, since: float, second: float | None = None, task: TaskRef | None = None) -> Gap:
    """Nobody looks since that second; noticed 2 s later unless told when."""
    return Gap(at(since + 2 if second is None else second), at(since), cause, task)


def mark(frame: int, text: str = "", second: float = 0, task: TaskRef | None = ROOM) -> Mark:
    """The moment of that frame, marked at that second."""
    return Mark(at(second), at(second), frame, text, "alice", task)


def ack(rule: str, second: float = 0, task: TaskRef | None = ROOM, operator: str = "alice") -> Ack:
    return Ack(at(second), rule, operator, task)


def note(topic: Topic, second: float = 0) -> Note:
    return Note(at(second), topic, topic.value)


def at(second: float) -> int:
    """Microseconds since the epoch, so many seconds after the start of the test's time."""
    return START_US + round(second * SECOND_US)


def numbered(entries: list[Entry], first: int = 1) -> list[tuple[int, Entry]]:
    """The entries with the frames a journal would give them."""
    return list(enumerate(entries, first))


times_us = st.integers(START_US, START_US + 90 * SECOND_US) | st.integers(0, 4_000_000_000_000_000)
"""Close to each other, as in life, or anywhere."""
tasks = st.sampled_from([ROOM, OTHER, THIRD])
words = st.sampled_from(["Idle", "InProgress", "Exited", "Paused", "ENDED", ""]) | st.text(max_size=8)
seen_answers = st.builds(Seen, words, st.sampled_from([0, START_MS, START_MS + 1, 1 << 52]))
faults = st.builds(
    Fault,
    st.sampled_from(FaultClass),
    st.sampled_from(["FailedOperation", "InternalError", "Network.Timeout", ""]),
    st.text(max_size=4),
    st.sampled_from([None, 200, 503]),
)
skews = st.builds(Skew, st.integers(-(10**9), 10**9), st.integers(0, 10**6))
polls = st.builds(
    Poll,
    tasks,
    times_us,
    st.integers(0, 60_000_000),
    st.sampled_from(Reason),
    seen_answers | faults,
    st.none() | st.just("request"),
    st.none() | skews,
)
requests = st.builds(
    Request, times_us, st.sampled_from(Verb), tasks, st.sampled_from(["", "alice"]), st.text(max_size=3)
)
notes = st.builds(Note, times_us, st.sampled_from(Topic), st.text(max_size=4), st.sampled_from(Level))
gaps = st.builds(Gap, times_us, times_us, st.sampled_from(GapCause), st.none() | tasks)
marks = st.builds(
    Mark, times_us, times_us, st.integers(0, 99), st.text(max_size=3), st.sampled_from(["", "alice"]), st.none() | tasks
)
acks = st.builds(
    Ack,
    times_us,
    st.sampled_from(["idle-long", "stale", "impossible", "streak", "blind", "of another version"]),
    st.sampled_from(["", "alice"]),
    st.none() | tasks,
)
histories: st.SearchStrategy[list[Entry]] = st.lists(polls | requests | notes | gaps | marks | acks, max_size=40)
