"""A process that appends to the journal argv[1] until it is killed or has stored argv[3] batches.

Each acknowledged entry is told on standard output: its frame and its text, which begins with argv[2].
"""

import itertools
import sys
from pathlib import Path

from tui.adapters.journal import JournalReader, JournalWriter
from tui.core.entry import Note, Request, Topic, Verb
from tui.core.task import TaskRef
from tui.core.timeline import Timeline

KEEP_EVERY = 7


def main(path: Path, name: str, batches: int) -> None:
    writer = JournalWriter(path)
    reader = JournalReader(path)
    timeline = Timeline(reader.kept())
    for batch in itertools.islice(itertools.count(), batches):
        texts = [f"{name} {batch} {number}" for number in range(batch % 4 + 1)]
        first = writer.append([Note(batch, Topic.POLLING_STARTED, text) for text in texts])
        print("".join(f"{frame} {text}\n" for frame, text in enumerate(texts, first)), end="", flush=True)
        if batch % KEEP_EVERY == 0:
            task = TaskRef("ap-singapore", 1400000000, f"{name} {batch}")
            writer.append([Request(batch, Verb.WATCH, task)])
            changed = [timeline.apply(frame, entry) for frame, entry in reader.after(timeline.frame)]
            writer.keep(timeline.snapshot(), [task for task in changed if task])
    reader.close()
    writer.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
