"""Whose move it is, and what to type: of a task, of an error code, and of a tool that cannot see."""

from tui.core import alerts
from tui.core.fault import FaultClass
from tui.core.lifecycle import OVER
from tui.core.standing import Standing
from tui.core.views import TaskView, ToolView
from tui.protocol.errors import explain

LOGIN = "trtc-tui login"
LOGIN_NOW = f"{LOGIN} in another window"
"""The poller looks every few seconds whether the store has another key."""
NEW_START = "export new keys and start again"
"""The environment is read at the start only."""
ENVIRONMENT = "environment"
"""What `Identity.key_source` says of exported keys."""

_SECOND_US = 1_000_000

_NOBODY_LOOKED = "nobody looked in time: see the tool's own line, and whether its poller runs"
_BY_RULE = {
    alerts.NOT_FOUND: "check TaskId, SdkAppId and region; the API knows a task only while it runs",
    alerts.ODD_STATUS: "Tencent sends a status that its documentation does not have: ask support, with the RequestId",
    alerts.EXITED_LONG: "the task should be gone by now: see whether anybody is still in the room",
    alerts.IDLE_LONG: "nothing is transcribed: see whether anybody speaks in the room, and whether it is the right one",
    alerts.EXIT_UNSEEN: "it ended between two polls, or without leaving: see what the room and its callbacks say",
    alerts.IMPOSSIBLE: "the documentation rules this out: ask support, with the RequestId",
    alerts.GAP: _NOBODY_LOOKED,
    alerts.STALE: _NOBODY_LOOKED,
}


def advice(view: TaskView, standing: Standing, tool_advice: str) -> str:
    """Whose move it is and which; empty when it is nobody's. What `tool_advice` says comes before the task's own."""
    if tool_advice and view.stage.life not in OVER:
        return tool_advice
    if view.trouble is not None:
        return move(view.trouble.code)
    return _BY_RULE.get(standing.rule, "")


def tool_advice(tool: ToolView, waiting: str, key_source: str) -> str:
    """What is to be done so that the tool sees again; empty while it sees.

    Args:
        waiting: why polling does not go on, in a sentence that says what to type; empty if it does.
        key_source: as in `Identity`.
    """
    blindness = tool.blindness
    if waiting or blindness is None:
        return waiting
    if blindness.fault_class is FaultClass.CLOCK:
        return f"{clock_error(tool)} -> {move(blindness.code)}"
    return move(blindness.code, key_source)


def move(code: str, key_source: str = "") -> str:
    """Whose move it is after an error `code`, and which: `you: trtc-tui login in another window`.

    Args:
        key_source: as in `Identity`; empty when it is not known, then both ways to a new key are told.
    """
    info = explain(code)
    return f"{info.owner}: {_new_key(key_source) if LOGIN in info.advice else info.advice.rstrip('.')}"


def _new_key(key_source: str) -> str:
    if key_source == ENVIRONMENT:
        return NEW_START
    return LOGIN_NOW if key_source else f"{LOGIN_NOW}, or {NEW_START}"


def clock_error(tool: ToolView) -> str:
    """`this host's clock is 412 s behind`; without the figure when no answer told the server's time."""
    offset_s = abs(tool.skew.offset_us) // _SECOND_US if tool.skew is not None else 0
    if tool.skew is None or not offset_s:
        return "this host's clock is wrong"
    return f"this host's clock is {offset_s} s {'behind' if tool.skew.offset_us > 0 else 'ahead'}"
