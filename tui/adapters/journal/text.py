"""Texts as SQLite can hold them.

A text from outside may hold lone surrogates, which are allowed neither in TEXT nor in the JSON msgspec writes.
Such a text becomes a BLOB, in UTF-8 that lets surrogates pass, and comes back as it was.
"""

from typing import TypeVar

import msgspec

Stored = str | bytes
"""A value of a column of type ANY that holds text."""

_T = TypeVar("_T")

_NO_UUID = bytes(16)
"""In front of a RequestId that is neither a UUID nor TEXT: makes it longer than the 16 bytes of a UUID."""

_UUID_TEXT_LENGTH = 36
_UUID_BYTES = 16


def stored_text(text: str) -> Stored:
    """`text` for a column of type ANY."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def loaded_text(stored: Stored) -> str:
    """The text `stored_text` was given."""
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")


def stored_json(value: object) -> Stored:
    """A dataclass or Struct as JSON, for a column of type ANY."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        # Not escaped: two escapes in a row that make a pair would come back as one character.
        import json  # noqa: PLC0415 - hardly ever needed, and a start is counted in milliseconds

        return json.dumps(msgspec.to_builtins(value), ensure_ascii=False).encode("utf-8", "surrogatepass")


def loaded_json(stored: Stored, decoder: msgspec.json.Decoder[_T]) -> _T:
    """The value `stored_json` was given.

    Raises:
        ValueError: it is no such value.
    """
    if isinstance(stored, str):
        return decoder.decode(stored)
    import json  # noqa: PLC0415 - as above

    value: _T = msgspec.convert(json.loads(loaded_text(stored)), decoder.type)
    return value


def stored_request_id(request_id: str | None) -> Stored | None:
    """A RequestId: 16 bytes when it is a UUID in its usual form, as Tencent's are."""
    if request_id is None:
        return None
    raw = _uuid_bytes(request_id)
    if raw is not None:
        return raw
    stored = stored_text(request_id)
    return stored if isinstance(stored, str) else _NO_UUID + stored


def loaded_request_id(stored: Stored | None) -> str | None:
    """The RequestId `stored_request_id` was given."""
    if stored is None or isinstance(stored, str):
        return stored
    if len(stored) == _UUID_BYTES:
        return _uuid_text(stored)
    return loaded_text(stored.removeprefix(_NO_UUID))


def _uuid_bytes(text: str) -> bytes | None:
    if len(text) != _UUID_TEXT_LENGTH:
        return None
    try:
        raw = bytes.fromhex(text.replace("-", ""))
    except ValueError:
        return None
    return raw if len(raw) == _UUID_BYTES and _uuid_text(raw) == text else None


def _uuid_text(raw: bytes) -> str:
    digits = raw.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
