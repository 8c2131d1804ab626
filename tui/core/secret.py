"""A value that must not be seen: not in a traceback, a log, a repr or a format string."""

import hmac

from msgspec import Struct

_SHORTEST_MASKABLE = 12
"""A shorter id is a mistake or a toy, and eight characters of it would be most of it."""


class Secret:
    """Holds one text. `reveal()` is the only way to it, so that every use can be found by its name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; for the signature, a header, or a store."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> str:
        raise TypeError("a Secret is not to be pickled")


class Credential(Struct, frozen=True, gc=False):
    """One key. The SecretId is no secret to Tencent, yet it is shown masked only (`masked_id`)."""

    secret_id: Secret
    secret_key: Secret
    token: Secret | None = None
    """Set for temporary keys."""
    expires_at_us: int | None = None
    source: str = ""
    """Where it was found, in words for people: `environment`, `profile prod (Secret Service)`."""

    @property
    def masked_id(self) -> str:
        """Enough to tell two keys apart: the first and the last four characters."""
        text = self.secret_id.reveal()
        return f"{text[:4]}..{text[-4:]}" if len(text) > _SHORTEST_MASKABLE else "****"
