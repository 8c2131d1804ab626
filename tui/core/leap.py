"""Leaping over polls that told nothing new, where folding them one by one would end the same."""

from msgspec.structs import replace

from tui.core.entry import Fault, Poll
from tui.core.fault import FaultClass
from tui.core.views import LastPoll, TaskView


def leap(view: TaskView, polls: int, newest: Poll) -> TaskView:
    """The view after `polls` more polls of which none changed more than counts and times, the last being `newest`.

    Several leaps end where one over all of them ends. `is_leap` tells whether a poll is of that kind.
    """
    answer = newest.answer
    failed = isinstance(answer, Fault) and answer.fault_class is not FaultClass.END
    trouble = view.trouble
    if trouble is not None and isinstance(answer, Fault):
        count = trouble.count + polls
        trouble = replace(trouble, count=count, message=answer.message, request_id=newest.request_id)
    run = view.runs[-1]
    return replace(
        view,
        polls=view.polls + polls,
        errors=view.errors + (polls if failed else 0),
        seen_us=view.seen_us if failed else newest.at_us,
        trouble=trouble,
        last=_last(newest),
        runs=(*view.runs[:-1], replace(run, last_us=newest.sent_us, count=run.count + polls)),
    )


def is_leap(before: TaskView, after: TaskView, poll: Poll) -> bool:
    """Whether `poll`, which made `after` of `before`, can be leapt over."""
    return bool(before.runs) and len(before.runs) == len(after.runs) and leap(before, 1, poll) == after


def _last(poll: Poll) -> LastPoll:
    answer = poll.answer
    if isinstance(answer, Fault):
        return LastPoll(poll.sent_us, poll.latency_us, answer.code, poll.request_id, answer.http_status, answer.body)
    return LastPoll(poll.sent_us, poll.latency_us, answer.status, poll.request_id, None, answer.body)
