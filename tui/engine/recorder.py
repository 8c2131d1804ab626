"""Appending to the journal: one thread owns the writer, so that no loop ever waits for a disk."""

import queue
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from enum import Enum
from itertools import groupby
from operator import attrgetter

from msgspec import Struct, field

from tui.core.attention import Attention
from tui.core.entry import Entry
from tui.core.lease import Tenure
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.trail import Stretch
from tui.engine.ports import Deposed, JournalError, Writer
from tui.engine.thread import work_thread
from tui.protocol.evidence import Evidence

_BATCH = 512
"""Entries in one transaction at most: 10,000 tasks added at once are 20 commits."""

_FLUSH_S = 10.0
"""How long a disk is waited for; its thread may also have died of a bug."""


class _Append(Struct):
    entry: Entry
    tenure: Tenure | None = None
    left: Evidence | None = None
    done: "Future[int]" = field(default_factory=Future)


class _Keep(Struct):
    snapshot: Snapshot
    changed: Sequence[TaskRef]
    stretch: Stretch | None


class _Attend(Struct):
    viewer: str
    attention: Attention | None


class _Stop(Enum):
    NOW = "now"
    NOT_YET = "not yet"


class Recorder:
    """Appends entries in the order in which they come, and tells when they are safe.

    `committed` is called in the recorder's thread after each transaction.
    """

    def __init__(
        self, open_writer: Callable[[], Writer], committed: Callable[[], None], failed: Callable[[BaseException], None]
    ) -> None:
        self._open_writer = open_writer
        self._committed = committed
        self._orders: queue.SimpleQueue[_Append | _Behind] = queue.SimpleQueue()
        self._opened: Future[None] = Future()
        self._thread = work_thread("recorder", self._run, failed)

    def start(self) -> None:
        """Open the journal; returns when it can be written.

        Raises:
            JournalError: it cannot.
        """
        self._thread.start()
        self._opened.result()

    def append(self, entry: Entry, tenure: Tenure | None = None, left: Evidence | None = None) -> "Future[int]":
        """Hand in an entry, and what it left behind; the future tells its frame once it survives kill -9, or raises
        JournalError.

        What is handed in under a `tenure` that is over raises Deposed, and is not written.
        """
        order = _Append(entry, tenure, left)
        # Whoever waits for the frame may give up; the entry is written all the same, so the future is not cancelled.
        order.done.set_running_or_notify_cancel()
        self._orders.put(order)
        return order.done

    def keep(self, snapshot: Snapshot, changed: Sequence[TaskRef], stretch: Stretch | None = None) -> None:
        """Store the fold and its trail when the entries before it are written; without it, all is only slower."""
        self._orders.put(_Keep(snapshot, changed, stretch))

    def attend(self, viewer: str, attention: Attention | None) -> None:
        """Tell the poller what a screen shows; None: nothing any more. Lost when it cannot be written."""
        self._orders.put(_Attend(viewer, attention))

    def flush(self) -> None:
        """Wait until what was handed in is written, or could not be."""
        written: Future[None] = Future()
        self._orders.put(written)
        wait((written,), _FLUSH_S)

    def stop(self) -> None:
        """Write what was handed in, close the file, and end the thread."""
        self._orders.put(_Stop.NOW)
        self._thread.join()

    def _run(self) -> None:
        try:
            writer = self._open_writer()
        except BaseException as error:  # noqa: BLE001 - raised again in `start`, which waits for it
            self._opened.set_exception(error)
            return
        self._opened.set_result(None)
        try:
            self._work(writer)
        finally:
            writer.close()

    def _work(self, writer: Writer) -> None:
        while True:
            batch, order = self._take()
            if batch:
                self._write(writer, batch)
            if isinstance(order, _Keep):
                _keep(writer, order)
            elif isinstance(order, _Attend):
                _attend(writer, order)
            elif isinstance(order, Future):
                order.set_result(None)
            elif order is _Stop.NOW:
                return

    def _take(self) -> "tuple[list[_Append], _Behind]":
        """The entries that wait, at most a batch, and what comes behind them."""
        batch: list[_Append] = []
        order = self._orders.get()
        while isinstance(order, _Append):
            batch.append(order)
            if len(batch) == _BATCH or self._orders.empty():
                return batch, _Stop.NOT_YET
            order = self._orders.get()
        return batch, order

    def _write(self, writer: Writer, batch: Sequence[_Append]) -> None:
        for tenure, orders in groupby(batch, key=attrgetter("tenure")):
            self._write_under(writer, tenure, list(orders))

    def _write_under(self, writer: Writer, tenure: Tenure | None, batch: Sequence[_Append]) -> None:
        try:
            left = {place: order.left for place, order in enumerate(batch) if order.left is not None}
            first = writer.append([order.entry for order in batch], tenure, left)
        except (JournalError, Deposed) as error:
            for order in batch:
                order.done.set_exception(error)
            return
        for offset, order in enumerate(batch):
            order.done.set_result(first + offset)
        self._committed()


_Behind = _Keep | _Attend | Future[None] | _Stop
"""What is done after the entries before it."""


def _attend(writer: Writer, order: _Attend) -> None:
    try:
        writer.attend(order.viewer, order.attention)
    except JournalError:
        # It is told again within seconds, and the journal says so itself at its next append.
        return


def _keep(writer: Writer, order: _Keep) -> None:
    try:
        writer.keep(order.snapshot, order.changed, order.stretch)
    except JournalError:
        # The journal itself says so at its next append; a stored fold is only a shortcut through it.
        return
