"""The simulator as a server for other programs."""

import signal
from pathlib import Path

import pytest

from tests.cli.running import running
from tests.pty.program import run
from tui.simulator.keys import DEMO_SECRET_ID, DEMO_SECRET_KEY


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_tells_its_url_then_all_one_needs_and_stops_on_a_signal(home: Path, number: signal.Signals) -> None:
    with running("simulate", "--tasks=3", "--speed=0.1", home=home) as server:
        url = server.out.next()
        assert url.startswith("http://127.0.0.1:")
        key = dict(pair.split("=") for pair in server.out.next().split())
        assert key == {"TENCENTCLOUD_SECRET_ID": DEMO_SECRET_ID, "TENCENTCLOUD_SECRET_KEY": DEMO_SECRET_KEY}
        tasks = [server.out.next().split()[0] for _ in range(3)]
        ended = run("describe", f"--task={tasks[0]}", f"--endpoint={url}", home=home, changes=key)
        assert f"task        {tasks[0]}" in ended.out
        assert ended.code == 0
        server.signal(number)
        assert server.code() == 128 + number
        assert server.err.rest() == []


def test_the_same_seed_is_the_same_story(home: Path) -> None:
    stories = []
    for seed in ("--seed=1", "--seed=1", "--seed=2"):
        with running("simulate", "--tasks=3", seed, home=home) as server:
            stories.append([server.out.next() for _ in range(5)][2:])
    assert stories[0] == stories[1] != stories[2]


def test_faults_are_served(home: Path) -> None:
    with running("simulate", "--tasks=1", "--fault=code=InternalError", home=home) as server:
        url = server.out.next()
        server.out.next()
        task = server.out.next().split()[0]
        ended = run("describe", f"--task={task}", f"--endpoint={url}", home=home)
    assert "error       InternalError" in ended.out
    assert ended.code == 9
