"""Snapshots for tests: a night on call, made of entries as a journal holds them."""

from collections.abc import Iterable

from tests.core.entries import numbered
from tui.core.entry import Entry, Fault, Note, Poll, Reason, Request, Seen, Skew, Topic, Verb
from tui.core.fault import FaultClass
from tui.core.lease import LeaseView
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, fold
from tui.render.board import Board
from tui.render.header import Identity, header
from tui.render.line import Line, text, width
from tui.render.view import View

SECOND_US = 1_000_000
NIGHT_US = 1_795_316_400 * SECOND_US
"""2026-11-22 03:00:00 UTC."""
START_MS = 1_795_316_402_515
REQUEST_ID = "f83001c5-7e3c-dfac-ba3e-236bf063c8d1"

FINAL = TaskRef("ap-singapore", 1400000000, "m9-bVVU7nhKM5X3GsED6KNGVG********sggE.")
QA = TaskRef("ap-singapore", 1400000000, "qa-task")
STUDIO = TaskRef("ap-singapore", 1400000000, "studio-task")
ARENA = TaskRef("ap-hongkong", 1400000000, "arena-task")
ENDED = TaskRef("ap-singapore", 1400000000, "ended-task")

NOT_FOUND = Fault(FaultClass.END, "ResourceNotFound", "task not found", 200, b'{"Response":{"Error":{}}}')
TIMEOUT = Fault(FaultClass.NETWORK, "Transport.Timeout", "no complete answer")
WRONG_APP = Fault(FaultClass.OURS, "InvalidParameter.SdkAppId", "SdkAppId is not yours", 200, b"{}")


def at(second: float) -> int:
    """So many seconds after three o'clock, µs."""
    return NIGHT_US + round(second * SECOND_US)


def watched(task: TaskRef, name: str, second: float = 0) -> Request:
    return Request(at(second), Verb.WATCH, task, "alice", name)


def polled(task: TaskRef, second: float, answer: str | Fault, latency_us: int = 41_000) -> Poll:
    told = (
        Seen(answer, START_MS, b'{"Response":{"Status":"%s"}}' % answer.encode()) if isinstance(answer, str) else answer
    )
    return Poll(task, at(second), latency_us, Reason.BASE, told, REQUEST_ID, Skew(200_000, 50_000))


def looked(task: TaskRef, seconds: Iterable[float], answer: str | Fault) -> list[Entry]:
    """Polls at these times, all with the same answer."""
    return [polled(task, second, answer) for second in seconds]


def started(second: float = 0) -> Note:
    return Note(at(second), Topic.POLLING_STARTED, "polling started")


def stopped(second: float, topic: Topic = Topic.POLLING_STOPPED) -> Note:
    return Note(at(second), topic, topic.value)


def night() -> list[Entry]:
    """Five tasks until 03:12:07: one not looked at for 27 s, one for 7 min, one leaving, one well, one over."""
    names = {FINAL: "live-final-7", QA: "qa-3", STUDIO: "studio-b-zh", ARENA: "arena-main-en", ENDED: "studio-a-en"}
    entries: list[Entry] = [watched(task, name) for task, name in names.items()]
    entries += [started(), polled(FINAL, 2, "Idle"), polled(QA, 300, "InProgress")]
    entries += [polled(FINAL, second, "InProgress") for second in range(4, 700, 2)]
    entries += [polled(ENDED, 2, "InProgress"), polled(ENDED, 500, "Exited")]
    entries += [polled(ENDED, second, NOT_FOUND) for second in (550, 551)]
    entries += [polled(task, second, "InProgress") for task in (STUDIO, ARENA) for second in (2, 700)]
    return [*entries, polled(STUDIO, 724, "Exited"), polled(ARENA, 726.5, "InProgress", 39_000)]


NOW_US = at(727)


def seen(entries: list[Entry]) -> Snapshot:
    return fold(numbered(entries))


def arranged(snapshot: Snapshot, view: View | None = None, now_us: int = NOW_US) -> Board:
    board = Board()
    board.show(snapshot, view or View(), now_us, None)
    return board


def texts(lines: tuple[Line, ...]) -> list[str]:
    """The lines without roles, and without the padding that every line has."""
    return [text(spans).rstrip() for spans in lines]


OURS = LeaseView("token", "alice, pid 4711", 18.0, 1)
PROD = Identity("prod", "ap-singapore", 1400000000, "keyring", "AKID..x9Q2", lease=OURS, mine=True)


def head(entries: list[Entry], now_us: int = NOW_US, cells: int = 80, identity: Identity = PROD) -> list[str]:
    """The three lines on top."""
    snapshot = seen(entries)
    lines = header(identity, snapshot, arranged(snapshot, now_us=now_us), now_us, cells)
    assert [width(spans) for spans in lines] == [cells] * 3
    return texts(lines)


def quiet() -> list[Entry]:
    """One task well, one over."""
    return [
        watched(ARENA, "arena-main-en"),
        watched(ENDED, "studio-a-en"),
        started(),
        polled(ENDED, 1, "Exited"),
        *looked(ENDED, (2, 3), NOT_FOUND),
        *looked(ARENA, (4, 254), "InProgress"),
    ]


def failing(fault_class: FaultClass, count: int, code: str = "Some.Code") -> list[Entry]:
    """So many failures in a row, a second apart, from 03:04:15 on."""
    fault = Fault(fault_class, code, "", 200)
    return [*quiet(), *(polled(ARENA, 255 + number, fault) for number in range(count))]
