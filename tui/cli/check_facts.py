"""What `trtc-tui check` tells, for people and for programs."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tui.core.conformance import RULES, Found
from tui.core.lifecycle import Verdict
from tui.render.text import visible
from tui.render.times import rfc3339


def as_object(journal: Path, told: Sequence[Found]) -> dict[str, object]:
    """What `--json` prints: snake_case keys, times in RFC 3339 UTC with milliseconds."""
    return {
        "path": str(journal),
        "impossible": _count(told, Verdict.IMPOSSIBLE),
        "undocumented": _count(told, Verdict.UNDOCUMENTED),
        "findings": [_object(one) for one in told],
    }


def _object(one: Found) -> dict[str, object]:
    finding, task = one.finding, one.task
    return {
        "frame": one.frame,
        "at": rfc3339(finding.at_us),
        "rule": finding.rule,
        "verdict": finding.verdict.value,
        "task_id": task.task_id,
        "region": task.region,
        "sdk_app_id": task.sdk_app_id,
        "text": finding.text,
        "request_id": finding.request_id,
    }


def in_words(told: Sequence[Found]) -> list[str]:
    """A finding a line, then how many of which rule, then how many in all."""
    by_rule = Counter(one.finding.rule for one in told)
    rules = [f"{rule.id}  {rule.words}: {by_rule[rule.id]:,}" for rule in RULES.values() if by_rule[rule.id]]
    return [*map(_line, told), *rules, _summary(told)]


def _line(one: Found) -> str:
    finding = one.finding
    request = f"  req {visible(finding.request_id)}" if finding.request_id else ""
    where = f"frame {one.frame}  {visible(str(one.task))}"
    return f"{rfc3339(finding.at_us)}  {finding.rule} {finding.verdict:<12}  {where}  {visible(finding.text)}{request}"


def _summary(told: Sequence[Found]) -> str:
    if not told:
        return "everything that was seen is as the documentation says"
    tasks = len({one.task for one in told})
    impossible, undocumented = _count(told, Verdict.IMPOSSIBLE), _count(told, Verdict.UNDOCUMENTED)
    return f"{impossible:,} impossible, {undocumented:,} undocumented, of {tasks:,} {'task' if tasks == 1 else 'tasks'}"


def _count(told: Sequence[Found], verdict: Verdict) -> int:
    return sum(one.finding.verdict is verdict for one in told)
