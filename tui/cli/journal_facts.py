"""What `trtc-tui journal` tells, for people and for programs."""

from pathlib import Path

from msgspec import Struct

from tui.render.text import visible
from tui.render.times import rfc3339
from tui.wiring.journal import Compacted, Look


class Facts(Struct, frozen=True):
    """What was found out, and done."""

    journal: Path
    damage: list[str] | None
    """None: it was not checked."""
    look: Look | None = None
    """None: it is damaged."""
    compacted: Compacted | None = None


def as_object(facts: Facts) -> dict[str, object]:
    """What `--json` prints: snake_case keys, times in RFC 3339 UTC with milliseconds."""
    told: dict[str, object] = {"path": str(facts.journal)}
    if facts.damage is not None:
        told |= {"sound": not facts.damage, "damage": facts.damage}
    if facts.look is not None:
        told |= _look_as_object(facts.look)
    if facts.compacted is not None:
        told["compacted"] = _compacted_as_object(facts.compacted)
    return told


def _look_as_object(look: Look) -> dict[str, object]:
    shape = look.shape
    return {
        "schema": shape.schema,
        "file_bytes": shape.file_bytes,
        "log_bytes": shape.log_bytes,
        "bytes_per_poll": None if shape.bytes_per_poll is None else round(shape.bytes_per_poll, 1),
        "first_at": _moment(shape.first_us),
        "last_at": _moment(shape.last_us),
        "thinned_until": _moment(shape.thinned_us),
        "entries": shape.entries,
        "polls": shape.polls,
        "transitions": shape.changes,
        "gaps": shape.gaps,
        "tasks": shape.tasks,
        "polled_by": look.holder or None,
    }


def _compacted_as_object(done: Compacted) -> dict[str, object]:
    return {
        "deleted_polls": done.deleted,
        "before_bytes": done.before_bytes,
        "after_bytes": done.after_bytes,
        "written_anew": not done.holder,
    }


def in_words(facts: Facts) -> list[str]:
    """The same for people, a fact a line."""
    lines = [f"path         {facts.journal}"]
    if facts.look is not None:
        lines += _look_in_words(facts.look)
    if facts.compacted is not None:
        lines += _compacted_in_words(facts.compacted)
    if facts.damage is not None:
        lines += [f"damage       {visible(line)}" for line in facts.damage] or ["check        sound"]
    return lines


def _look_in_words(look: Look) -> list[str]:
    shape = look.shape
    per_poll = "" if shape.bytes_per_poll is None else f", {shape.bytes_per_poll:.1f} bytes a poll"
    return [
        f"size         {_mib(shape.file_bytes)} and {_mib(shape.log_bytes)} of log{per_poll}",
        f"span         {_moment(shape.first_us) or '-'} .. {_moment(shape.last_us) or '-'}",
        f"thinned      {'not yet' if shape.thinned_us is None else f'until {rfc3339(shape.thinned_us)}'}",
        f"entries      {shape.entries:,}",
        f"polls        {shape.polls:,} of {shape.tasks:,} tasks",
        f"transitions  {shape.changes:,}",
        f"gaps         {shape.gaps:,}",
        f"polled by    {visible(look.holder) or 'nobody'}",
        f"schema       {shape.schema}",
    ]


def _compacted_in_words(done: Compacted) -> list[str]:
    sizes = f"{_mib(done.before_bytes)} -> {_mib(done.after_bytes)}"
    lines = [f"compacted    {done.deleted:,} polls that told nothing new are gone, {sizes}"]
    if done.holder:
        lines.append(f"             {visible(done.holder)} polls: end it first, and more space can be given back")
    return lines


def _moment(us: int | None) -> str | None:
    return None if us is None else rfc3339(us)


def _mib(count: int) -> str:
    return f"{count / (1 << 20):,.1f} MiB"
