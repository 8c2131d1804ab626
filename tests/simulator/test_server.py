import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from uuid import UUID

import httpx
import pytest

from tui.simulator.keys import DEMO_SECRET_ID
from tui.simulator.server import Simulator, SimulatorError, wall_clock_us
from tui.simulator.traffic import LIMIT
from tui.simulator.world import World, scripted

TASK_ID = "-m9+bVV_7nhK."
START_TIME_MS = 1_772_433_534_515

Ask = Callable[[Simulator], httpx.Response]
Response = dict[str, object]

REQUEST = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"
"""Refused for its missing headers, which is answer enough where only the path matters."""

SERVE = """
from math import inf
from tui.simulator.server import Simulator, serve, wall_clock_us
from tui.simulator.world import World, scripted

world = World([scripted("t.", ("Idle", inf))], now_us=wall_clock_us())
print("ended by", serve(Simulator(world), lambda url: print(url, flush=True)))
"""


def fields(answer: httpx.Response) -> Response:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    response: Response = answer.json()["Response"]
    return response


def wait_for(condition: Callable[[], bool], deadline_s: float = 10) -> None:
    end_s = time.monotonic() + deadline_s
    while not condition():
        assert time.monotonic() < end_s
        threading.Event().wait(0.005)


def error_code(answer: httpx.Response) -> str:
    error = fields(answer)["Error"]
    assert isinstance(error, dict)
    return str(error["Code"])


def test_a_signed_request_gets_the_four_fields(simulator: Simulator, ask: Ask) -> None:
    answer = fields(ask(simulator))

    assert UUID(str(answer.pop("RequestId"))).version == 4
    assert answer == {"StartTime": START_TIME_MS, "Status": "InProgress", "TaskId": TASK_ID}


def test_request_ids_differ_and_repeat_with_the_seed(world: World, ask: Ask) -> None:
    runs = []
    for _ in range(2):
        with Simulator(world, seed=7) as simulator:
            runs.append([fields(ask(simulator))["RequestId"] for _ in range(3)])

    assert runs[0] == runs[1]
    assert len(set(runs[0])) == 3


def test_a_script_s_error_is_the_api_s(simulator: Simulator, ask: Ask) -> None:
    simulator.world.play(scripted(TASK_ID, ("InternalError", float("inf"))))

    assert error_code(ask(simulator)) == "InternalError"


def test_an_unsigned_request_is_refused_as_the_api_does(simulator: Simulator) -> None:
    answer = httpx.post(simulator.url, json={}, trust_env=False)

    assert error_code(answer) == "MissingParameter"


def test_the_date_is_the_server_s_clock(simulator: Simulator, ask: Ask) -> None:
    before_s = wall_clock_us() // 1_000_000
    told_s = parsedate_to_datetime(ask(simulator).headers["date"]).timestamp()

    assert before_s <= told_s <= wall_clock_us() / 1e6


@pytest.mark.parametrize("skew_s", [-600, 600])
def test_skew_moves_the_date_and_the_window(simulator: Simulator, ask: Ask, skew_s: int) -> None:
    simulator.faults.add(f"skew={skew_s}")
    before_s = wall_clock_us() // 1_000_000

    answer = ask(simulator)

    assert error_code(answer) == "AuthFailure.SignatureExpire"
    told_s = parsedate_to_datetime(answer.headers["date"]).timestamp()
    assert before_s + skew_s <= told_s <= wall_clock_us() / 1e6 + skew_s


def test_a_small_skew_is_forgiven(simulator: Simulator, ask: Ask) -> None:
    simulator.faults.add("skew=200")

    assert fields(ask(simulator))["Status"] == "InProgress"


def test_reset_is_a_real_one(simulator: Simulator) -> None:
    simulator.faults.add("reset")
    with socket.create_connection(("127.0.0.1", simulator.port)) as wire:
        wire.sendall(REQUEST)

        with pytest.raises(ConnectionResetError):
            wire.recv(1)


def test_a_counted_reset_passes(simulator: Simulator, ask: Ask) -> None:
    simulator.faults.add("reset*1")
    with pytest.raises(httpx.ReadError):
        ask(simulator)

    assert fields(ask(simulator))["Status"] == "InProgress"


def test_truncated(simulator: Simulator, ask: Ask) -> None:
    simulator.faults.add("truncate")

    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        ask(simulator)


def test_huge(simulator: Simulator, ask: Ask) -> None:
    simulator.faults.add("huge=2")

    answer = ask(simulator)

    assert len(answer.content) > 2 * 1024 * 1024
    assert fields(answer)["Status"] == "InProgress"


@pytest.mark.parametrize("fault", ["slow=300", "latency=300"])
def test_late_answers_are_whole(simulator: Simulator, ask: Ask, fault: str) -> None:
    simulator.faults.add(fault)
    started_s = time.monotonic()

    answer = ask(simulator)

    assert time.monotonic() - started_s >= 0.3
    assert fields(answer)["Status"] == "InProgress"


def test_a_slow_body_comes_after_its_head(simulator: Simulator) -> None:
    simulator.faults.add("slow=60000")
    with httpx.Client(trust_env=False) as client, client.stream("POST", simulator.url) as answer:
        assert answer.status_code == 200


