"""The saved arrangement of the screen: one small JSON text, replaced whole or not at all."""

from pathlib import Path

from tui.adapters.folders import make_private
from tui.adapters.whole_file import replace_file


class ViewFileError(Exception):
    """The view cannot be read or saved; one line for the user. Nothing else depends on it."""


class ViewFile:
    """The file at `path`, mode 0600. What the JSON means is the caller's business."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> str | None:
        """The text last saved; None when there never was one.

        Raises:
            ViewFileError: the file cannot be read, or holds no text.
        """
        try:
            return self._path.read_bytes().decode("utf-8", "surrogatepass")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ViewFileError(f"the saved view {self._path} cannot be read ({error.strerror})") from error
        except UnicodeDecodeError as error:
            raise ViewFileError(f"the saved view {self._path} is not text: move it away") from error

    def save(self, text: str) -> None:
        """Replace the file. After a crash at any moment either the former text or this one is there.

        Raises:
            ViewFileError: it cannot be written; the former text stands.
        """
        try:
            make_private(self._path.parent)
            replace_file(self._path, text.encode("utf-8", "surrogatepass"))
        except OSError as error:
            raise ViewFileError(f"the view cannot be saved to {self._path} ({error.strerror})") from error
