"""A process that commits to the journal argv[1] once for each line of standard input, and tells when it began to."""

import sys
import time
from pathlib import Path

from tui.adapters.journal import JournalWriter
from tui.core.entry import Note, Topic


def main(path: Path) -> None:
    writer = JournalWriter(path)
    print("ready", flush=True)
    for _ in sys.stdin:
        begun_ns = time.monotonic_ns()
        writer.append([Note(1, Topic.POLLING_STARTED, "x")])
        print(begun_ns, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
