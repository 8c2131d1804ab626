import asyncio
import threading

from tui.engine.thread import LoopThread

DEADLINE_S = 20


def test_what_runs_is_cancelled_and_may_clean_up() -> None:
    threads, runs = threading.active_count(), threading.Event()
    steps: list[str] = []

    async def main() -> None:
        try:
            runs.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.to_thread(steps.append, "cleaned up")

    failures: list[BaseException] = []
    thread = LoopThread("test")
    thread.start(main(), failures.append)
    assert runs.wait(DEADLINE_S)
    thread.stop()
    assert steps == ["cleaned up"]
    assert not failures, "to be stopped is no failure"
    assert threading.active_count() == threads


def test_what_ended_it_is_told() -> None:
    told = threading.Event()
    failures: list[BaseException] = []

    async def main() -> None:
        raise RuntimeError("a bug")

    def failed(error: BaseException) -> None:
        failures.append(error)
        told.set()

    thread = LoopThread("test")
    thread.start(main(), failed)
    assert told.wait(DEADLINE_S)
    thread.stop()
    assert str(failures[0]) == "a bug"


def test_it_may_be_stopped_before_and_after_its_work() -> None:
    async def main() -> None:
        return

    failures: list[BaseException] = []
    for _ in range(20):
        thread = LoopThread("test")
        thread.start(main(), failures.append)
        thread.stop()
    assert not failures
