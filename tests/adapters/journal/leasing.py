"""A process that does with the lease of the journal argv[1] what standard input says, and tells what came of it.

`reserve N US` takes N slots and tells their times; anything else answers with one word.
"""

import sys
from pathlib import Path

from tui.adapters.journal import JournalWriter
from tui.adapters.journal.lease import JournalLease
from tui.core.entry import Note, Topic
from tui.core.lease import Tenure
from tui.engine.ports import Deposed


def main(path: Path) -> None:
    lease, writer = JournalLease(path, "another"), JournalWriter(path)
    tenure = Tenure("nobody", 0, 0)
    print("ready", flush=True)
    for line in sys.stdin:
        what, *numbers = line.split()
        said = "done"
        try:
            match what:
                case "campaign":
                    won = lease.campaign()
                    tenure = won or tenure
                    said = "won" if won else "lost"
                case "renew":
                    lease.renew(tenure)
                case "reserve":
                    count, interval_us = map(int, numbers)
                    said = " ".join(str(lease.reserve(tenure, interval_us).at_us) for _ in range(count))
                case "describe":
                    (count,) = map(int, numbers)
                    said = " ".join(str(lease.reserve(None).at_us) for _ in range(count))
                case "append":
                    writer.append([Note(1, Topic.POLLING_STARTED, "as the poller")], tenure)
                case "ask":
                    writer.append([Note(1, Topic.POLLING_STARTED, "as an operator")])
                case "release":
                    lease.release(tenure)
        except Deposed:
            said = "deposed"
        print(said, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
