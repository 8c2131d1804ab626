"""Which tasks are shown: plain words over what is known of a task."""

from tui.core.standing import Standing
from tui.core.views import TaskView


class TaskFilter:
    """Every word must occur somewhere in a task, `!word` must not; upper and lower case are the same."""

    def __init__(self, text: str) -> None:
        words = text.casefold().split()
        self._wanted = [word for word in words if not word.startswith("!")]
        self._unwanted = [word[1:] for word in words if word.startswith("!") and len(word) > 1]

    def passes(self, view: TaskView, standing: Standing) -> bool:
        """Whether the task is to be shown. Searched are name, TaskId, region, SdkAppId, status word and reason."""
        if not self._wanted and not self._unwanted:
            return True
        task = view.task
        # A line break between the fields: no word has one, so none can match across two fields.
        known = "\n".join((view.name, task.task_id, task.region, str(task.sdk_app_id), standing.word, standing.why))
        known = known.casefold()
        return all(word in known for word in self._wanted) and not any(word in known for word in self._unwanted)
