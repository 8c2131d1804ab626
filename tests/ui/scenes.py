"""What the screen looks like in every state that matters: for the snapshot tests and for `screenshots/`."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from operator import attrgetter

from msgspec.structs import replace
from textual.app import App
from textual.pilot import Pilot

from tests.protocol.sent import evidence, inspected
from tests.protocol.sent import poll as answered
from tests.ui.live_show import (
    GONE,
    INTERNAL,
    REFUSED_KEY,
    SDK_APP_ID,
    SHOW,
    SINGAPORE,
    UNREACHABLE,
    Part,
    at,
    auth_stopped,
    journal,
    poll,
    polling_started,
    watching,
)
from tests.ui.scripted import OURS, THEIRS, ScriptedSession, folded
from tui.core.breakpoint import Action, Breakpoint, Breaks, Watch
from tui.core.entry import Ack, Entry, Fault, Gap, GapCause, Note, Poll, Reason, Request, Seen, Topic, Verb
from tui.core.fault import FaultClass
from tui.core.lease import LeaseView
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.protocol.evidence import Timing
from tui.protocol.inspection import Inspection
from tui.render.view import DetailMode, View
from tui.ui.app import TrtcApp
from tui.ui.dialogs.inspector import Inspector

SMALL, WIDE = (80, 24), (160, 45)
"""Columns and rows."""


def _nothing() -> list[Entry]:
    return []


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the screen: the journal so far, how it is looked at, and what the operator then types."""

    name: str
    entries: Callable[[], list[Entry]]
    view: View = field(default_factory=View)
    second: float = 0.0
    """When it is looked at; 0 is the show's now."""
    waiting: str = ""
    lease: LeaseView = OURS
    keys: tuple[str, ...] = ()
    later: Callable[[], list[Entry]] = _nothing
    """What comes in after the keys."""
    sizes: tuple[tuple[int, int], ...] = (SMALL, WIDE)
    breaks: Breaks = field(default_factory=Breaks)
    """Breakpoints and watches that were kept."""
    inspection: Inspection | None = None
    """What the inspector finds."""
    until: str = ""
    """What is on the screen when threads that the keys have started are done."""

    def session(self) -> ScriptedSession:
        """A fresh session that stands where this scene begins."""
        start, now_us = _snapshot(self.entries), at(self.second)
        session = ScriptedSession(start, now_us, self.view, self.waiting, lease=self.lease, entries=self.entries())
        session.breaks = self.breaks
        return session

    async def play(self, pilot: Pilot[None], session: ScriptedSession) -> None:
        """Do what the operator does, and let come what then comes."""
        await pilot.pause()
        for key in self.keys:
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
        session.tell(*self.later())
        await pilot.pause()
        for _ in range(_LOOKS):
            if self.until in shown_by(pilot.app):
                return
            await asyncio.sleep(0.02)  # pilot.pause asks every widget, also one that goes away before it can answer
        raise AssertionError(f"{self.until!r} never comes:\n{shown_by(pilot.app)}")

    def app(self) -> tuple[TrtcApp, ScriptedSession]:
        """The real app over a fresh session."""
        session = self.session()
        found = self.inspection
        if found is None:
            return TrtcApp(session.source), session
        inspector = partial(Inspector, lambda _task, _frame, _step: found)
        return TrtcApp(replace(session.source, inspector=inspector)), session


_LOOKS = 400


