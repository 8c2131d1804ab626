"""Appends one poll after the other to the journal argv[1], argv[2] a second, until its standard input ends.

Says `writing` when it begins, and in the end how long each commit took, in ms, as a JSON list.
"""

import json
import sys
import threading
import time
from pathlib import Path

from tests.benchmarks.live_event import live_event, some_tasks
from tui.adapters.journal import JournalWriter


def main(path: Path, rate_per_s: float, tasks: int) -> None:
    writer, stop, commits_ms = JournalWriter(path), threading.Event(), list[float]()
    threading.Thread(target=wait_for_end, args=(stop,)).start()
    polls = live_event(some_tasks(tasks), from_us=time.time_ns() // 1000, seed=8)
    print("writing", flush=True)
    due = time.monotonic()
    for poll in polls:
        due += 1 / rate_per_s
        if stop.wait(max(0.0, due - time.monotonic())):
            break
        before = time.perf_counter()
        writer.append([poll])
        commits_ms.append((time.perf_counter() - before) * 1000)
    writer.close()
    print(json.dumps(commits_ms))


def wait_for_end(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
