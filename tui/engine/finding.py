"""Where a wish leads from a frame, and what to say when it leads nowhere."""

from tui.core.position import PAGE, Found, Way, Wish
from tui.core.task import TaskRef
from tui.engine.ports import Hunter, Past

_LAST = 1 << 62
"""Behind every frame."""

_NOWHERE = {
    Way.CHANGE: "no {when} change{of} is recorded",
    Way.ERROR: "no {when} error{of} is recorded",
    Way.MARK: "no {when} mark is recorded",
    Way.END: "no {when} end{of} is recorded",
    Way.HIT: "no breakpoint hits {adverb}",
    Way.UNTIL: "{predicate} becomes true nowhere {adverb}",
}


def find(past: Past, hunter: Hunter | None, frame: int, wish: Wish, name: str) -> Found:
    """The frame to which `wish` leads from `frame`. `name` is what to call the wish's task.

    Raises:
        JournalError: the journal cannot be read.
        GivenUp: the hunter was told to.
        ValueError: a predicate cannot be read.
    """
    match wish.way:
        case Way.HIT | Way.UNTIL:
            return _hunt(hunter, frame, wish)
        case Way.FRAME:
            return _to_frame(past, frame, wish.frame)
        case Way.TIME:
            return _to_time(past, frame, wish.at_us)
        case Way.FIRST | Way.LAST:
            found = past.next(0, wish.task) if wish.way is Way.FIRST else past.previous(_LAST, wish.task)
            return _end(wish, name) if found in (None, frame) else Found(found)
        case Way.STEP | Way.PAGE:
            return _steps(past, frame, wish, name)
        case _:
            found = _next(past, frame, wish)
            return Found(found) if found is not None else Found(None, _nowhere(wish, name))


def _next(past: Past, frame: int, wish: Wish) -> int | None:
    task, back = wish.task, wish.back
    match wish.way:
        case Way.CHANGE:
            return _change(past, frame, task, back=back)
        case Way.ERROR:
            return past.previous_error(frame, task) if back else past.next_error(frame, task)
        case Way.MARK:
            return past.previous_mark(frame) if back else past.next_mark(frame)
        case Way.END if task is not None:
            return past.previous_end(frame, task) if back else past.next_end(frame, task)
        case _:
            return None


def _change(past: Past, frame: int, task: TaskRef | None, *, back: bool) -> int | None:
    """Where another word was told, or where a life ended: that is confirmed by the same word once more."""
    told = past.previous_change(frame, task) if back else past.next_change(frame, task)
    if task is None:
        return told
    ended = past.previous_end(frame, task) if back else past.next_end(frame, task)
    both = [found for found in (told, ended) if found is not None]
    return (max if back else min)(both, default=None)


def _steps(past: Past, frame: int, wish: Wish, name: str) -> Found:
    """One entry on, or a page, or what there is of it."""
    reached = frame
    for _ in range(PAGE if wish.way is Way.PAGE else 1):
        found = past.previous(reached, wish.task) if wish.back else past.next(reached, wish.task)
        if found is None:
            break
        reached = found
    return Found(reached) if reached != frame else _end(wish, name)


def _end(wish: Wish, name: str) -> Found:
    """There is nothing further."""
    first = wish.way is Way.FIRST or (wish.way in (Way.STEP, Way.PAGE) and wish.back)
    return Found(None, f"this is the {'first' if first else 'newest'} frame{_of(wish, name)}")


def _to_frame(past: Past, frame: int, wished: int) -> Found:
    """The frame that was wished for; or the last one before it that is there, or else the first."""
    found = past.previous(wished + 1) or past.next(0)
    if found is None:
        return Found(None, "nothing is recorded yet")
    told = _told_of(past, wished, found)
    return Found(None, told or f"this is frame {found}") if found == frame else Found(found, told)


def _told_of(past: Past, wished: int, found: int) -> str:
    if found == wished:
        return ""
    if found > wished:
        return f"the record begins with frame {found}"
    if past.next(found) is None:
        return f"frame {found} is the newest"
    return f"frame {wished} told nothing new and was thinned out: this is the one before"


def _to_time(past: Past, frame: int, at_us: int) -> Found:
    found = past.seek(at_us)
    if found:
        return Found(found) if found != frame else Found(None, f"frame {found} is the newest at that time")
    first = past.next(0)
    if first is None:
        return Found(None, "nothing is recorded yet")
    return Found(first if first != frame else None, "that is before all that is recorded: this is the first frame")


def _hunt(hunter: Hunter | None, frame: int, wish: Wish) -> Found:
    if hunter is None:
        return Found(None, "nobody can look for breakpoints here")
    if wish.way is Way.HIT:
        found = hunter.next_hit(frame, wish.breakpoints, back=wish.back)
    else:
        found = hunter.until(frame, wish.task, wish.predicate)
    return Found(None, _nowhere(wish, "")) if found is None else found


def _nowhere(wish: Wish, name: str) -> str:
    if wish.way is Way.END and wish.task is None:
        return "choose a task to go to its end"
    when, adverb = ("earlier", "before this frame") if wish.back else ("later", "behind this frame")
    return _NOWHERE[wish.way].format(when=when, adverb=adverb, of=_of(wish, name), predicate=wish.predicate)


def _of(wish: Wish, name: str) -> str:
    return "" if wish.task is None else f" of {name}"
