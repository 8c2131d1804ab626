"""The keyring of the operating system, through the back end named for the platform.

Never `keyring.get_keyring()`: it runs every installed plug-in and may settle on one that writes plain text.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Protocol, TypeVar

from tui.adapters.credentials.entry_text import decode_entry, encode_entry
from tui.adapters.credentials.errors import (
    BY_ENVIRONMENT,
    CredentialError,
    NoStore,
    StoreError,
    StoreLocked,
    StoreSilent,
)
from tui.adapters.credentials.store import Probe, StoreState
from tui.adapters.credentials.waiting import attempt
from tui.core.secret import Credential, Secret

BUDGET_S = 2.0
"""For a probe and what follows it; the worst measured success took 0.12 s, imports included."""

_BACK_ENDS = {
    "linux": ("Secret Service", "keyring.backends.SecretService", "Keyring"),
    "darwin": ("macOS Keychain", "keyring.backends.macOS", "Keyring"),
    "win32": ("Windows Credential Manager", "keyring.backends.Windows", "WinVaultKeyring"),
}
_USER = "credential"
_LONGEST_REASON = 120

T = TypeVar("T")


class _BackEnd(Protocol):
    """The part of `keyring.backend.KeyringBackend` that is used."""

    def get_password(self, service: str, username: str) -> str | None: ...
    def set_password(self, service: str, username: str, password: str) -> None: ...
    def delete_password(self, service: str, username: str) -> None: ...


class OsKeyring:
    """The store `os`. Each profile is a keyring service of its own, `trtc-tui:prod`: in one, Windows moves entries."""

    name = "os"

    def __init__(self, *, budget_s: float = BUDGET_S, platform: str = sys.platform) -> None:
        self._budget_s = budget_s
        self._platform = platform

    @property
    def title(self) -> str:
        """For people: `Secret Service`."""
        known = _BACK_ENDS.get(self._platform)
        return known[0] if known else "OS keyring"

    def probe(self) -> Probe:
        """Whether it can be used now; outside Linux only a read can tell, so `OK` there says no more than `try`."""
        answer = attempt(self._look, self._budget_s)
        if answer is None:
            return Probe(StoreState.TIMEOUT, f"no answer in {self._budget_s:g} s")
        error = answer.exception()
        return answer.result() if error is None else Probe(StoreState.ERROR, _reason(error))

    def put(self, profile: str, credential: Credential) -> None:
        """Store the key of `profile`, replacing the former one."""
        content = encode_entry(credential)
        self._visit(lambda back_end: back_end.set_password(_service(profile), _USER, content.reveal()))

    def get(self, profile: str) -> Credential | None:
        """The key of `profile`; None when there is none."""
        content = self._visit(lambda back_end: _read(back_end, profile))
        return None if content is None else decode_entry(content, f"profile {profile} ({self.title})")

    def delete(self, profile: str) -> bool:
        """Remove the key of `profile`; False when there was none."""
        return self._visit(lambda back_end: _remove(back_end, profile))

    def _look(self) -> Probe:
        if self._platform not in _BACK_ENDS:
            return Probe(StoreState.ABSENT, f"none is known for the platform {self._platform}")
        if self._platform != "linux":
            return Probe(StoreState.OK)
        from tui.adapters.credentials import secret_service  # noqa: PLC0415 - slow, Linux only, see there

        return secret_service.probe()

    def _visit(self, errand: Callable[[_BackEnd], T]) -> T:
        """Look, then go in, both within one budget and one thread that nobody has to wait for."""

        def look_and_go() -> T:
            seen = self._look()
            if seen.state is not StoreState.OK:
                raise self._refusal(seen)
            _, module, name = _BACK_ENDS[self._platform]
            back_end: _BackEnd = getattr(import_module(module), name)()
            return errand(back_end)

        answer = attempt(look_and_go, self._budget_s)
        if answer is None:
            raise self._refusal(Probe(StoreState.TIMEOUT))
        error = answer.exception()
        if error is None:
            return answer.result()
        # Raised here, outside any handler: the library's own exception holds frames with the key in them.
        raise error if isinstance(error, CredentialError) else self._refusal(_seen_by_failing(error))

    def _refusal(self, seen: Probe) -> CredentialError:
        match seen.state:
            case StoreState.ABSENT:
                return NoStore(f"No OS keyring here: {seen.detail}. Log in where one runs, or {BY_ENVIRONMENT}.")
            case StoreState.LOCKED:
                return StoreLocked(
                    "The OS keyring is locked and cannot be unlocked without asking. "
                    f"Unlock it in your desktop session, or {BY_ENVIRONMENT}."
                )
            case StoreState.TIMEOUT:
                return StoreSilent(
                    f"The OS keyring did not answer in {self._budget_s:g} s "
                    f"(a dialog may be waiting on another screen). Answer it and try again, or {BY_ENVIRONMENT}."
                )
            case _:
                return StoreError(f"{self.title} failed ({seen.detail}). Mend it and try again, or {BY_ENVIRONMENT}.")


def _service(profile: str) -> str:
    return f"trtc-tui:{profile}"


def _read(back_end: _BackEnd, profile: str) -> Secret | None:
    content = back_end.get_password(_service(profile), _USER)
    return None if content is None else Secret(content)


def _remove(back_end: _BackEnd, profile: str) -> bool:
    if back_end.get_password(_service(profile), _USER) is None:
        return False
    back_end.delete_password(_service(profile), _USER)
    return True


def _seen_by_failing(error: BaseException) -> Probe:
    """Back ends raise more than keyring's own errors (credentials-and-terminal.md §1), so the class is told by name."""
    states = {
        "KeyringLocked": StoreState.LOCKED,
        "NoKeyringError": StoreState.ABSENT,
        "TimeoutError": StoreState.TIMEOUT,
    }
    return Probe(states.get(type(error).__name__, StoreState.ERROR), _reason(error))


def _reason(error: BaseException) -> str:
    words = " ".join(str(error).split())[:_LONGEST_REASON]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
