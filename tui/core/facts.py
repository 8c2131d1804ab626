"""What a predicate is asked about: one task, the tool, and a moment."""

from msgspec import Struct

from tui.core.entry import HOLD_US
from tui.core.fault import BLINDING
from tui.core.lifecycle import OVER
from tui.core.standing import BLIND_TASK_AFTER, Standing, standing
from tui.core.views import TaskView, ToolView


class Facts(Struct, gc=False):
    """A task at a moment. Made for every test of every task, so nothing is computed before a word asks for it."""

    view: TaskView
    tool: ToolView
    now_us: int
    said: Standing | None = None
    """The verdict on the task, when somebody has it already."""

    @property
    def standing(self) -> Standing:
        """The verdict on the task; as if it shared the budget with no other one, unless it was given."""
        if self.said is None:
            self.said = standing(self.view, self.tool, self.now_us, 1)
        return self.said

    @property
    def over(self) -> bool:
        """Whether nothing more is to be seen of the task."""
        return self.view.stage.life in OVER

    @property
    def cannot_see(self) -> bool:
        """Whether the task is UNKNOWN by `core.standing`: the tool is blind, or blind for this task."""
        if self.over:
            return False
        trouble = self.view.trouble
        return self.tool.blindness is not None or (
            trouble is not None and trouble.fault_class in BLINDING and trouble.count >= BLIND_TASK_AFTER
        )

    @property
    def held_until_us(self) -> int | None:
        """When the hold of the task ends by itself, also one that has; None without."""
        return None if self.view.held_us is None or self.over else self.view.held_us + HOLD_US

    @property
    def searched(self) -> str:
        """What plain words look for: see `searched_text`."""
        return searched_text(self.view, self.standing)


def facts_of(view: TaskView, tool: ToolView, now_us: int, said: Standing | None = None) -> Facts:
    """What is known of a task at `now_us`."""
    return Facts(view, tool, now_us, said)


def searched_text(view: TaskView, said: Standing) -> str:
    """Name, TaskId, region, SdkAppId, status word and reason, a line each, all in small letters.

    No word has a line break, so none can match across two of them.
    """
    task = view.task
    return f"{view.name}\n{task.task_id}\n{task.region}\n{task.sdk_app_id}\n{said.word}\n{said.why}".casefold()
