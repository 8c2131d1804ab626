"""What to do about a standing, in one sentence."""

from tui.core.lifecycle import Life
from tui.core.standing import Standing, Weight
from tui.core.views import TaskView
from tui.protocol.errors import explain
from tui.render.sort_keys import GAP

_BY_LIFE = {
    Life.NOT_FOUND: "check TaskId, SdkAppId and region; the API knows a task only while it runs",
    Life.ODD: "Tencent sends a status that its documentation does not have: ask support, with the RequestId",
    Life.EXITED: "the task should be gone by now: see whether anybody is still in the room",
    Life.ENDED: "the task answered after its end: ask support, with both RequestIds",
}


def advice(view: TaskView, standing: Standing) -> str:
    """Whose move it is and which; empty when it is nobody's."""
    if view.trouble is not None:
        info = explain(view.trouble.code)
        return f"{info.owner}: {info.advice}"
    if standing.weight is Weight.UNKNOWN:
        return "the tool cannot see: its own line says why"
    if standing.weight is not Weight.NEEDS_YOU:
        return ""
    if standing.why.startswith(GAP):
        return "nobody looked in time: see the tool's own line, and whether its poller runs"
    return _BY_LIFE.get(view.stage.life, "the documentation rules this out: ask support, with the RequestId")
