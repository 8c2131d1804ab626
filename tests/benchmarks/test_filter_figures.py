"""What a predicate costs in the filter line over 10,000 tasks, beside plain words."""

import time

import pytest
from msgspec import Struct

from tests.benchmarks.conftest import Table
from tests.core.entries import START_MS, at, note, poll, watch
from tui.core.entry import Topic
from tui.core.facts import facts_of
from tui.core.predicate import compile_predicate
from tui.core.standing import standing
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot, Timeline
from tui.render.board import Board
from tui.render.view import View

pytestmark = pytest.mark.benchmark_table

TASKS = 10_000
SCREENFUL = 40
ROUNDS = 3
NOW_US = at(70)
WORDS = "task-0 !exited"
PREDICATES = (
    "status == Idle",
    "status == InProgress & in_state > 60s & !ended",
    "error ~ timeout | name == live-* | age > 2m",
    "status in [Idle, InProgress] & region ~ singapore",
    "task-0* !held",
)


class Took(Struct, frozen=True):
    """Milliseconds."""

    whole: float
    first: float
    """Until a screenful of rows is there, or all that there are."""
    longest: float
    rows: int


def crowd() -> Snapshot:
    """Tasks in all states, in two regions."""
    timeline = Timeline()
    timeline.apply(1, note(Topic.POLLING_STARTED))
    for number in range(TASKS):
        region = ("ap-singapore", "eu-frankfurt")[number % 2]
        task = TaskRef(region, 1400000000, f"task-{number:05}")
        timeline.apply(2 + 2 * number, watch(task, name=f"live-{number}"))
        word = ("Idle", "InProgress", "InProgress", "Exited")[number % 4]
        timeline.apply(3 + 2 * number, poll(word, number % 30, task, START_MS))
    return timeline.snapshot()


def filtered(board: Board, snapshot: Snapshot, text: str) -> Took:
    """Type `text` at once into an empty filter line."""
    board.show(snapshot, View(), NOW_US, ())
    begin = before = time.perf_counter()
    board.show(snapshot, View(filter=text), NOW_US, ())
    slices = [time.perf_counter() - before]
    first = time.perf_counter() - begin
    while board.filling:
        short = len(board) < SCREENFUL
        before = time.perf_counter()
        board.fill()
        now = time.perf_counter()
        slices.append(now - before)
        first = now - begin if short else first
    whole = time.perf_counter() - begin
    return Took(whole * 1000, first * 1000, max(slices) * 1000, len(board))


def test_a_filter_over_ten_thousand_tasks(table: Table) -> None:
    snapshot, board = crowd(), Board()
    board.show(snapshot, View(), NOW_US, None)
    rows: list[tuple[str, ...]] = [("filter", "rows", "first screenful ms", "whole ms", "x words", "longest slice ms")]
    by_words = 0.0
    for text in (WORDS, *PREDICATES):
        took = min((filtered(board, snapshot, text) for _ in range(ROUNDS)), key=lambda one: one.whole)
        by_words = by_words or took.whole
        rows.append(
            (
                text,
                str(took.rows),
                f"{took.first:.1f}",
                f"{took.whole:.1f}",
                f"{took.whole / by_words:.2f}",
                f"{took.longest:.1f}",
            )
        )
    table("filter of 10,000 tasks (targets: screenful 50 ms, whole 400 ms)", rows)


def test_one_test_of_one_task(table: Table) -> None:
    snapshot = crowd()
    views = list(snapshot.tasks.values())
    rows: list[tuple[str, ...]] = [("predicate", "compile ms", "holds us", "next us")]
    for text in PREDICATES:
        compile_predicate(text)
        before = time.perf_counter()
        predicate = compile_predicate(text)
        compiled_ms = (time.perf_counter() - before) * 1000
        verdicts = [standing(view, snapshot.tool, NOW_US, TASKS) for view in views]
        facts = [facts_of(view, snapshot.tool, NOW_US, said) for view, said in zip(views, verdicts, strict=True)]
        before = time.perf_counter()
        for view, said in zip(views, verdicts, strict=True):
            predicate.holds(facts_of(view, snapshot.tool, NOW_US, said))
        holds_us = (time.perf_counter() - before) / TASKS * 1e6
        before = time.perf_counter()
        for one in facts:
            predicate.next_us(one)
        next_us = (time.perf_counter() - before) / TASKS * 1e6
        rows.append((text, f"{compiled_ms:.2f}", f"{holds_us:.2f}", f"{next_us:.2f}"))
    table("a predicate (target: 3 us a test, with its facts)", rows)
