"""An event loop on a thread of its own, shared with nobody: what runs there goes on when a terminal stalls."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, wait


def work_thread(name: str, work: Callable[[], None], failed: Callable[[BaseException], None]) -> threading.Thread:
    """A thread that does `work`, not started yet. What ends it although nobody asked for it is told to `failed`: a
    thread that died in silence would leave a screen on which nothing ever happens."""

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - handed over whole
            failed(error)

    return threading.Thread(target=run, name=name, daemon=True)


class LoopThread:
    """Runs one coroutine until it ends or `stop` is called."""

    def __init__(self, name: str) -> None:
        self._loop: Future[asyncio.AbstractEventLoop] = Future()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._main: Future[None] = Future()

    def start(self, main: Coroutine[None, None, None], failed: Callable[[BaseException], None]) -> None:
        """Run `main`; `failed` is told, in the thread, the exception that ended it, if one did."""
        self._thread.start()

        def ended(future: "Future[None]") -> None:
            error = None if future.cancelled() else future.exception()
            if error is not None:
                failed(error)

        self._main = asyncio.run_coroutine_threadsafe(main, self._loop.result())
        self._main.add_done_callback(ended)

    def stop(self, patience_s: float = 0.0) -> None:
        """Cancel what runs, unless it ends by itself within `patience_s`; wait until it has cleaned up, and end the
        thread."""
        if patience_s:
            wait((self._main,), patience_s)
        loop = self._loop.result()
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            self._loop.set_result(loop)
            loop.run_forever()
