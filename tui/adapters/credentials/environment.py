"""Keys from environment variables, by the names that Tencent's own tools use (credentials-and-terminal.md §5).

The official SDK's reader drops the token, so they are read here.
"""

from collections.abc import MutableMapping

from msgspec import Struct

from tui.adapters.credentials.errors import BadKey
from tui.adapters.credentials.key_text import read_key
from tui.core.secret import Credential, Secret

SECRET_ID = "TENCENTCLOUD_SECRET_ID"  # noqa: S105 - the name of a variable
SECRET_KEY = "TENCENTCLOUD_SECRET_KEY"  # noqa: S105 - the name of a variable
TOKENS = ("TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN")
"""The first that is set counts: the API tools write the one, the cloud's functions and containers the other."""

SOURCE = "environment"


class Taken(Struct, frozen=True):
    """What the variables held, unchecked; an empty text for an unset one."""

    secret_id: Secret
    secret_key: Secret
    token: Secret
    token_name: str


def take(environ: MutableMapping[str, str]) -> Taken:
    """Read the variables and remove them, so that no child process inherits them.

    `/proc/PID/environ` of this process still shows them to the same user: that is the kernel's copy.
    """
    secret_id, secret_key, *tokens = (Secret(environ.pop(name, "")) for name in (SECRET_ID, SECRET_KEY, *TOKENS))
    index = next((index for index, token in enumerate(tokens) if token.reveal()), 0)
    return Taken(secret_id, secret_key, tokens[index], TOKENS[index])


def credential(taken: Taken) -> Credential | None:
    """The key that was exported; None when there was none.

    Raises:
        BadKey: half a pair, or a value that cannot be one.
    """
    has_id, has_key = bool(taken.secret_id.reveal()), bool(taken.secret_key.reveal())
    if not has_id and not has_key:
        return None
    if not has_id or not has_key:
        there, missing = (SECRET_ID, SECRET_KEY) if has_id else (SECRET_KEY, SECRET_ID)
        raise BadKey(f"{there} is set but {missing} is not: set both, or unset {there}.")
    names = (SECRET_ID, SECRET_KEY, taken.token_name)
    return read_key(taken.secret_id, taken.secret_key, taken.token, names=names, source=SOURCE)
