"""Where the journal of an account lies."""

import hashlib
from pathlib import Path

from tui.core.secret import Secret

_DOMAIN = "trtc-tui journal"
_HASH_DIGITS = 16


def account_hash(host: str, secret_id: Secret) -> str:
    """What names an account's journal: 16 hexadecimal digits, from which the SecretId cannot be told.

    The rate limit is counted per access region and sub-account (polling.md §0), so host and key make one account.
    """
    text = f"{_DOMAIN}\0{host.lower()}\0{secret_id.reveal()}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_DIGITS]


def journal_path(state_dir: Path, account: str) -> Path:
    """The file that holds the journal of `account`, an `account_hash`."""
    return state_dir / "journals" / f"{account}.sqlite3"
