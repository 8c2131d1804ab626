"""The append-only side of a journal: `engine.ports.Writer`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui.adapters.journal import attention, evidence, lease_row
from tui.adapters.journal.bell import toll
from tui.adapters.journal.boot import this_boot
from tui.adapters.journal.codec import AnswerRow, EntryRow, answer_row, digest, entry_row
from tui.adapters.journal.door import door, transaction
from tui.adapters.journal.kept import KeptFold, store
from tui.adapters.journal.last_words import LastWords
from tui.adapters.journal.opening import open_for_writing
from tui.adapters.journal.stored import task_columns, task_number
from tui.adapters.journal.trail import lengthen
from tui.adapters.memory import give_back
from tui.core.attention import Attention
from tui.core.entry import Entry, Fault, Note, Poll
from tui.core.lease import Tenure
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.trail import Stretch
from tui.protocol.evidence import NOTHING_LEFT, Evidence


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table}({', '.join(columns)}) VALUES({', '.join('?' * len(columns))})"


_INSERT_ENTRY = _insert("entry", ("frame", *EntryRow._fields, "changed"))
_INSERT_ANSWER = _insert("answer", ("digest", *AnswerRow._fields))
_INSERT_TASK = _insert("task", ("kind", "region", "sdk_app_id", "task_id"))
_INSERT_FAULT = _insert("fault", ("frame", "task"))
_FIND_ANSWER = "SELECT id FROM answer WHERE digest = ?"

_TASK = EntryRow._fields.index("task")

_MANY = 1_000
"""Tasks that are kept at once, at the first time: as JSON they take 1 MiB for a moment."""


class JournalWriter:
    """Appends to the journal at `path`, which is made when it is not there. Several processes may do so at once.

    Raises:
        JournalError: from every method and from the constructor, in one line for the user.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._boot = this_boot()
        self._connection = open_for_writing(path)
        self._kept = KeptFold()
        self._words = LastWords()

    def append(
        self, entries: Sequence[Entry], tenure: Tenure | None = None, left: Mapping[int, Evidence] = NOTHING_LEFT
    ) -> int:
        """Store all entries in one transaction; the first one's frame is returned, the others follow on it.

        Args:
            left: what polls among them left behind, by their place in `entries`, from 0.

        Raises:
            Deposed: `tenure` is not the present one; nothing was stored.
        """
        words, self._words = self._words, LastWords()
        with self._transaction():
            if tenure is not None:
                lease_row.load(self._connection).insist(tenure)
            (first,) = self._connection.execute("SELECT coalesce(max(frame), 0) + 1 FROM entry").fetchone()
            words.begin(self._connection, first, len(entries))
            for place, entry in enumerate(entries):
                row = self._row(entry, words)
                self._connection.execute(_INSERT_ENTRY, (first + place, *row))
                if isinstance(entry, Poll) and isinstance(entry.answer, Fault):
                    self._connection.execute(_INSERT_FAULT, (first + place, row[_TASK]))
                if place in left:
                    changed = row[-1] is not None
                    evidence.keep(self._connection, first + place, entry, left[place], changed=changed)
        self._words = words
        toll(self._path)
        return int(first)

    def attend(self, viewer: str, shown: Attention | None) -> None:
        """Tell the poller what the screen named `viewer` shows, for `VIEWER_TTL_US`; None: that screen is closed."""
        with self._transaction():
            attention.attend(self._connection, self._boot, viewer, shown)
        toll(self._path)

    def keep(self, snapshot: Snapshot, changed: Sequence[TaskRef], stretch: Stretch | None = None) -> None:
        """Store a fold, and the trail that led to it. What is missing in `changed` is written as well after another
        writer or version was here."""
        kept, self._kept = self._kept, KeptFold()
        while not self._stored(kept, snapshot, changed, stretch):
            kept = KeptFold()
        self._kept = kept

    def close(self) -> None:
        """Give the file back; the last one to close it tidies up `-wal` and `-shm`."""
        with door(self._path):
            self._connection.close()

    def _stored(self, kept: KeptFold, snapshot: Snapshot, changed: Sequence[TaskRef], stretch: Stretch | None) -> bool:
        with door(self._path):
            rows = kept.rows(self._connection, snapshot, changed, self._task_id)
        if rows is None:
            return True
        with self._transaction():
            stored = store(self._connection, rows)
            if stored and stretch is not None:
                lengthen(self._connection, stretch, self._task_id)
        many = len(rows.tasks) >= _MANY
        del rows
        if many:
            give_back()
        return stored

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with door(self._path), transaction(self._connection):
            yield

    def _row(self, entry: Entry, words: LastWords) -> tuple[object, ...]:
        """The columns of `entry` behind its `frame`, with `changed`."""
        task = None if isinstance(entry, Note) or entry.task is None else self._task_id(entry.task)
        if task is None or not isinstance(entry, Poll):
            return (*entry_row(entry, task, None), None)
        answer = answer_row(entry.answer, entry.request_id)
        changed = words.changes(self._connection, task, answer)
        return (*entry_row(entry, task, self._answer_id(answer)), 1 if changed else None)

    def _task_id(self, task: TaskRef) -> int:
        columns = task_columns(task)
        return task_number(self._connection, columns) or self._add(_INSERT_TASK, columns)

    def _answer_id(self, row: AnswerRow) -> int:
        key = digest(row)
        found = self._connection.execute(_FIND_ANSWER, (key,)).fetchone()
        return int(found[0]) if found else self._add(_INSERT_ANSWER, (key, *row))

    def _add(self, statement: str, values: tuple[object, ...]) -> int:
        ((added,),) = self._connection.execute(f"{statement} RETURNING id", values).fetchall()
        return int(added)
