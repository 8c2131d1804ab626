"""The real screen over scripted facts in which, twice a second, one cell of one row changes: its number of errors."""

import threading

from msgspec.structs import replace

from tests.ui.live_show import NOW_US
from tests.ui.scripted import ScriptedSession
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import TaskView
from tui.engine.update import Update
from tui.ui.app import TrtcApp

EVERY_S = 0.5


class OneCell(ScriptedSession):
    """Tells nothing but that number."""

    def __init__(self) -> None:
        tasks = [TaskRef("ap-singapore", 1400000000, f"task-{number:02d}") for number in range(20)]
        self._views = {task: TaskView(task, NOW_US, name=task.task_id) for task in tasks}
        self._target = tasks[7]
        super().__init__(Snapshot(1, NOW_US, self._views), NOW_US)

    def take(self) -> Update:
        return Update(Snapshot(1, NOW_US, dict(self._views)), frozenset({self._target}), "")

    def tick(self) -> None:
        view = self._views[self._target]
        self._views[self._target] = replace(view, errors=(view.errors + 1) % 10)
        self._listener()
        threading.Timer(EVERY_S, self.tick).start()


if __name__ == "__main__":
    session = OneCell()
    threading.Timer(3.0, session.tick).start()
    TrtcApp(session.source).run()
