"""Why no key can be had. The text of each is the one line for the user (credentials-and-terminal.md §5)."""

BY_ENVIRONMENT = "set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY"
"""The way that works where no store does."""


class CredentialError(Exception):
    """No key can be had, or kept: what is wrong, whose move it is, what to type next."""


class BadKey(CredentialError):
    """What was given cannot be a key; the text never shows it."""


class ProfilesError(CredentialError):
    """`profiles.toml` cannot be used, or does not know the profile that was named."""


class NothingFound(CredentialError):
    """No source has a key."""


class NoStore(CredentialError):
    """This machine, or this session, has no such store."""


class StoreLocked(CredentialError):
    """The store is there and locked; opening it would need a dialog."""


class StoreSilent(CredentialError):
    """The store did not answer within its budget."""


class StoreError(CredentialError):
    """The store answered, and not with what was asked for."""


class BrokenEntry(StoreError):
    """What lies in the store under this profile's name is not a key of ours."""
