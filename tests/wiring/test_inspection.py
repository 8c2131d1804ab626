"""Requests to a service that verifies signatures, some of them spoilt, and who is blamed for what came of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from math import inf
from pathlib import Path

import httpx
import pytest

from tests.adapters.api.test_evidence import Meddling, with_charset
from tests.wiring.meddler import Change, Meddler
from tui.adapters.api import TencentApi
from tui.adapters.clock import SystemClock
from tui.adapters.journal import JournalWriter
from tui.core.entry import Reason, Request, Verb
from tui.core.secret import Credential, Secret
from tui.core.task import TaskRef
from tui.engine.ports import NoKey
from tui.protocol.blame import Culprit
from tui.protocol.checks import SECRET_ID, SIGNATURE, TIMESTAMP, Verdict
from tui.protocol.endpoint import parse_endpoint
from tui.protocol.inspection import Inspection
from tui.protocol.messages import ask
from tui.render.inspector.tabs import as_text
from tui.simulator.keys import DEMO_CREDENTIAL, TEMPORARY_CREDENTIAL
from tui.simulator.server import Simulator, wall_clock_us
from tui.simulator.world import REGION, SDK_APP_ID, World, scripted
from tui.ui.inspecting import Step
from tui.wiring.account import FixedKeys
from tui.wiring.inspection import JournalInspector

TASK = TaskRef(REGION, SDK_APP_ID, "-m9+bVV_7nhK.")
OTHER = TaskRef(REGION, SDK_APP_ID, "other.")
WRONG_SECRET = Credential(DEMO_CREDENTIAL.secret_id, Secret("CanaryWrongKeyEXAMPLE"), source="environment")
UNKNOWN_ID = Credential(Secret("AKIDnobodyKnowsThisOneEXAMPLE"), Secret("CanaryKeyEXAMPLE"))
NO_TOKEN = Credential(TEMPORARY_CREDENTIAL.secret_id, TEMPORARY_CREDENTIAL.secret_key, Secret("CanaryOldToken"))


class Locked:
    """Keys that cannot be read, as a follower's."""

    def read(self) -> Credential:
        raise NoKey("the keyring is locked")


class Desk:
    """Polls a task once, writes it down, and inspects what is written."""

    def __init__(self, url: str, journal: Path) -> None:
        self.endpoint = parse_endpoint(url)
        self.journal = journal
        self._writer = JournalWriter(journal)
        self._api = TencentApi(DEMO_CREDENTIAL, self.endpoint, SystemClock())

    async def ask(self, key: Credential = DEMO_CREDENTIAL, reason: Reason = Reason.BASE) -> int:
        """One poll; its frame."""
        self._api.use(key)
        exchange = await self._api.describe(TASK)
        assert exchange.evidence is not None
        return self._writer.append([exchange.as_poll(reason)], None, {0: exchange.evidence})

    def ask_for(self, task: TaskRef) -> int:
        return self._writer.append([Request(1, Verb.POLL_NOW, task)])

    def meddle(self, change: Callable[[httpx.Request], httpx.Request]) -> None:
        self._api._client._transport = Meddling(self._api._client._transport, change)

    def correct_clock(self, offset_s: int) -> None:
        self._api.correct_clock(offset_s * 1_000_000)

    def look(
        self, frame: int, key: Credential | None = DEMO_CREDENTIAL, step: Step = Step.HERE, task: TaskRef = TASK
    ) -> Inspection | str:
        keys = FixedKeys(key) if key is not None else Locked()
        return JournalInspector(self.journal, self.endpoint, keys)(task, frame, step)

    def inspect(self, frame: int, key: Credential | None = DEMO_CREDENTIAL, step: Step = Step.HERE) -> Inspection:
        found = self.look(frame, key, step)
        assert isinstance(found, Inspection), found
        return found

    async def close(self) -> None:
        await self._api.aclose()
        self._writer.close()


OpenDesk = Callable[[str], Desk]


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    life = scripted(TASK.task_id, ("InProgress", inf), start_time_ms=1_772_433_534_515)
    with Simulator(World([life], now_us=wall_clock_us())) as running:
        yield running


