"""A process whose files may not grow beyond a bound: appends to the journal argv[1] until that fails, then goes on.

Tells on standard output how many entries were acknowledged, and what the error said.
"""

import resource
import sys
from pathlib import Path

from tui.adapters.journal import JournalWriter
from tui.core.entry import Note, Topic
from tui.engine.ports import JournalError

BOUND_BYTES = 300_000


def main(path: Path) -> None:
    writer = JournalWriter(path)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (BOUND_BYTES, most))
    acknowledged = 0
    error = None
    while error is None:
        try:
            writer.append([Note(acknowledged, Topic.POLLING_STARTED, "x" * 1000)])
            acknowledged += 1
        except JournalError as caught:
            error = caught
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    writer.append([Note(acknowledged, Topic.POLLING_STARTED, "space again")])
    print(acknowledged + 1)
    print(error)
    writer.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
