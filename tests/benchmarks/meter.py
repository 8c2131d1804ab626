"""A program in a pty, its bytes with their times, and what it costs."""

import contextlib
import fcntl
import os
import pty
import queue
import signal
import struct
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

NEVER_SO_LONG_S = 60.0
TAIL = 8_192

KEYS = {"down": b"\x1b[B", "pagedown": b"\x1b[6~", "quit": b"Q"}


def thread_cpu_s(pid: int) -> float:
    """Seconds of CPU that the living threads of a process have used."""
    stats = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(stat.read_text().split()[0]) for stat in stats) / 1e9


class Meter:
    """Runs one program in a pty of `columns` x `rows`; a thread that does nothing else reads it."""

    def __init__(
        self,
        argv: Sequence[str],
        environment: Mapping[str, str],
        *,
        columns: int = 120,
        rows: int = 40,
        stdin: Path | None = None,
    ) -> None:
        self._chunks: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self.total = 0
        self.tail = b""
        """The last bytes that were read."""
        ready_r, ready_w = os.pipe()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.read(ready_r, 1)
            if stdin is not None:
                os.dup2(os.open(stdin, os.O_RDONLY), 0)
            os.execve(argv[0], list(argv), dict(environment))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        os.write(ready_w, b"x")
        os.close(ready_r)
        os.close(ready_w)
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def until(self, wanted: bytes, at_most: float = NEVER_SO_LONG_S) -> float:
        """Seconds from the start until `wanted` was among the bytes of the program.

        Raises:
            queue.Empty: nothing came for `at_most` seconds.
        """
        seen = b""
        while True:
            at, data = self._next(at_most)
            seen = seen[-len(wanted) :] + data
            if wanted in seen:
                return at - self.started

    def quiet(self, seconds: float, at_most: float = NEVER_SO_LONG_S) -> int:
        """Read until nothing came for so long; the number of bytes."""
        count, end = 0, time.perf_counter() + at_most
        while time.perf_counter() < end:
            try:
                count += len(self._next(seconds)[1])
            except queue.Empty:
                break
        return count

    def during(self, seconds: float) -> int:
        """Bytes in the next `seconds`."""
        count, end = 0, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            try:
                count += len(self._next(left)[1])
            except queue.Empty:
                break
        return count

    def press(self, key: str, quiet_s: float) -> tuple[float, int]:
        """Seconds from the key to the last byte of what it brought, and how many bytes that were."""
        self.quiet(0.001, at_most=0.05)
        begun = last = time.perf_counter()
        os.write(self._fd, KEYS[key])
        count = 0
        while True:
            try:
                last, data = self._next(quiet_s if count else 1.0)
                count += len(data)
            except queue.Empty:
                return last - begun, count

    def chunk(self) -> bytes:
        """The next write of the program, whole: what comes within 20 ms."""
        data = self._next(NEVER_SO_LONG_S)[1]
        while True:
            try:
                data += self._next(0.02)[1]
            except queue.Empty:
                return data

    def cpu_s(self) -> float:
        """Seconds of CPU of all threads that live, by the scheduler's ns: ticks of 10 ms say little of short work."""
        return thread_cpu_s(self.pid)

    def rss_mib(self) -> float:
        """Resident memory, MiB."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0

    def _next(self, timeout_s: float) -> tuple[float, bytes]:
        at, data = self._chunks.get(timeout=timeout_s)
        if not data:
            raise AssertionError("the program ended")
        self.total += len(data)
        self.tail = (self.tail + data)[-TAIL:]
        return at, data

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._fd, 1 << 16)
            except OSError:
                data = b""
            self._chunks.put((time.perf_counter(), data))
            if not data:
                return
