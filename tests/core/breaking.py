"""Hits by the definition alone: at every position, ask of every task. Slow, and too simple to be wrong."""

from collections.abc import Sequence
from functools import cache
from random import Random

from hypothesis import strategies as st

from tests.core.entries import OTHER, ROOM, SECOND_US, START_MS, START_US, THIRD, histories
from tui.core.breakpoint import Breakpoint, Hit, in_scope
from tui.core.entry import Entry, Fault, Gap, GapCause, Note, Poll, Reason, Request, Seen, Skew, Topic, Verb
from tui.core.facts import facts_of
from tui.core.fault import FaultClass
from tui.core.predicate import compile_predicate
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline

PREDICATES = (
    "status == InProgress",
    "status == Exited & in_state > 3s",
    "edge InProgress->Exited",
    "edge",
    "age > 2s",
    "age < 1s",
    "age == 0",
    "!(age >= 3s) & polls > 2",
    "silent > 2s & !unknown",
    "data > 2s",
    "data < 1s",
    "bound > 1s",
    "odd | refused",
    "exited_seen",
    "region ~ guang & kind == transcription & task_id ~ room & sdk_app_id ~ 14",
    "started > 4s",
    "age > in_state",
    "age + silent > 4s",
    "error",
    "code == InternalError",
    "streak >= 2",
    "errors > 1 | polls == 3",
    "polls / 2 > 1",
    "rtt > 50ms",
    "rtt == 40ms | rtt < 30ms",
    "rtt > 1s - age",
    "skew > 1s",
    "skew < 0 & status == Idle",
    "skew > rtt",
    "gap",
    "gap == network",
    "illegal",
    "finding",
    "unknown",
    "ended",
    "held",
    "pinned & !held",
    "name == live-* & age > 1s",
    "in_state < 1s",
    "leaving",
    "GAP",
    "false",
    "true",
)

compiled = cache(compile_predicate)
for one_of_them in PREDICATES:
    compiled(one_of_them)  # the first takes half a second, of which no example is to blame

predicates = st.sampled_from(PREDICATES)
scopes = st.sampled_from(["*", "*", "room-1", "live-*", "ap-*", "nobody"])
breakpoints = st.builds(Breakpoint, st.just(1), predicates, scopes)


def hits(one: Breakpoint, entries: Sequence[tuple[int, Entry]]) -> list[Hit]:
    """Every hit in `entries`, a journal from its beginning."""
    timeline, found, before = Timeline(), list[Hit](), frozenset[TaskRef]()
    for frame, entry in entries:
        timeline.apply(frame, entry)
        at = timeline.snapshot()
        true = holding(one, at)
        found += [Hit(at.frame, at.at_us, one.number, task) for task in sorted(true - before)]
        before = true
    return found


def holding(one: Breakpoint, at: Snapshot) -> frozenset[TaskRef]:
    """The tasks for which its predicate holds at a position."""
    predicate = compiled(one.when)
    views = (view for view in at.tasks.values() if in_scope(one.scope, view))
    return frozenset(view.task for view in views if predicate.holds(facts_of(view, at.tool, at.at_us)))


_ANSWERS: tuple[Seen | Fault, ...] = (
    *[Seen("InProgress", START_MS)] * 8,
    *[Seen("Idle", START_MS), Seen("Exited", START_MS), Seen("Exited", START_MS + 60_000)],
    Fault(FaultClass.END, "ResourceNotFound", "", 200),
    Fault(FaultClass.NETWORK, "Transport.Timeout", ""),
    Fault(FaultClass.THROTTLED, "RequestLimitExceeded", "", 200),
    Fault(FaultClass.SERVICE, "InternalError", "", 200),
)
_VERBS = (Verb.HOLD, Verb.RELEASE, Verb.PIN, Verb.FORGET, Verb.WATCH, Verb.POLL_NOW)
_LATENCIES_US = (40_000, 20_000, 45_000, 60_000, 1_200_000)
_SKEWS = (None, None, Skew(100_000, 500_000), Skew(1_500_000, 20_000), Skew(-900_000, 10_000))


@st.composite
def evenings(draw: st.DrawFn) -> list[Entry]:
    """Entries as they come in life: mostly quiet polls of a few tasks in turn, and now and then something else."""
    now_us, entries = START_US, list[Entry]()
    for number, task in enumerate((ROOM, OTHER, THIRD)):
        entries.append(Request(now_us, Verb.WATCH, task, "alice", ("live-1", "", "qa")[number]))
    entries.append(Note(now_us, Topic.POLLING_STARTED, ""))
    for _ in range(draw(st.integers(0, 60))):
        now_us += draw(st.sampled_from((100_000, 400_000, 1_000_000, 2_500_000, 0, -300_000)))
        entries.append(draw(_news(now_us)))
    return entries


def _news(now_us: int) -> st.SearchStrategy[Entry]:
    task = st.sampled_from((ROOM, ROOM, OTHER, THIRD))
    poll = st.builds(
        Poll,
        task,
        st.just(now_us),
        st.sampled_from(_LATENCIES_US),
        st.sampled_from((Reason.BASE, Reason.YOU)),
        st.sampled_from(_ANSWERS),
        st.none(),
        st.sampled_from(_SKEWS),
    )
    same = st.builds(Poll, task, st.just(now_us), st.just(40_000), st.just(Reason.BASE), st.just(_ANSWERS[0]))
    request = st.builds(Request, st.just(now_us), st.sampled_from(_VERBS), task, st.just("alice"))
    gap = st.builds(
        Gap,
        st.just(now_us),
        st.just(now_us - 2 * SECOND_US),
        st.sampled_from((GapCause.NETWORK, GapCause.HELD)),
        st.none() | task,
    )
    note = st.builds(Note, st.just(now_us), st.sampled_from(Topic), st.just(""))
    return st.one_of(same, same, same, same, poll, poll, poll, request, gap, note)


journals = evenings() | histories
"""As in life, or anything at all."""


def long_evening(seed: int, entries: int = 150) -> list[Entry]:
    """The same, as long as chance alone makes it."""
    chance, now_us = Random(seed), START_US
    told = list[Entry](Request(now_us, Verb.WATCH, task, "alice", f"live-{task.task_id}") for task in (ROOM, OTHER))
    for _ in range(entries):
        now_us += chance.choice((100_000, 400_000, 1_000_000, 1_300_000, 2_500_000))
        task, kind = chance.choice((ROOM, OTHER)), chance.random()
        if kind < 0.06:
            told.append(Request(now_us, chance.choice(_VERBS), task, "alice"))
        elif kind < 0.1:
            cause = chance.choice((GapCause.NETWORK, GapCause.HELD))
            told.append(Gap(now_us, now_us - chance.choice((-5, 2)) * SECOND_US, cause, chance.choice((None, task))))
        else:
            quiet = kind < 0.8
            answer = _ANSWERS[0] if quiet else chance.choice(_ANSWERS)
            latency_us = chance.choice(_LATENCIES_US if kind < 0.4 else _LATENCIES_US[:1])
            told.append(Poll(task, now_us, latency_us, Reason.BASE, answer, None, chance.choice(_SKEWS)))
    return told
