"""The breakpoints and watch expressions of an account: one small JSON file, replaced whole or not at all."""

from pathlib import Path

import msgspec
from msgspec import Struct

from tui.adapters.folders import make_private
from tui.adapters.whole_file import replace_file
from tui.core.breakpoint import Breaks

VERSION = 1


class BreakpointFileError(Exception):
    """The breakpoints cannot be read or saved; one line for the user. What is in the file stays there."""


class _Versioned(Struct):
    """What the file of any version has."""

    version: int


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    breaks: Breaks


class BreakpointFile:
    """The file at `path`, mode 0600."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Breaks:
        """What was saved last; nothing when nothing ever was.

        Raises:
            BreakpointFileError: the file cannot be read, is damaged, or of a newer program.
        """
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return Breaks()
        except OSError as error:
            raise BreakpointFileError(f"the breakpoints in {self._path} cannot be read ({error.strerror})") from error
        try:
            version = msgspec.json.decode(content, type=_Versioned).version
            if version != VERSION:
                raise BreakpointFileError(
                    f"the breakpoints in {self._path} are of version {version}, this program knows {VERSION}: "
                    "they are kept as they are; use the newer program, or move the file away"
                )
            return msgspec.json.decode(content, type=_File).breaks
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise BreakpointFileError(
                f"the breakpoints in {self._path} are damaged ({error}): they are kept as they are; mend the file, "
                "or move it away"
            ) from error

    def save(self, breaks: Breaks) -> None:
        """Replace the file. After a crash at any moment either the former breakpoints or these are there.

        Raises:
            BreakpointFileError: it cannot be written, or holds what this program cannot read and so must not replace.
        """
        self.load()
        try:
            content = msgspec.json.format(msgspec.json.encode(_File(VERSION, breaks)), indent=2)
            make_private(self._path.parent)
            replace_file(self._path, content)
        except OSError as error:
            raise BreakpointFileError(f"the breakpoints cannot be saved to {self._path} ({error.strerror})") from error
        except UnicodeEncodeError as error:
            raise BreakpointFileError(f"the breakpoints hold what is no text ({error}): type that anew") from error
