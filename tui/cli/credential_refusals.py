"""Which exit code goes with which reason for having no key."""

from collections.abc import Iterator
from contextlib import contextmanager

from tui.adapters.credentials.errors import (
    BadKey,
    CredentialError,
    NoStore,
    NothingFound,
    ProfilesError,
    StoreError,
    StoreLocked,
    StoreSilent,
)
from tui.cli.exits import Exit, Refusal
from tui.render.text import visible

_EXITS: dict[type[CredentialError], Exit] = {
    BadKey: Exit.USAGE,
    ProfilesError: Exit.USAGE,
    NothingFound: Exit.USAGE,
    NoStore: Exit.NO_STORE,
    StoreLocked: Exit.STORE_LOCKED,
    StoreSilent: Exit.STORE_SILENT,
    StoreError: Exit.NO_STORE,
}


def refusal_of(error: CredentialError, tail: str = "") -> Refusal:
    """The end of the program for `error`; `tail` is one more sentence."""
    code = next((code for kind, code in _EXITS.items() if isinstance(error, kind)), Exit.NO_STORE)
    return Refusal(code, sentence(visible(str(error)), tail))


@contextmanager
def refusing(tail: str = "") -> Iterator[None]:
    """Turn a CredentialError of the block into a Refusal."""
    try:
        yield
    except CredentialError as error:
        raise refusal_of(error, tail) from None


def sentence(text: str, tail: str) -> str:
    """`text` and then `tail`, with one full stop between them."""
    return f"{text.removesuffix('.')}. {tail}" if tail else text
