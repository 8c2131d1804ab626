"""What lies in a store for one profile: `{"secret_id", "secret_key", "token"?, "expires_at"?}`, times in s UTC.

The only place that knows this shape: a store with short values will have to cut it in pieces.
"""

from typing import TypeVar

import msgspec

from tui.adapters.credentials.errors import BadKey, BrokenEntry
from tui.adapters.credentials.key_text import read_key
from tui.core.secret import Credential, Secret

_US_PER_S = 1_000_000

T = TypeVar("T")


class _Entry(msgspec.Struct, omit_defaults=True):
    secret_id: Secret
    secret_key: Secret
    token: Secret | None = None
    expires_at: int | None = None
    """Seconds since the epoch."""


class _Parts(msgspec.Struct, forbid_unknown_fields=True):
    secret_id: Secret
    secret_key: Secret
    token: Secret | None = None


def encode_entry(credential: Credential) -> Secret:
    """The text to store. An expiry is kept in whole seconds, rounded down: early is harmless."""
    expires_at_us = credential.expires_at_us
    expires_at = None if expires_at_us is None else expires_at_us // _US_PER_S
    entry = _Entry(credential.secret_id, credential.secret_key, credential.token, expires_at)
    return Secret(msgspec.json.encode(entry, enc_hook=_plain).decode())


def decode_entry(text: Secret, source: str) -> Credential:
    """The key in a stored text. Fields that a later version added are passed over.

    Raises:
        BrokenEntry: the text is something else; it is not shown.
    """
    entry = _decoded(text, _Entry)
    if entry is None:
        raise BrokenEntry(f"The entry of {source} is not one of trtc-tui: log in again to replace it.")
    expires_at_us = None if entry.expires_at is None else entry.expires_at * _US_PER_S
    try:
        return read_key(entry.secret_id, entry.secret_key, entry.token, source=source, expires_at_us=expires_at_us)
    except BadKey as error:
        raise BrokenEntry(f"The entry of {source} holds no usable key ({error}) Log in again to replace it.") from None


def read_parts(text: Secret, names: tuple[str, str, str]) -> Credential | None:
    """The key in a JSON text that somebody wrote by hand; None for anything else, an unknown field included.

    Raises:
        BadKey: its values cannot be a key.
    """
    parts = _decoded(text, _Parts)
    return None if parts is None else read_key(parts.secret_id, parts.secret_key, parts.token, names=names)


def _decoded(text: Secret, kind: type[T]) -> T | None:
    # Returning None and not raising leaves no exception behind whose frames, or whose text, hold a piece of the key.
    try:
        return msgspec.json.decode(text.reveal(), type=kind, dec_hook=_hidden)
    except (msgspec.DecodeError, UnicodeError):
        return None


def _plain(value: object) -> str:
    if isinstance(value, Secret):
        return value.reveal()
    raise NotImplementedError  # what msgspec asks of a hook for a type it does not know


def _hidden(kind: type, value: object) -> Secret:
    if kind is Secret and isinstance(value, str):
        return Secret(value)
    raise TypeError("not a text")  # msgspec makes a ValidationError of it