def shown_by(app: App[None]) -> str:
    """The screen on top as text."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


@cache
def _snapshot(entries: Callable[[], list[Entry]]) -> Snapshot:
    return folded(entries())


def show() -> list[Entry]:
    return journal()


TROUBLED = (
    Part("studio-b-zh", ((-2931, "InProgress"), (-64, "Exited"), (-52, "InProgress"))),
    Part("panel-2-zh", ((-918, "InProgress"), (-23, INTERNAL))),
    Part("arena-b-ja", ((-1870, "InProgress"), (-33, "Paused"))),
    Part("typo", ((-75, GONE), (-72, GONE), (-64, GONE))),
)


def troubled() -> list[Entry]:
    """A task that came back after its exit, one without answers, one with a word nobody knows."""
    return journal((*TROUBLED[:3], *SHOW[3:8]))


def refused() -> list[Entry]:
    """The key stopped being accepted 92 s ago."""
    return [*journal(until=-92), poll(SHOW[3].task, -92, REFUSED_KEY, 0), *auth_stopped(-91.9)]


def unreachable() -> list[Entry]:
    """No packet came through for 31 s."""
    timeouts = [poll(SHOW[3 + k % 30].task, -31 + k * 0.5, UNREACHABLE, 0, 3_000_000) for k in range(56)]
    return [*journal(until=-31), *timeouts]


NIGHT_SHIFT, HELD_TASK, FORGOTTEN_TASK = SHOW[3], SHOW[8], SHOW[1]
LIMITED = Fault(FaultClass.THROTTLED, "RequestLimitExceeded", "more than 20 requests a second", 200, b"{}")


def unwatched() -> list[Entry]:
    """No process polled for four minutes, and one task has had no answer since."""
    answered = [entry for entry in journal(SHOW[:-2]) if not at(-300) < entry.at_us < at(-60)]
    return _in_order(
        *(entry for entry in answered if not (isinstance(entry, Poll) and entry.task == FORGOTTEN_TASK.task)),
        Poll(FORGOTTEN_TASK.task, at(-301), 41_000, Reason.BASE, Seen("InProgress", at(-350) // 1000), "3f1c"),
        Note(at(-300), Topic.POLLING_STOPPED, "polling stopped"),
        Gap(at(-60), at(-300), GapCause.NO_POLLER),
        polling_started(-60),
        Gap(at(-20), at(-50), GapCause.DROPPED, FORGOTTEN_TASK.task),
    )


def asleep() -> list[Entry]:
    """The host has just woken up, and no answer came yet."""
    return [*journal(until=-95), Gap(at(-0.2), at(-95), GapCause.ASLEEP)]


def held() -> list[Entry]:
    """One task is held, another one pinned."""
    answered = journal()
    silent = [e for e in answered if isinstance(e, Poll) and e.task == HELD_TASK.task and e.at_us > at(-130)]
    return _in_order(
        *(entry for entry in answered if entry not in silent),
        Request(at(-130), Verb.HOLD, HELD_TASK.task, "alice"),
        Request(at(-128), Verb.PIN, NIGHT_SHIFT.task, "ali"),
    )


def well_watched() -> list[Entry]:
    """The same show, with everybody polled every 8 s all the time."""
    answered = journal()
    started_ms = {
        entry.task: entry.answer.start_time_ms
        for entry in answered
        if isinstance(entry, Poll) and isinstance(entry.answer, Seen)
    }
    polls = [
        poll(part.task, second, answer, started_ms[part.task])
        for number, part in enumerate(SHOW)
        for second in (-720 + 8 * n + number * 0.2 for n in range(82))
        if (answer := part.answer_at(second)) is not None
    ]
    return _in_order(*answered, *polls)


def stepped() -> list[Entry]:
    """Three polls by hand of a task that is held for that."""
    answered = journal()
    started_ms = _started_ms(NIGHT_SHIFT)
    silent = [e for e in answered if isinstance(e, Poll) and e.task == NIGHT_SHIFT.task and e.at_us > at(-9)]
    by_hand = ((-9, -8.9), (-5, -4.9), (-1, -0.9))
    return _in_order(
        *(entry for entry in answered if entry not in silent),
        *(Request(at(asked), Verb.STEP, NIGHT_SHIFT.task, "alice") for asked, _ in by_hand),
        *(poll(NIGHT_SHIFT.task, sent, "InProgress", started_ms, reason=Reason.YOU) for _, sent in by_hand),
    )


def acknowledged() -> list[Entry]:
    """Alice takes care of the worst, ali of another one."""
    return _in_order(
        *journal(), Ack(at(-20), "exited-long", "alice", SHOW[0].task), Ack(at(-4), "idle-long", "ali", SHOW[-3].task)
    )


KEPT_BREAKS = Breaks(
    (
        Breakpoint(1, "edge InProgress->Exited"),
        Breakpoint(2, "status == Exited & in_state > 60s", "live-*", (Action.MARK, Action.BELL), note="check audio"),
        Breakpoint(3, "error ~ AuthFailure", actions=(Action.HOLD, Action.BELL), on=False),
        Breakpoint(4, "illegal"),
    ),
    (Watch("status", stops=True), Watch("in_state")),
)
SENT = evidence(timing=Timing(1_200, None, None, 900, 38_000, 2_100))
AHEAD = inspected(SENT, answered("AuthFailure.SignatureExpire", 412))


def limited() -> list[Entry]:
    """Somebody else used the same limit, and the network was away for a while."""
    return _in_order(
        *journal(),
        poll(NIGHT_SHIFT.task, -200, LIMITED, 0),
        Gap(at(-199), at(-202), GapCause.LIMITER),
        poll(NIGHT_SHIFT.task, -198, "InProgress", _started_ms(NIGHT_SHIFT)),
        Gap(at(-150), at(-152), GapCause.NETWORK),
        poll(NIGHT_SHIFT.task, -121, "InProgress", _started_ms(NIGHT_SHIFT)),
    )


def _started_ms(part: Part) -> int:
    return next(
        entry.answer.start_time_ms
        for entry in journal()
        if isinstance(entry, Poll) and entry.task == part.task and isinstance(entry.answer, Seen)
    )


def _in_order(*entries: Entry) -> list[Entry]:
    return sorted(entries, key=attrgetter("at_us"))


def first_start() -> list[Entry]:
    return [polling_started(-2)]


def without_key() -> list[Entry]:
    return watching(*SHOW[:5], second=-1)


MARKUP = "[bold red]x[/] [@click=app.quit]y[/] [/"
STEERING = "\x1b[2J\x1b]52;c;aGk=\x07 \x9b31m \u202eright to left\u2066"
PICTURES = "👩\u200d👩\u200d👧 👍🏽 é " + "会議の字幕" * 40


def hostile() -> list[Entry]:
    """Names, statuses and messages as the worst of servers and operators would write them."""
    spiteful = Fault(FaultClass.OURS, "InvalidParameter[red]", f"{STEERING} {MARKUP}", 200, STEERING.encode())
    parts = (
        Part(MARKUP, ((-30, MARKUP),)),
        Part(STEERING, ((-30, STEERING),)),
        Part(PICTURES, ((-30, PICTURES),)),
        Part("[refused]", ((-30, spiteful),)),
        *SHOW[3:6],
    )
    return journal(parts)


def crowd() -> list[Entry]:
    """10,000 tasks, polled once each, 18 in a second."""
    tasks = [TaskRef(SINGAPORE, SDK_APP_ID, f"crowd-{number:05}") for number in range(10_000)]
    asked: list[Entry] = [Request(at(-700), Verb.WATCH, task) for task in tasks]
    sent = enumerate(tasks, 1)
    started_ms = at(-650) // 1000
    return [
        *asked,
        polling_started(-600),
        *(poll(task, (n - 10_000) / 18, "InProgress", started_ms) for n, task in sent),
    ]


def newcomers() -> list[Entry]:
    """37 entries: what a paused view counts."""
    return list(_newcomers())


def _newcomers() -> Iterator[Entry]:
    for number in range(37):
        part = SHOW[3 + number % 30]
        yield poll(part.task, number / 18, "Exited" if number < 3 else "InProgress", 0)


_COMEBACK = TROUBLED[0].task
_UNANSWERED = TROUBLED[1].task

RUNNING = Scene("running", show, sizes=(SMALL, WIDE, (60, 16), (50, 12), (119, 29)))
IMPOSSIBLE = Scene("impossible", troubled, View(selected=_COMEBACK, detail=DetailMode.FULL))
UNANSWERED = Scene("unanswered", troubled, View(selected=_UNANSWERED))
AUTH_STOPPED = Scene("auth-stopped", refused)
NO_NETWORK = Scene("no-network", unreachable)
EMPTY = Scene("empty", first_start)
HELP = Scene("help", show, keys=("question_mark",))
FILTER = Scene("filter", show, keys=("slash", *"arena", "space", "exclamation_mark", *"ja"))
PAUSED = Scene("paused", show, keys=("space",), later=newcomers)
ADD = Scene("add", show, keys=("A", *"eu-west", "slash"), sizes=(SMALL,))
COPY = Scene("copy", show, keys=("y",))
FORGET = Scene("forget", show, keys=("delete",), sizes=(SMALL,))
ZOOMED_LOG = Scene("zoomed-log", show, keys=("4", "z"))
FULL = Scene("full", show, keys=("V", "2", "z"))
JSON = Scene("json", show, keys=("V", "V"), sizes=(WIDE,))
HOSTILE = Scene("hostile", hostile)
HOSTILE_DETAIL = Scene("hostile-detail", hostile, View(detail=DetailMode.FULL, focus=2, zoomed=True), sizes=(SMALL,))
WAITING = Scene("waiting", without_key, waiting="the OS keyring is locked", sizes=(SMALL,))
CROWD = Scene("crowd", crowd, keys=("G",), sizes=(SMALL,))
FOLLOWER = Scene("follower", show, lease=THEIRS)
REQUESTS = Scene("requests", limited, keys=("5",))
GAP = Scene("gap", unwatched, View(selected=SHOW[0].task))
GAP_DETAIL = Scene("gap-detail", unwatched, View(selected=SHOW[1].task, focus=2, zoomed=True), sizes=(SMALL,))
ASLEEP = Scene("asleep", asleep, sizes=(SMALL,))
HELD = Scene("held", held, View(selected=HELD_TASK.task))
REPLAY = Scene("replay", well_watched, keys=("N", "S", "S"))
STEP = Scene("step", stepped, View(selected=NIGHT_SHIFT.task))
SCRUBBER = Scene("scrubber", unwatched, View(selected=SHOW[0].task, focus=3), keys=("k", "k"))
BREAKPOINTS = Scene("breakpoints", show, keys=("B", "j", "enter"), breaks=KEPT_BREAKS, until="In this recording: 1 hit")
WATCHES = Scene("watches", show, keys=("N",), breaks=KEPT_BREAKS, until="in_state ")
INSPECTOR = Scene("inspector", show, keys=("i",), inspection=inspected(SENT), until="blame")
INSPECTOR_CLOCK = Scene("inspector-clock", refused, keys=("i", "tab", "tab"), inspection=AHEAD, until="string to sign")
DIFF = Scene("diff", show, keys=("N", "d"), until="Diff frame")
ACKED = Scene("acked", acknowledged, keys=("exclamation_mark",))

SCENES = (
    RUNNING,
    IMPOSSIBLE,
    UNANSWERED,
    AUTH_STOPPED,
    NO_NETWORK,
    EMPTY,
    HELP,
    FILTER,
    PAUSED,
    ADD,
    COPY,
    FORGET,
    ZOOMED_LOG,
    FULL,
    JSON,
    HOSTILE,
    HOSTILE_DETAIL,
    WAITING,
    CROWD,
    FOLLOWER,
    REQUESTS,
    GAP,
    GAP_DETAIL,
    ASLEEP,
    HELD,
    REPLAY,
    STEP,
    SCRUBBER,
    BREAKPOINTS,
    WATCHES,
    INSPECTOR,
    INSPECTOR_CLOCK,
    DIFF,
    ACKED,
)
