"""From texts that somebody typed, pasted or exported to a key."""

from tui.adapters.credentials.errors import BadKey
from tui.core.secret import Credential, Secret


def read_key(
    secret_id: Secret,
    secret_key: Secret,
    token: Secret | None = None,
    *,
    names: tuple[str, str, str] = ("SecretId", "SecretKey", "token"),
    source: str = "",
    expires_at_us: int | None = None,
) -> Credential:
    """The key made of these texts; an empty token is none. `names` say in an error which text is wrong.

    Raises:
        BadKey: a part is empty, or holds something that no key holds.
    """
    if token is not None and not token.reveal():
        token = None
    for name, part in zip(names, (secret_id, secret_key, token), strict=True):
        flaw = None if part is None else _flaw(part)
        if flaw is not None:
            # Raised in a frame without plain texts: a crash report may show the variables of every frame.
            raise BadKey(f"{name} {flaw}")
    return Credential(secret_id, secret_key, token, expires_at_us, source=source)


def _flaw(part: Secret) -> str | None:
    text = part.reveal()
    if not text:
        return "is empty."
    # Not stripped for the user: the same blank sits in the file or script it came from, and breaks every other tool.
    if text != text.strip():
        return "has blanks around it, so every signature would be refused: give it without them."
    if not text.isascii() or not text.isprintable() or " " in text:
        return "holds characters that no Tencent Cloud key has: copy it again from the CAM console."
    return None
