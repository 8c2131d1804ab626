"""What the open screens of a host show, told by each of them every few seconds: the table `viewer`."""

import sqlite3

import msgspec

from tui.adapters.journal.boot import Boot
from tui.adapters.journal.text import loaded_json, stored_json
from tui.core.attention import Attention
from tui.core.lease import VIEWER_TTL_US

_ATTENTION = msgspec.json.Decoder(Attention)

# A time that is too far off is of a boot that could not be told from this one.
_STALE = "DELETE FROM viewer WHERE id = :id OR boot <> :boot OR until_us NOT BETWEEN :now AND :now + 2 * :ttl"
_OPEN = "SELECT attention FROM viewer WHERE boot = :boot AND until_us BETWEEN :now AND :now + 2 * :ttl ORDER BY id"


def attend(connection: sqlite3.Connection, boot: Boot, viewer: str, attention: Attention | None) -> None:
    """Store what `viewer` shows, None for nothing any more, and drop screens that fell silent.

    Inside the caller's transaction.
    """
    connection.execute(_STALE, {"id": viewer, **_now(boot)})
    if attention is not None:
        until_us = boot.now_us() + VIEWER_TTL_US
        connection.execute("INSERT INTO viewer VALUES(?, ?, ?, ?)", (viewer, until_us, boot.id, stored_json(attention)))


def attentions(connection: sqlite3.Connection, boot: Boot) -> tuple[Attention, ...]:
    """What all open screens show.

    Raises:
        ValueError: a row is damaged.
    """
    return tuple(
        loaded_json(attention, _ATTENTION) for (attention,) in connection.execute(_OPEN, _now(boot)).fetchall()
    )


def viewers(connection: sqlite3.Connection, boot: Boot) -> int:
    """How many screens are open."""
    return len(connection.execute(_OPEN, _now(boot)).fetchall())


def _now(boot: Boot) -> dict[str, str | int]:
    return {"now": boot.now_us(), "boot": boot.id, "ttl": VIEWER_TTL_US}
