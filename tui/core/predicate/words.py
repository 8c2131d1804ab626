"""The words of a predicate: one table that serves the tests, the types, the help and the messages."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from tui.core.alerts import data_us, is_refused
from tui.core.facts import Facts
from tui.core.lifecycle import Life, Verdict, stage_word

Value = str | float | bool | None
"""What a word can tell; times are µs, None is "nobody knows yet"."""


class Kind(StrEnum):
    """What sort of thing a word tells; the values are for people."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    """Counted in seconds by operators, in µs here."""
    TRUTH = "true or false"


class Word(Struct, frozen=True):
    """One thing a predicate can ask of a task."""

    name: str
    kind: Kind
    help: str
    """A sentence without a dot."""
    read: Callable[[Facts], Value]
    bare: bool = False
    """A text or number that may stand alone: true when it is not empty, not 0."""
    since: Callable[[Facts], int | None] | None = None
    """For a time that grows with the clock: at which µs it was 0."""

    @property
    def unit(self) -> str:
        """`text`, `number`, `seconds` or `true or false`."""
        return "seconds" if self.kind is Kind.TIME else self.kind.value


def _text(name: str, text: str, read: Callable[[Facts], Value], *, bare: bool = False) -> Word:
    return Word(name, Kind.TEXT, text, read, bare)


def _number(name: str, text: str, read: Callable[[Facts], Value]) -> Word:
    return Word(name, Kind.NUMBER, text, read, bare=True)


def _truth(name: str, text: str, read: Callable[[Facts], Value]) -> Word:
    return Word(name, Kind.TRUTH, text, read)


def _growing(name: str, text: str, since: Callable[[Facts], int | None]) -> Word:
    def read(facts: Facts) -> int | None:
        start_us = since(facts)
        return None if start_us is None else facts.now_us - start_us

    return Word(name, Kind.TIME, text, read, since=since)


def _answered_us(facts: Facts) -> int | None:
    last = facts.view.last
    return None if last is None else last.sent_us + last.latency_us


def _data_us(facts: Facts) -> int | None:
    return None if facts.over else data_us(facts.view)


def _started_us(facts: Facts) -> int | None:
    start_ms = facts.view.start_time_ms
    return None if start_ms is None else start_ms * 1_000


def _error(facts: Facts) -> str:
    trouble = facts.view.trouble
    return "" if trouble is None else trouble.code


def _code(facts: Facts) -> str:
    runs = facts.view.runs
    return runs[-1].word if runs and runs[-1].fault_class is not None else ""


def _streak(facts: Facts) -> int:
    failures = 0
    for run in reversed(facts.view.runs):
        if run.fault_class is None:
            break
        failures += run.count
    return failures


def _gap(facts: Facts) -> str:
    gap = facts.view.gap or facts.tool.gap
    return "" if gap is None or facts.over else gap.cause.value


def _since_us(facts: Facts) -> int | None:
    view = facts.view
    return None if view.stage.life is Life.NEW else view.since_us


def _bound(facts: Facts) -> int | None:
    view = facts.view
    return view.since_us - view.since_bound_us if view.since_bound_us else None


def _rtt(facts: Facts) -> int | None:
    last = facts.view.last
    return None if last is None else last.latency_us


def _skew(facts: Facts) -> int | None:
    skew = facts.tool.skew
    return None if skew is None else skew.offset_us


def _illegal(facts: Facts) -> bool:
    finding = facts.view.finding
    return finding is not None and finding.verdict is Verdict.IMPOSSIBLE


def _finding(facts: Facts) -> str:
    finding = facts.view.finding
    return "" if finding is None else finding.text


def _held(facts: Facts) -> bool:
    until_us = facts.held_until_us
    return until_us is not None and facts.now_us <= until_us


_ALL = (
    _text("status", "The newest word of the service, or new, ENDED, NOT FOUND", lambda f: stage_word(f.view.stage)),
    _text("edge", "The newest change of status: edge InProgress->Exited", lambda f: f.view.edge, bare=True),
    _growing("in_state", "For how long the status has been as it is", _since_us),
    Word("bound", Kind.TIME, "The newest change came at most so long before it was seen", _bound),
    _growing("age", "Since when the service told nothing of the task", lambda f: f.view.seen_us),
    _growing("data", "How old its data are: age, but for a hold, and from its first watch on", _data_us),
    _growing("silent", "Since when no answer of any kind came, failures too", _answered_us),
    _growing("started", "Since the StartTime of the task", _started_us),
    Word("rtt", Kind.TIME, "Round trip of the newest answer", _rtt),
    Word("skew", Kind.TIME, "The server's clock minus this host's", _skew),
    _text("error", "Code of the present trouble, empty for none", _error, bare=True),
    _text("code", "Error code of the newest answer, empty if it told a status", _code, bare=True),
    _number("streak", "Failures in a row", _streak),
    _number("errors", "Failures so far", lambda f: f.view.errors),
    _number("polls", "Requests so far", lambda f: f.view.polls),
    _text("gap", "Why nobody looks at the task now, empty when somebody does", _gap, bare=True),
    _text("finding", "What the documentation does not allow, empty for nothing", _finding, bare=True),
    _truth("illegal", "A finding that is impossible by the documentation", _illegal),
    _truth("odd", "A status word that nobody documented", lambda f: f.view.stage.life is Life.ODD),
    _truth("refused", "The question itself is refused: nothing of the task can be seen", lambda f: is_refused(f.view)),
    _truth("unknown", "The tool cannot see the task", lambda f: f.cannot_see),
    _truth("ended", "Its life is over: a query error after a known life", lambda f: f.view.stage.life is Life.ENDED),
    _truth("exited_seen", "The status Exited was seen", lambda f: f.view.exited_seen),
    _truth("held", "Polled only when asked", _held),
    _truth("pinned", "Polled as if in sight", lambda f: f.view.pinned),
    _text("name", "What the operator calls the task", lambda f: f.view.name),
    _text("task_id", "TaskId", lambda f: f.view.task.task_id),
    _text("region", "Region, such as ap-singapore", lambda f: f.view.task.region),
    _text("sdk_app_id", "SdkAppId", lambda f: str(f.view.task.sdk_app_id)),
    _text("kind", "What kind of task: transcription", lambda f: f.view.task.kind),
)

WORDS = {word.name: word for word in _ALL}
"""Name → word, in the order of the help."""

GRAMMAR = (
    "status == Idle   region != ap-singapore   in_state > 60s   age > 2m   status in [Idle, Exited]",
    "error ~ Auth   holds that text, and !~ does not; * is anything: name == live-*; capitals are no matter",
    "edge InProgress->Exited   a change of status, with * for any: edge *->ENDED",
    "& and   | or   ! not   ( )   side by side is &: gap !held",
    "500ms 60s 5m 1.5h 2d   a bare number is seconds",
    'other words, live-* or "a phrase": name, id, region, status or reason holds it',
)
"""How words are put together, a line each."""
