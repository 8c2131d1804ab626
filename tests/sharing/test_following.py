"""Whoever does not poll sees everything all the same, needs no key, and sends nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.pty.program import run
from tests.sharing.crew import Crew, crew, let_pass, wait_for
from tests.sharing.evidence import Evidence, entries_of
from tests.sharing.naming import secret_id_of, task_of
from tests.sharing.worker import account_of
from tui.core.secret import Credential
from tui.core.timeline import fold
from tui.engine.ports import NoKey
from tui.engine.session import Session
from tui.engine.update import Update
from tui.simulator.keys import DEMO_SECRET_ID
from tui.simulator.world import REGION, SDK_APP_ID
from tui.wiring.session import make_session

TASKS = 40
KEYLESS = 1
"""The number of the worker that has no key, and so is no process of its own."""


class NoKeys:
    """A store that has none."""

    def read(self) -> Credential:
        raise NoKey("no key here")


@pytest.fixture
def together(tmp_path: Path) -> Iterator[Crew]:
    """One worker that polls."""
    with crew(tmp_path, workers=2, tasks=TASKS) as all_of_us:
        all_of_us.join().hears("polling")
        yield all_of_us


@pytest.fixture
def keyless(together: Crew) -> Iterator[Session]:
    """A session without a key, in this process, over the same journal."""
    account = account_of(together.journal, together.server.url, KEYLESS)
    session = make_session(replace(account, keys=NoKeys()))
    session.open()
    session.poll()
    yield session
    session.stop()


def newest(session: Session) -> Update:
    assert session.failure is None
    return session.take()


def test_a_follower_shows_all_and_needs_no_key(together: Crew, keyless: Session) -> None:
    def complete() -> Update | None:
        update = newest(keyless)
        views = update.snapshot.tasks.values()
        return update if len(views) == TASKS and all(view.polls for view in views) else None

    update = wait_for(complete, "every task is polled and shown")
    poller = together.members[0]
    assert str(poller.process.pid) in update.lease.holder
    assert not update.mine
    assert update.waiting == "", "that it has no key matters to nobody while another one polls"
    assert update.lease.rate_per_s > 0

    poller.leave()
    wait_for(lambda: newest(keyless).waiting or None, "now its own key is missed")
    alone = newest(keyless)
    assert alone.waiting == "no key here"
    assert not alone.lease.owner
    assert not together.sent_by(secret_id_of(KEYLESS))
    assert alone.snapshot == fold(entries_of(together.journal)), "what it shows is what the journal says"


def test_what_a_keyless_follower_asks_is_done(together: Crew, keyless: Session) -> None:
    keyless.wait_caught_up()
    unknown = task_of(TASKS + 1)
    keyless.watch(unknown, "from beside").result()
    wait_for(lambda: (unknown in newest(keyless).snapshot.tasks) or None, "it is watched")
    wait_for(lambda: newest(keyless).snapshot.tasks[unknown].polls or None, "it is polled")
    held = task_of(3)
    keyless.hold(held).result()
    wait_for(lambda: newest(keyless).snapshot.tasks[held].gap, "it is held")
    before = newest(keyless).snapshot.tasks[held].polls
    let_pass(2)
    assert newest(keyless).snapshot.tasks[held].polls <= before + 1, "but for one that was under way"
    keyless.release(held).result()
    wait_for(lambda: newest(keyless).snapshot.tasks[held].polls > before + 1 or None, "it is polled again")


def test_describe_takes_a_slot_beside_the_poller(together: Crew, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for number in range(3):
        done = run(
            "describe",
            f"--task={task_of(number).task_id}",
            f"--region={REGION}",
            f"--sdk-app-id={SDK_APP_ID}",
            f"--endpoint={together.server.url}",
            f"--state-dir={together.state_dir}",
            home=home,
        )
        assert (done.code, done.err) == (0, "")
    together.members[0].leave()
    evidence = Evidence(together)
    evidence.holds()
    assert len(together.sent_by(DEMO_SECRET_ID)) == 3
