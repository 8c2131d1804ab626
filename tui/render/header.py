"""The three lines that are always on screen: who and in what mode, the health of the tool, the health of the show."""

from msgspec import Struct

from tui.core.lease import LeaseView
from tui.core.timeline import Snapshot
from tui.render.board import Board
from tui.render.line import Line, Role, Span, join, leading, line, spread, width
from tui.render.place import Place, place_parts
from tui.render.show_line import show_line
from tui.render.text import cells as cells_of
from tui.render.text import cut
from tui.render.times import TimeStyle, moment
from tui.render.tool_line import tool_line

_WIDE = 120
_PROFILE_CELLS = 12
"""So much of the profile's name is worth more than a flag."""
_HOLDER_CELLS = 32
_MARGIN = " "
_MODE_ROLES = {"LIVE": Role.GOOD}


class Identity(Struct, frozen=True):
    """Who is looking, with which key, and how: what the session knows and no journal does."""

    profile: str
    region: str = ""
    sdk_app_id: int | None = None
    key_source: str = ""
    """Where the key was found, in words; empty when there is none, as for a follower."""
    masked_id: str = ""
    mode: str = "LIVE"
    """`LIVE`, `PAUSE`, `STEP`, `REPLAY`: one word."""
    paused_new: int = 0
    """Entries that came since the view was paused."""
    read_only: bool = True
    lease: LeaseView = LeaseView()
    """Who polls this journal, and so records."""
    mine: bool = False
    """This process polls."""
    waiting: str = ""
    """Why polling does not go on, and what to type: no key, a locked store, a full disk; empty when it does."""
    place: Place | None = None
    """Where in the past this is; None for the newest facts."""
    recording: str = ""
    """What file is replayed; empty for a journal that somebody polls."""


def header(identity: Identity, snapshot: Snapshot, board: Board, now_us: int, cells: int) -> tuple[Line, Line, Line]:
    """Three lines of exactly `cells`. The clock is that of the snapshot, so an idle screen stands still.

    `board` must show `snapshot`.
    """
    return (
        _identity_line(identity, snapshot.at_us, now_us, cells),
        tool_line(snapshot.tool, identity.lease, identity.waiting, live=board.live, now_us=now_us, cells=cells),
        show_line(snapshot, board, identity.waiting, now_us, cells, key_source=identity.key_source),
    )


def _identity_line(identity: Identity, at_us: int, now_us: int, cells: int) -> Line:
    """Profile, mode and clock always; what does not fit beside them is left out whole: half a number is another one."""
    wide = cells >= _WIDE
    flags = _flags(identity, wide=wide)
    least = min(_PROFILE_CELLS, cells_of(identity.profile)) + len(_MARGIN)
    hows = (_how(identity, flags[:count], at_us, now_us, wide=wide) for count in range(len(flags), -1, -1))
    how = next((one for one in hows if width(one) + least <= cells), ())
    if not how:
        how = line((_clock(at_us, now_us), Role.STRONG))
    room = cells - width(how) - len(_MARGIN)
    return spread(_who(identity, room, wide=wide), how, cells)


def _who(identity: Identity, cells: int, *, wide: bool) -> Line:
    parts: list[Line] = [line((cut(identity.profile, cells), Role.TITLE))]
    if identity.region:
        parts.append(line(identity.region))
    if identity.sdk_app_id is not None:
        parts.append(line(f"sdk {identity.sdk_app_id}"))
    if wide and identity.key_source:
        parts.append(line(f"key {identity.masked_id} from {identity.key_source}"))
    return leading(parts, cells, " | ")


def _flags(identity: Identity, *, wide: bool) -> list[Line]:
    """The most important first."""
    lease = identity.lease
    of = f" of {cut(lease.holder, _HOLDER_CELLS)}" if wide and lease.holder else ""
    flags = (
        (f"FOLLOWER{of}", lease.owner and not identity.mine),
        ("REC", lease.owner),
        ("READ-ONLY" if wide else "RO", identity.read_only),
        (f"{lease.viewers} screens", wide and lease.viewers > 1),
    )
    return [line(word) for word, is_set in flags if is_set]


def _how(identity: Identity, flags: list[Line], at_us: int, now_us: int, *, wide: bool) -> Line:
    mode: list[Span] = [(identity.mode, _MODE_ROLES.get(identity.mode, Role.CHANGING))]
    if identity.paused_new:
        mode.append((f" +{identity.paused_new} new", Role.CHANGING))
    gap = "    " if wide else "  "
    if identity.place is not None:
        return join([line(*mode), *place_parts(identity.place, at_us), *flags], gap)
    clock = line((_clock(at_us, now_us), Role.STRONG))
    return join([line(*mode), *flags, clock], gap)


def _clock(at_us: int, now_us: int) -> str:
    return moment(at_us, TimeStyle.UTC, now_us) if at_us else "--:--:--Z"
