"""`profiles.toml`: which profile uses which store, region and application. Holds no secret.

[profile.prod]
store = "os"
region = "ap-singapore"
sdk_app_id = 1400000000
secret_id_masked = "AKID..1234"
journal = "0123456789abcdef"
created = 2026-11-22T10:00:00Z
"""

import os
import re
import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec

from tui.adapters.credentials.errors import ProfilesError
from tui.adapters.folders import make_private
from tui.adapters.whole_file import replace_file

FILE_NAME = "profiles.toml"
DEFAULT_NAME = "default"

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z"
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_HEADER = "# Written by `trtc-tui login`; keys are in the stores named here, not in this file.\n"


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key's name, and what is used with it."""

    name: str
    store: str
    """Which store holds the key: `os`."""
    region: str | None = None
    sdk_app_id: Annotated[int, msgspec.Meta(ge=1)] | None = None
    endpoint: str | None = None
    """As typed; None for the one everybody uses."""
    secret_id_masked: str
    journal: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}$")]
    """Names the journal: the account's hash when the profile was made. A new key keeps it, and with it the history."""
    created: Annotated[datetime, msgspec.Meta(tz=True)]


class Profiles:
    """The file at `path`, mode 0600."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> dict[str, Profile]:
        """All profiles by name, in the file's order; none without a file.

        Raises:
            ProfilesError: it cannot be read, is not what `login` writes, or others may write to it.
        """
        try:
            with self.path.open("rb") as file:
                # Whoever can write here can send this user's signed requests to a host of their own.
                if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS_WRITE:
                    raise ProfilesError(f"Others may write to {self.path}: check it, then type chmod 600 '{self.path}'")
                content = file.read()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ProfilesError(f"{self.path} cannot be read ({error.strerror}): make it readable for you") from error
        return self._parse(content)

    def put(self, profile: Profile) -> None:
        """Add `profile`, or replace the one of its name.

        Raises:
            ProfilesError: the file cannot be read or written; the former one stands.
        """
        self._save(self.load() | {profile.name: profile})

    def remove(self, name: str) -> None:
        """Take the profile of this name out; nothing happens when there is none. Raises ProfilesError like `put`."""
        known = self.load()
        if known.pop(name, None) is not None:
            self._save(known)

    def _save(self, profiles: Mapping[str, Profile]) -> None:
        text = _HEADER + "".join(f"\n{_table(profile)}" for profile in profiles.values())
        try:
            make_private(self.path.parent)
            replace_file(self.path, text.encode("utf-8", "replace"))
        except OSError as error:
            raise ProfilesError(
                f"{self.path} cannot be written ({error.strerror}): make it writable for you"
            ) from error

    def _parse(self, content: bytes) -> dict[str, Profile]:
        import tomllib  # noqa: PLC0415 - who has no profiles need not wait for it

        try:
            document = tomllib.loads(content.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ProfilesError(f"{self.path} is not TOML: {error}. Correct it there.") from error
        tables = document.pop("profile", {})
        if document or not isinstance(tables, dict):
            stray = next(iter(document), "profile")
            raise ProfilesError(f"{self.path}: {stray!r} does not belong at the top, only tables [profile.NAME] do")
        return {name: self._profile(name, table) for name, table in tables.items()}

    def _profile(self, name: str, table: object) -> Profile:
        try:
            check_name(name)
            fields = {"name": name} | msgspec.convert(table, dict[str, object])
            profile = msgspec.convert(fields, Profile, builtin_types=(datetime,))
        except (msgspec.ValidationError, ProfilesError) as error:
            raise ProfilesError(f"{self.path}, [profile.{name}]: {error}. Correct it there.") from error
        if profile.name != name:
            raise ProfilesError(f"{self.path}, [profile.{name}]: a `name` does not belong there. Remove it.")
        return profile


def check_name(name: str) -> None:
    """Raises ProfilesError for a text that cannot name a profile."""
    if not re.match(_NAME, name):
        raise ProfilesError(f"{name!r} is no profile name: use letters, digits, '.', '_' and '-', at most 64")


def chosen_name(named: str | None, environ: Mapping[str, str], known: Mapping[str, Profile]) -> str | None:
    """The profile to use: `--profile`, else TRTC_TUI_PROFILE, else the one called "default" if there is one."""
    return named or environ.get("TRTC_TUI_PROFILE") or (DEFAULT_NAME if DEFAULT_NAME in known else None)


def _table(profile: Profile) -> str:
    """One table as TOML, by hand: seven flat keys do not pay for a library (the standard one only reads)."""
    lines = [f"[profile.{_value(profile.name)}]"]
    for key in Profile.__struct_fields__:
        value = getattr(profile, key)
        if key != "name" and value is not None:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: str | int | datetime) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, int):
        return str(value)
    # JSON and TOML escape alike, but for DEL, which only TOML forbids.
    text = value.encode("utf-8", "replace").decode()  # an argument may hold bytes that are no text
    return msgspec.json.encode(text).decode().replace("\x7f", "\\u007f")
