import subprocess
import sys
import threading

import pytest

from tui.adapters.credentials.waiting import attempt


def test_a_result_and_an_error_come_back() -> None:
    answer = attempt(lambda: 7, 5)
    assert answer is not None
    assert answer.result() == 7
    empty: dict[str, int] = {}
    failed = attempt(lambda: empty["missing"], 5)
    assert failed is not None
    with pytest.raises(KeyError):
        failed.result()


def test_an_error_that_is_a_timeout_is_no_silence() -> None:
    def work() -> None:
        raise TimeoutError

    answer = attempt(work, 5)
    assert answer is not None
    assert isinstance(answer.exception(), TimeoutError)


def test_silence_is_none() -> None:
    released = threading.Event()
    try:
        assert attempt(released.wait, 0.01) is None
    finally:
        released.set()


def test_a_process_leaves_while_the_work_still_hangs() -> None:
    program = (
        "import threading; from tui.adapters.credentials.waiting import attempt; "
        "assert attempt(threading.Event().wait, 0.01) is None"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=10)
