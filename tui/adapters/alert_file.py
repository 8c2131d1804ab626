"""The tuned alert rules of an account: one small JSON object of texts, replaced whole or not at all."""

from pathlib import Path

import msgspec

from tui.adapters.folders import make_private
from tui.adapters.whole_file import replace_file


class AlertFileError(Exception):
    """The tuning cannot be read or saved; one line for the user. What is in the file stays there."""


class AlertFile:
    """The file at `path`, mode 0600: rule → setting. What a setting means is the caller's business."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, str]:
        """What was saved last; nothing when nothing ever was.

        Raises:
            AlertFileError: the file cannot be read, or is no such object.
        """
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise AlertFileError(f"the alert rules in {self._path} cannot be read ({error.strerror})") from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise AlertFileError(
                f"the alert rules in {self._path} are damaged ({error}): mend the file, or move it away"
            ) from error

    def save(self, settings: dict[str, str]) -> None:
        """Replace the file. After a crash at any moment either the former settings or these are there.

        Raises:
            AlertFileError: it cannot be written, or holds what this program cannot read and so must not replace.
        """
        self.load()
        try:
            make_private(self._path.parent)
            replace_file(self._path, msgspec.json.format(msgspec.json.encode(settings), indent=2))
        except OSError as error:
            raise AlertFileError(f"the alert rules cannot be saved to {self._path} ({error.strerror})") from error
