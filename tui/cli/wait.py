"""`trtc-tui wait`: until a predicate holds of a task. Polls as `record` does, or follows whoever polls."""

import argparse
import json
import sys

from msgspec import Struct

from tui.cli.account_choice import choose, named_there
from tui.cli.ending import Ending, parse_duration
from tui.cli.exits import Exit, Refusal
from tui.cli.options import Parser, add_account, add_defaults, add_pace, add_tasks, pace_of
from tui.cli.refusals import FAULT_EXITS, refusing, require_no_failure
from tui.cli.task_list import NamedTask
from tui.core.facts import Facts, facts_of
from tui.core.fault import BLINDING
from tui.core.lifecycle import stage_word
from tui.core.predicate import GRAMMAR, WORDS, Predicate, PredicateError, compile_predicate
from tui.core.predicate.coming import Coming, Outlook, outlook
from tui.core.task import TaskRef
from tui.core.views import TaskView
from tui.engine.ports import Clock
from tui.engine.session import Session
from tui.engine.update import Update
from tui.render.text import visible
from tui.render.times import rfc3339

TAKES_TASKS = True
TAKES = "PREDICATE [TASK]..."

_SECOND_US = 1_000_000


def about(_name: str) -> str:
    """One sentence for --help."""
    return "Wait until a predicate holds of a task; exit code 0: it does, 1: not in time, or never any more."


def add_options(parser: Parser, _name: str) -> None:
    """The predicate, the task, how long, and the account."""
    parser.add_argument("predicate", metavar="PREDICATE", help="such as 'status == Exited & in_state > 60s'")
    add_tasks(parser)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = "\n".join([str(parser.epilog), "", *language_lines()])
    parser.add_argument("--timeout", metavar="TIME", help="how long: 30s, 5m, 8h, 2d; else until it holds")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_defaults(parser)
    add_account(parser)
    add_pace(parser)


def language_lines() -> list[str]:
    """The words of a predicate, and how they are put together."""
    words = (f"  {word.name:<12}{word.unit:<15}{word.help}" for word in WORDS.values())
    return ["A predicate asks these words:", *words, "", "and puts them together:", *(f"  {line}" for line in GRAMMAR)]


def run(_name: str, values: argparse.Namespace) -> int:
    """Wait, and print what came."""
    from tui.adapters.clock import SystemClock
    from tui.wiring.session import make_session

    predicate = _compiled(values.predicate)
    seconds = None if values.timeout is None else parse_duration(values.timeout)
    clock = SystemClock()
    with refusing():
        account = choose(values)
        named = _only(named_there(account, values, sys.stdin))
        session = make_session(account, pace_of(values), clock)
        session.open()
        ending = Ending()
        try:
            waiting = _Waiting(session, predicate, named.task, clock)
            waiting.begin(named.name)
            session.listen(ending.news)
            judged = waiting.until(ending, seconds)
            waiting.end()
        finally:
            session.stop()
    require_no_failure(session.failure)
    if ending.signum:
        return 128 + ending.signum
    return _told(judged, predicate, values)


def _compiled(text: str) -> Predicate:
    try:
        return compile_predicate(text)
    except PredicateError as mistake:
        part = text[mistake.start : mistake.end]
        place = f"at {part!r}, character {mistake.start + 1}" if part.strip() else "at the end"
        raise Refusal(Exit.USAGE, f"{text!r} is no predicate, {place}: {visible(mistake.line)}") from None


def _only(named: tuple[NamedTask, ...]) -> NamedTask:
    if len(named) != 1:
        raise Refusal(
            Exit.USAGE, f"{len(named)} tasks were named and wait takes one: --task=[REGION/][SDKAPPID/]TASKID"
        )
    return named[0]


class _Judged(Struct, frozen=True):
    """How a wait ended: what is known at the end, and what that means for the predicate."""

    facts: Facts
    coming: Coming
    waited_s: float
    hindrance: str = ""
    """Why nobody polls, when that is so."""


