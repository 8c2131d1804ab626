"""The journal: one SQLite file per account, appended to by whoever polls and read by everybody.

polling.md §4 has the measurements behind the choices made here. A first frame waits for what is imported here: the
lease and the bell come later, from their own modules.
"""

from tui.adapters.journal.place import account_hash, journal_path
from tui.adapters.journal.reader import JournalReader
from tui.adapters.journal.writer import JournalWriter

__all__ = ["JournalReader", "JournalWriter", "account_hash", "journal_path"]
