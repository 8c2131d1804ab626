"""What all panes show at one moment."""

from dataclasses import dataclass

from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import TaskView
from tui.render.board import Board
from tui.render.header import Identity
from tui.render.view import View


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """One Snapshot, arranged by one View, at one time. Every change makes a new one: panes compare by identity."""

    snapshot: Snapshot
    board: Board
    """The arranged list; shared by all scenes of a screen and already arranged for this one."""
    view: View
    identity: Identity
    now_us: int
    """Wall clock that ages are counted to, µs UTC."""

    @property
    def selected(self) -> TaskView | None:
        """The task the cursor is on."""
        return self.snapshot.tasks.get(self.view.selected) if self.view.selected is not None else None

    def name(self, task: TaskRef) -> str:
        """What the operator calls a task; its TaskId when nothing."""
        view = self.snapshot.tasks.get(task) or self.snapshot.forgotten.get(task)
        return (view.name if view is not None else "") or task.task_id
