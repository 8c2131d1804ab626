"""Which tasks are shown: plain words over what is known of a task."""

from tui.core.facts import searched_text
from tui.core.standing import Standing
from tui.core.views import TaskView


class TaskFilter:
    """Every word must occur somewhere in a task, `!word` must not; upper and lower case are the same."""

    def __init__(self, text: str) -> None:
        words = text.casefold().split()
        self.wanted = tuple(word for word in words if not word.startswith("!"))
        self.unwanted = tuple(word[1:] for word in words if word.startswith("!") and len(word) > 1)

    def passes(self, view: TaskView, standing: Standing) -> bool:
        """Whether the task is to be shown. Searched are name, TaskId, region, SdkAppId, status word and reason."""
        if not self.wanted and not self.unwanted:
            return True
        known = searched_text(view, standing)
        return all(word in known for word in self.wanted) and not any(word in known for word in self.unwanted)

    def narrows(self, other: "TaskFilter") -> bool:
        """Whether nothing passes that does not pass `other`, as far as the words alone can tell."""
        return all(any(word in mine for mine in self.wanted) for word in other.wanted) and all(
            any(mine in word for mine in self.unwanted) for word in other.unwanted
        )
