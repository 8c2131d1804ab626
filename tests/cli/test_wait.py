"""Waiting for a predicate from a shell, against the simulator."""

import json
import re
import signal
from pathlib import Path

import pytest

from tests.cli.running import running
from tests.pty.program import NO_KEY, run
from tests.pty.stage import Stage
from tui.core.predicate import WORDS

MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def seen_idle(home: Path, stage: Stage) -> None:
    """The journal tells of an idle task."""
    stage.plays("studio.", "Idle")
    assert run("record", "studio.", "--for=1s", *stage.options, home=home).code == 0


def test_it_waits_until_it_holds(home: Path, stage: Stage) -> None:
    seen_idle(home, stage)
    with running("wait", "edge Idle->InProgress", "--task=studio.", *stage.options, home=home) as waiting:
        stage.plays("studio.", "InProgress")
        told = waiting.out.next()
        assert re.fullmatch(rf"{MOMENT}  \S+/studio\.  InProgress  req [0-9a-f-]{{36}}", told)
        assert waiting.code() == 0
        assert waiting.err.rest() == []


def test_what_time_alone_makes_true(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "Idle")
    ended = run("wait", "in_state > 700ms", "--task=studio.", "--json", *stage.options, home=home)
    told = json.loads(ended.out)
    assert (ended.code, ended.err, told["status"], told["task_id"]) == (0, "", "Idle", "studio.")
    assert told["waited_ms"] > 700
    assert told["request_id"]


def test_it_follows_whoever_polls_and_leaves_the_list_as_it_was(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "Idle")
    stage.plays("arena.", "InProgress")
    with running("record", "studio.", *stage.options, home=home) as recording:
        recording.err.until("polling")
        assert run("wait", "status == InProgress", "arena.", *stage.options, home=home).code == 0
        assert run("wait", "status == Idle", "studio.", *stage.options, home=home).code == 0
        recording.signal(signal.SIGTERM)
        recording.code()
    rows = run("tail", "--jsonl", "--no-follow", "--lines=10000", f"--endpoint={stage.url}", home=home).out.splitlines()
    verbs = [(row["verb"], row["task_id"]) for row in map(json.loads, rows) if row["kind"] == "request"]
    assert verbs == [("watch", "studio."), ("watch", "arena."), ("forget", "arena."), ("watch", "studio.")]


def test_not_in_time(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "Idle")
    ended = run("wait", "ended", "--task=studio.", "--timeout=1s", *stage.options, home=home)
    assert (ended.code, ended.out) == (1, "")
    assert re.fullmatch(r"not within 1s: ended; \S+/studio\. is Idle", ended.complaint)


def test_never_any_more(home: Path, stage: Stage) -> None:
    seen_idle(home, stage)
    with running("wait", "status == Exited", "--task=studio.", *stage.options, home=home) as waiting:
        stage.ends("studio.")
        assert waiting.code() == 1
        assert "is ENDED and over: 'status == Exited' cannot hold any more" in waiting.err.next()


def test_a_tool_that_cannot_see_says_why(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "AuthFailure.SecretIdNotFound")
    ended = run("wait", "status == Idle", "--task=studio.", "--timeout=1s", *stage.options, home=home)
    assert ended.code == 6
    assert "AuthFailure.SecretIdNotFound" in ended.complaint


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("statsu == Idle", "--task=a"), "at 'statsu', character 1: there is no word statsu; did you mean status?"),
        (("status ==", "--task=a"), "at the end: something is missing behind =="),
        (("ended",), "0 tasks were named and wait takes one"),
        (("ended", "a", "b"), "2 tasks were named and wait takes one"),
        (("ended", "--task=a", "--timeout=soon"), "'soon' is no duration"),
        ((), "the following arguments are required: PREDICATE"),
    ],
)
def test_what_is_wrong_is_told_at_once(home: Path, stage: Stage, arguments: tuple[str, ...], line: str) -> None:
    ended = run("wait", *arguments, *stage.options, home=home)
    assert (ended.code, ended.out) == (2, "")
    assert line in ended.complaint
    assert not stage.simulator.arrivals


def test_without_a_key_it_does_not_even_begin(home: Path, stage: Stage) -> None:
    ended = run("wait", "ended", "--task=a", "--timeout=1s", *stage.options, home=home, changes=NO_KEY)
    assert ended.code == 2
    assert "trtc-tui login" in ended.complaint


def test_a_signal_ends_it(home: Path, stage: Stage) -> None:
    seen_idle(home, stage)
    with (
        running("tail", "--lines=0", f"--endpoint={stage.url}", home=home) as watching,
        running("wait", "ended", "--task=studio.", *stage.options, home=home) as waiting,
    ):
        watching.out.until("studio.")
        waiting.signal(signal.SIGTERM)
        assert waiting.code() == 128 + signal.SIGTERM


def test_the_help_names_all_words(home: Path) -> None:
    told = run("wait", "--help", home=home).out
    assert [word for word in WORDS if f"\n  {word} " not in told] == []
