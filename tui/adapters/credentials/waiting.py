"""Waiting for something that may never answer, without ever being held up by it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


def attempt(work: Callable[[], T], budget_s: float) -> Future[T] | None:
    """Run `work` in a thread of its own; the finished future, or None when `budget_s` seconds did not suffice.

    A thread pool, asyncio.to_thread and Textual's workers all wait for such a thread when the process wants to leave;
    a daemon thread is left behind (measured: credentials-and-terminal.md §1).
    """
    answer: Future[T] = Future()
    done = threading.Event()

    def run() -> None:
        try:
            answer.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed over whole to the thread that waits
            answer.set_exception(error)
        done.set()

    threading.Thread(target=run, daemon=True, name="credential store").start()
    return answer if done.wait(budget_s) else None
