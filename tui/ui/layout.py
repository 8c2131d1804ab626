"""Who gets how many rows and columns: pure arithmetic over the size of the terminal."""

from msgspec import Struct

SMALLEST = (60, 16)
"""Columns and rows below which there is only a message."""

WIDE = (120, 30)
"""From here on, everything at once: detail beside the tasks, requests beside the log."""

HEADER_ROWS = 3
FOOTER_ROWS = 1
DETAIL_LEAST = 4
"""Title and three lines."""
TIMELINE_LEAST = 3
"""Title and two rows."""
TIMELINE_FULL = 7
"""Title and six rows."""
LOG_LEAST = 3
"""Title and two lines."""
TASKS_LEAST = 8
"""Title, headings and six rows: the tasks never have less."""


class Layout(Struct, frozen=True):
    """Rows (with titles) and columns of each pane; 0 rows: no room for it."""

    tasks: int
    detail: int
    log: int
    timeline: int = 0
    requests: int = 0
    """Right of the log, as high as it."""
    detail_columns: int = 0
    """More than 0: the detail stands right of the tasks, both `tasks` rows high."""

    def height(self, pane: int) -> int:
        """Rows of the pane of this number."""
        return {1: self.tasks, 2: self.detail, 3: self.timeline, 4: self.log, 5: self.requests}[pane]


def too_small(columns: int, rows: int) -> bool:
    """Whether there is room for the message only."""
    return columns < SMALLEST[0] or rows < SMALLEST[1]


def arrange(columns: int, rows: int) -> Layout:
    """Share out the screen. At 80x24: detail 3 lines, timeline and log 2, all with a title, the rest for the tasks."""
    body = rows - HEADER_ROWS - FOOTER_ROWS
    if columns >= WIDE[0] and rows >= WIDE[1]:
        log = max(6, body * 3 // 10)
        tasks = body - log - TIMELINE_FULL
        return Layout(tasks, tasks, log, TIMELINE_FULL, log, columns * 2 // 5)
    spare = max(0, body - TASKS_LEAST)
    detail = DETAIL_LEAST if spare >= DETAIL_LEAST else 0
    log = LOG_LEAST if spare - detail >= LOG_LEAST else 0
    timeline = TIMELINE_LEAST if spare - detail - log >= TIMELINE_LEAST else 0
    extra = spare - detail - log - timeline
    more_detail = min(8, extra // 4)
    more_log = min(8, extra // 4)
    detail, log = detail + more_detail, log + more_log
    return Layout(body - detail - log - timeline, detail, log, timeline)
