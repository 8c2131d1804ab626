"""A process without root's rights: does argv[1] with the journal argv[2], and tells what came of it."""

import os
import sys
from pathlib import Path

from tui.adapters.journal import JournalReader, JournalWriter
from tui.core.entry import Note, Topic
from tui.engine.ports import JournalError

NOBODY = 65534


def main(what: str, path: Path) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        if what == "read":
            print([frame for frame, _ in JournalReader(path).after(0)])
        else:
            print(JournalWriter(path).append([Note(1, Topic.POLLING_STARTED, "mine")]))
    except JournalError as error:
        print(error)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