class _Waiting:
    """One wait over an open session."""

    def __init__(self, session: Session, predicate: Predicate, task: TaskRef, clock: Clock) -> None:
        self._session = session
        self._predicate = predicate
        self._task = task
        self._clock = clock
        self._since_us = clock.now_us()
        self._began_us = clock.monotonic_us()
        self._watched_before = True

    def begin(self, name: str) -> None:
        """Have the task polled."""
        self._session.wait_caught_up()
        self._watched_before = self._task in self._session.take().snapshot.tasks
        self._session.watch(self._task, name).result()
        self._session.poll()

    def end(self) -> None:
        """Leave the list of tasks as it was."""
        if not self._watched_before:
            self._session.forget(self._task).result()

    def until(self, ending: Ending, seconds: float | None) -> _Judged:
        """Wait until it holds, never can, the time is over, or a signal comes."""
        while True:
            update = self._session.take()
            facts = self._facts(update)
            judged = outlook(self._predicate, facts, self._since_us)
            waited_s = (self._clock.monotonic_us() - self._began_us) / _SECOND_US
            over = seconds is not None and waited_s >= seconds
            if judged.coming is not Coming.OPEN or over or ending.signum or self._session.failure is not None:
                return _Judged(facts, judged.coming, waited_s, update.waiting)
            ending.wait(_pause_s(judged, facts, None if seconds is None else seconds - waited_s))

    def _facts(self, update: Update) -> Facts:
        now_us = self._clock.now_us()
        view = update.snapshot.tasks.get(self._task) or TaskView(self._task, now_us)
        return facts_of(view, update.snapshot.tool, now_us)


def _pause_s(judged: Outlook, facts: Facts, left_s: float | None) -> float | None:
    """How long nothing needs to be looked at unless there is news; at most an hour, as clocks are set."""
    next_s = min((judged.until_us - facts.now_us) / _SECOND_US, 3_600)
    return next_s if left_s is None else min(next_s, left_s)


def _told(judged: _Judged, predicate: Predicate, values: argparse.Namespace) -> int:
    view = judged.facts.view
    if judged.coming is Coming.HOLDS:
        line = json.dumps(_as_object(judged, predicate), ensure_ascii=True) if values.json else _in_words(judged)
        sys.stdout.write(f"{line}\n")
        return Exit.FINE
    state = f"{view.task} is {stage_word(view.stage)}"
    if judged.coming is Coming.NEVER:
        raise Refusal(Exit.NO, visible(f"{state} and over: {predicate.text!r} cannot hold any more"))
    code, reason = _blindness(judged.facts)
    reason = reason or judged.hindrance or judged.facts.standing.why
    told = f"not within {values.timeout}: {predicate.text}; {state}{f', {reason}' if reason else ''}"
    raise Refusal(code, visible(told))


def _blindness(facts: Facts) -> tuple[Exit, str]:
    """The exit code of a timeout, and why the tool cannot see; no reason when it can."""
    blindness, trouble = facts.tool.blindness, facts.view.trouble
    if blindness is not None:
        return FAULT_EXITS[blindness.fault_class], f"{blindness.code}: {blindness.message}"
    if trouble is not None and trouble.fault_class in BLINDING:
        return FAULT_EXITS[trouble.fault_class], f"{trouble.code}: {trouble.message}"
    return Exit.NO, ""


def _in_words(judged: _Judged) -> str:
    view = judged.facts.view
    request_id = view.last.request_id if view.last is not None else None
    return visible(
        f"{rfc3339(judged.facts.now_us)}  {view.task}  {stage_word(view.stage)}  req {request_id or 'none yet'}"
    )


def _as_object(judged: _Judged, predicate: Predicate) -> dict[str, object]:
    facts = judged.facts
    task, last = facts.view.task, facts.view.last
    return {
        "at": rfc3339(facts.now_us),
        "task_id": task.task_id,
        "region": task.region,
        "sdk_app_id": task.sdk_app_id,
        "status": stage_word(facts.view.stage),
        "request_id": last.request_id if last is not None else None,
        "predicate": predicate.text,
        "waited_ms": round(judged.waited_s * 1000),
    }
