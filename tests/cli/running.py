"""A program that runs beside the test, and whose lines are waited for."""

import queue
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.pty.program import NEVER_SO_LONG_S, PROGRAM, environment


class Lines:
    """The lines of a stream, as they come."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._queue: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def next(self) -> str:
        return self._queue.get(timeout=NEVER_SO_LONG_S)

    def until(self, text: str) -> str:
        """The next line that holds `text`; those before it are passed over."""
        while text not in (line := self.next()):
            pass
        return line

    def rest(self) -> list[str]:
        """What nobody took, once the program is over."""
        self._reader.join(NEVER_SO_LONG_S)
        return [self._queue.get() for _ in range(self._queue.qsize())]

    def close(self) -> None:
        self._reader.join(NEVER_SO_LONG_S)
        self._stream.close()

    def _read(self) -> None:
        for line in self._stream:
            self._queue.put(line.rstrip("\n"))


class Running:
    """A process, and what it says."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self.out, self.err = Lines(process.stdout), Lines(process.stderr)
        self.pid = process.pid

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def code(self) -> int:
        """The exit code, once it ends."""
        return self._process.wait(NEVER_SO_LONG_S)


@contextmanager
def running(*arguments: str, home: Path) -> Iterator[Running]:
    """Start a command line without a terminal; it is gone when the block ends."""
    process = subprocess.Popen(
        [PROGRAM, *arguments],
        env=environment(home),
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    program = Running(process)
    try:
        yield program
    finally:
        process.kill()
        process.wait()
        program.out.close()
        program.err.close()
