"""What all panes show at one moment."""

from msgspec import Struct

from tui.core.breakpoint import Hit, Watch
from tui.core.entry import Entry
from tui.core.task import TaskRef
from tui.core.timeline import Snapshot
from tui.core.views import TaskView
from tui.render.board import Board
from tui.render.header import Identity
from tui.render.names import task_name
from tui.render.task_times import start_us
from tui.render.view import View


class Scene(Struct, frozen=True, eq=False):
    """One Snapshot, arranged by one View, at one time. Every change makes a new one: panes compare by identity."""

    snapshot: Snapshot
    board: Board
    """The arranged list; shared by all scenes of a screen and already arranged for this one."""
    view: View
    identity: Identity
    now_us: int
    """Wall clock that ages are counted to, µs UTC."""
    entry: Entry | None = None
    """In the past: the entry at whose frame the screen stands."""
    watches: tuple[Watch, ...] = ()
    """Expressions whose values are told with the selected task."""
    hits: tuple[Hit, ...] = ()
    """Of breakpoints, since the screen is open, oldest first."""

    @property
    def cursor(self) -> int | None:
        """The row of the cursor. Until the operator moves it, it stays on the first row: on the worst task."""
        chosen = self.view.selected
        if chosen is not None and chosen in self.snapshot.tasks:
            return self.board.index(chosen)
        return 0 if len(self.board) else None

    @property
    def selected(self) -> TaskView | None:
        """The task the cursor is on, also when the filter hides it."""
        chosen = self.view.selected
        if chosen is not None and chosen in self.snapshot.tasks:
            return self.snapshot.tasks[chosen]
        return self.snapshot.tasks[self.board.task(0)] if len(self.board) else None

    @property
    def defaults(self) -> tuple[str | None, int | None]:
        """Region and SdkAppId for a TaskId that comes without."""
        return self.identity.region or None, self.identity.sdk_app_id

    @property
    def can_poll(self) -> bool:
        """Whether anybody polls this journal: a recording is only read."""
        return not self.identity.recording

    @property
    def in_past(self) -> bool:
        """Whether this is a moment of what is recorded, and not now."""
        return self.identity.place is not None

    @property
    def live_us(self) -> int:
        """Time of the newest facts, whatever is shown, µs UTC."""
        return self.identity.place.live_us if self.identity.place is not None else self.snapshot.at_us

    @property
    def stepped(self) -> TaskView | None:
        """The task the cursor is on, if it is held: what is shown is live, and its polls are the operator's."""
        task = self.selected
        return task if self.identity.place is None and task is not None and task.held_us is not None else None

    def name(self, task: TaskRef) -> str:
        """What the operator calls a task; a short form of its TaskId when nothing."""
        return task_name(self._known(task) or TaskView(task, 0))

    def start_us(self, task: TaskRef | None) -> int | None:
        """When a task started by its own account, µs UTC; None for what is about no task, and before it was told."""
        view = self._known(task) if task is not None else None
        return start_us(view) if view is not None else None

    def _known(self, task: TaskRef) -> TaskView | None:
        return self.snapshot.tasks.get(task) or self.snapshot.forgotten.get(task)