@pytest.fixture
async def open_desk(tmp_path: Path) -> AsyncIterator[OpenDesk]:
    desks: list[Desk] = []

    def open_one(url: str) -> Desk:
        desks.append(Desk(url, tmp_path / "journal.sqlite3"))
        return desks[-1]

    yield open_one
    for desk in desks:
        await desk.close()


@pytest.fixture
def desk(simulator: Simulator, open_desk: OpenDesk) -> Desk:
    return open_desk(simulator.url)


@pytest.fixture
async def behind(simulator: Simulator, open_desk: OpenDesk) -> AsyncIterator[Callable[..., Awaitable[Desk]]]:
    """Opens a desk that reaches the simulator only through somebody who changes its requests."""
    between: list[tuple[asyncio.Server, Meddler]] = []

    async def open_one(change: Change, via: bytes = b"") -> Desk:
        meddler = Meddler(simulator.port, change, via)
        server = await asyncio.start_server(meddler.serve, "127.0.0.1", 0)
        between.append((server, meddler))
        return open_desk(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")

    yield open_one
    for server, meddler in between:
        server.close()
        await meddler.close()


Behind = Callable[..., Awaitable[Desk]]


def verdict(inspection: Inspection, subject: str) -> Verdict:
    check = inspection.check(subject)
    assert check is not None
    return check.verdict


async def test_what_is_accepted_is_right_in_every_line(desk: Desk) -> None:
    inspection = desk.inspect(await desk.ask())
    assert {check.verdict for check in inspection.checks} == {Verdict.OK}
    assert inspection.blame.culprit is Culprit.NOTHING


@pytest.mark.parametrize("skew_s", [412, -412])
async def test_the_clock_is_blamed_with_how_far_it_is_off(desk: Desk, simulator: Simulator, skew_s: int) -> None:
    simulator.faults.add(f"skew={skew_s}")
    inspection = desk.inspect(await desk.ask())
    assert (inspection.blame.culprit, inspection.blame.subject) == (Culprit.CLOCK, TIMESTAMP)
    assert inspection.clock is not None
    assert abs(inspection.clock.host_ahead_us + skew_s * 1_000_000) <= 1_600_000
    assert "The key is NOT the problem" in inspection.blame.why
    assert [check.subject for check in inspection.checks if check.verdict is Verdict.BAD] == [TIMESTAMP]


async def test_a_corrected_clock_is_told_and_not_blamed(desk: Desk, simulator: Simulator) -> None:
    simulator.faults.add("skew=412")
    desk.correct_clock(412)
    inspection = desk.inspect(await desk.ask())
    assert inspection.clock is not None
    assert inspection.clock.corrected
    assert inspection.blame.culprit is Culprit.NOTHING


async def test_a_wrong_secret_key(desk: Desk) -> None:
    frame = await desk.ask(WRONG_SECRET)
    same_key = desk.inspect(frame, WRONG_SECRET)
    assert same_key.blame.culprit is Culprit.KEY
    assert verdict(same_key, SIGNATURE) is Verdict.OK
    right_key = desk.inspect(frame, DEMO_CREDENTIAL)
    assert (right_key.blame.culprit, right_key.blame.subject) == (Culprit.KEY, SIGNATURE)
    assert verdict(right_key, SIGNATURE) is Verdict.BAD


@pytest.mark.parametrize(
    ("key", "code"), [(UNKNOWN_ID, "AuthFailure.SecretIdNotFound"), (NO_TOKEN, "AuthFailure.TokenFailure")]
)
async def test_a_key_that_is_not_accepted(desk: Desk, key: Credential, code: str) -> None:
    inspection = desk.inspect(await desk.ask(key), key)
    assert (inspection.blame.culprit, inspection.blame.subject) == (Culprit.KEY, SECRET_ID)
    assert code in inspection.blame.why


async def test_without_a_key_the_signature_is_unknown(desk: Desk) -> None:
    inspection = desk.inspect(await desk.ask(), None)
    assert verdict(inspection, SIGNATURE) is Verdict.UNKNOWN
    assert "no key here" in as_text(inspection)


CHANGES: dict[str, Change] = {
    "content-type": lambda request: request.replace(b"application/json", b"application/json; charset=utf-8"),
    "body": lambda request: request.replace(b"SdkAppId", b"SdkAppID"),
    "host": lambda request: request.replace(b"Host: 127", b"Host: 227"),
}


@pytest.mark.parametrize("what", CHANGES)
async def test_somebody_on_the_way_who_says_so(behind: Behind, what: str) -> None:
    desk = await behind(CHANGES[what], b"Via: 1.1 squid\r\n")
    inspection = desk.inspect(await desk.ask())
    assert inspection.blame.culprit is Culprit.PROXY
    assert "Via: 1.1 squid" in inspection.blame.why
    assert {check.verdict for check in inspection.checks} == {Verdict.OK}


async def test_somebody_on_the_way_who_hides(behind: Behind) -> None:
    calm = [True]
    desk = await behind(lambda request: request if calm[0] else CHANGES["body"](request))
    await desk.ask()
    calm[0] = False
    inspection = desk.inspect(await desk.ask())
    assert inspection.blame.culprit is Culprit.PROXY
    assert "this key was accepted before" in inspection.blame.why


async def test_somebody_on_this_host(desk: Desk) -> None:
    desk.meddle(with_charset)
    inspection = desk.inspect(await desk.ask())
    assert (inspection.blame.culprit, inspection.blame.subject) == (Culprit.PROXY, "Content-Type")
    assert "application/json when it was made" in inspection.blame.why
    bad = [check.subject for check in inspection.checks if check.verdict is Verdict.BAD]
    assert bad == ["Content-Type"]


async def test_an_unreachable_host(open_desk: OpenDesk) -> None:
    desk = open_desk("http://127.0.0.1:9")
    inspection = desk.inspect(await desk.ask())
    assert inspection.blame.culprit is Culprit.NETWORK
    assert "broke off in name and TCP connection" in inspection.blame.why


async def test_from_poll_to_poll_past_everything_else(desk: Desk) -> None:
    first = await desk.ask()
    for _ in range(120):
        desk.ask_for(TASK)
    second = await desk.ask()
    end = desk.ask_for(OTHER)
    assert desk.inspect(end).frame == second
    assert desk.inspect(second, step=Step.BACK).frame == first
    assert desk.inspect(first, step=Step.ON).frame == second
    assert desk.look(second, step=Step.ON) == "this is the newest poll of this task"
    assert desk.look(first, step=Step.BACK) == "this is the first poll of this task"
    assert desk.look(end, task=OTHER) == "nobody has asked for this task yet"


async def test_a_file_alone_tells_where_its_requests_went(desk: Desk) -> None:
    frame = await desk.ask()
    inspection = JournalInspector(desk.journal, None, None)(TASK, frame, Step.HERE)
    assert isinstance(inspection, Inspection)
    assert inspection.endpoint == desk.endpoint
    assert verdict(inspection, "Host") is Verdict.OK
    assert verdict(inspection, SIGNATURE) is Verdict.UNKNOWN


async def test_a_journal_that_is_not_there_is_told(desk: Desk) -> None:
    found = JournalInspector(desk.journal.with_name("none"), desk.endpoint, Locked())(TASK, 1, Step.HERE)
    assert isinstance(found, str)
    assert "there is no journal" in found


@pytest.mark.parametrize("key", [DEMO_CREDENTIAL, TEMPORARY_CREDENTIAL, WRONG_SECRET, NO_TOKEN])
async def test_nothing_that_is_stored_or_shown_or_copied_holds_a_secret(desk: Desk, key: Credential) -> None:
    frame = await desk.ask(key)
    inspection = desk.inspect(frame, key)
    stored = b"".join(path.read_bytes() for path in desk.journal.parent.iterdir())
    told = as_text(inspection) + repr(inspection)
    secrets = [key.secret_key.reveal(), key.secret_id.reveal(), signature_of(inspection, key)]
    secrets += [key.token.reveal()] if key.token is not None else []
    for secret in secrets:
        assert secret not in told
        assert secret.encode() not in stored


def signature_of(inspection: Inspection, key: Credential) -> str:
    assert inspection.evidence is not None
    return ask(TASK, key, inspection.endpoint, inspection.evidence.meant.timestamp_s).signature.signature