def test_no_answer(simulator: Simulator) -> None:
    simulator.faults.add("hang")

    with pytest.raises(httpx.ReadTimeout):
        httpx.post(simulator.url, timeout=0.2, trust_env=False)


def test_html(simulator: Simulator, ask: Ask) -> None:
    simulator.faults.add("html=503")

    answer = ask(simulator)

    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/html"
    assert answer.text.startswith("<html>")


def test_wrong_task(simulator: Simulator, ask: Ask) -> None:
    simulator.faults.add("wrong-task")

    assert fields(ask(simulator))["TaskId"] not in {TASK_ID, ""}


def test_escapes_in_a_status_and_in_a_message(simulator: Simulator, ask: Ask) -> None:
    simulator.faults.add("escapes", "throttled*1")

    throttled, told = ask(simulator), ask(simulator)

    error = fields(throttled)["Error"]
    assert isinstance(error, dict)
    assert "\x1b[31m" in error["Message"]
    assert "\x1b[31m" in str(fields(told)["Status"])
    assert b"\x1b" not in told.content


def test_no_response(simulator: Simulator, ask: Ask) -> None:
    simulator.faults.add("no-response")

    assert "Response" not in json.loads(ask(simulator).content)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("auth", "AuthFailure.UnauthorizedOperation"),
        ("throttled", "RequestLimitExceeded"),
        ("code=FailedOperation.TaskNotExist", "FailedOperation.TaskNotExist"),
    ],
)
def test_codes(simulator: Simulator, ask: Ask, fault: str, code: str) -> None:
    simulator.faults.add(fault)

    assert error_code(ask(simulator)) == code
    assert simulator.traffic.outcomes == {code: 1}


def test_the_limit_is_the_server_s(world: World, ask: Ask) -> None:
    with Simulator(world, limit=True) as simulator:
        for _ in range(LIMIT * 3):
            ask(simulator)
        outcomes, arrivals_us = simulator.traffic.outcomes, simulator.arrivals

    seconds = (arrivals_us[-1] - arrivals_us[0]) // 1_000_000 + 1
    assert LIMIT <= outcomes["InProgress"] <= LIMIT * seconds
    assert sum(outcomes.values()) == LIMIT * 3
    assert seconds > 2 or outcomes["RequestLimitExceeded"]


def test_an_arrival_names_its_key_and_the_request_id_of_its_answer(simulator: Simulator, ask: Ask) -> None:
    request_id = ask(simulator).json()["Response"]["RequestId"]
    httpx.post(simulator.url, content=b"{}", trust_env=False)
    signed, unsigned = simulator.traffic.arrivals
    assert (signed.secret_id, signed.request_id) == (DEMO_SECRET_ID, request_id)
    assert unsigned.secret_id == ""


def test_arrivals_are_kept(simulator: Simulator, ask: Ask) -> None:
    before_us = time.monotonic_ns() // 1000
    for _ in range(3):
        ask(simulator)

    assert before_us <= simulator.arrivals[0] <= simulator.arrivals[1] <= simulator.arrivals[2]
    assert simulator.arrivals[2] <= time.monotonic_ns() // 1000
    assert simulator.traffic.outcomes == {"InProgress": 3}


def test_one_connection_serves_many_requests(simulator: Simulator) -> None:
    with socket.create_connection(("127.0.0.1", simulator.port)) as wire, wire.makefile("rb") as answers:
        for _ in range(3):
            wire.sendall(REQUEST)
            head = [line for line in iter(answers.readline, b"\r\n") if line.startswith(b"content-length")]
            assert b"MissingParameter" in answers.read(int(head[0].split()[1]))


@pytest.mark.parametrize("fault", ["latency=60000", "slow=60000", "hang"])
def test_stop_waits_for_nobody(world: World, fault: str) -> None:
    with Simulator(world, faults=[fault]) as simulator, socket.create_connection(("127.0.0.1", simulator.port)) as wire:
        wire.sendall(REQUEST)
        wait_for(lambda: bool(simulator.arrivals))
        started_s = time.monotonic()
        simulator.stop()

        assert time.monotonic() - started_s < 4
        assert "simulator" not in {thread.name for thread in threading.enumerate()}
        assert b"500" not in wire.recv(1_000)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", simulator.port))


def test_stopped_it_can_start_again(simulator: Simulator, ask: Ask) -> None:
    simulator.stop()
    simulator.stop()
    simulator.start()

    assert fields(ask(simulator))["Status"] == "InProgress"


def test_a_taken_port_is_told_in_one_line(simulator: Simulator, world: World) -> None:
    with pytest.raises(SimulatorError, match=rf"{simulator.port} .*--port"):
        Simulator(world, port=simulator.port).start()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serve_ends_with_a_signal_and_says_nothing(stop: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert httpx.get(url, trust_env=False).status_code == 200
        process.send_signal(stop)
        out, err = process.communicate(timeout=20)

    assert (out, err, process.returncode) == (f"ended by {stop.value}\n", "", 0)
