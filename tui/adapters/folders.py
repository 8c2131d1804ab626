"""Where this program keeps what it writes and looks for what it reads."""

import os
import stat
from pathlib import Path

from platformdirs import user_config_path, user_state_path

_NAME = "trtc-tui"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def state_folder(override: Path | None = None) -> Path:
    """The folder for journals and saved views: `override`, else the platform's own, `$XDG_STATE_HOME/trtc-tui`."""
    return override.expanduser() if override is not None else user_state_path(_NAME, appauthor=False)


def config_folder() -> Path:
    """The folder for the configuration file: the platform's own, `$XDG_CONFIG_HOME/trtc-tui`."""
    return user_config_path(_NAME, appauthor=False)


def make_private(folder: Path) -> None:
    """Create `folder` for this user alone; take other people's rights away from one that is ours already.

    Raises:
        OSError: the folder cannot be made, or is something else.
    """
    folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    keep_private(folder)


def keep_private(path: Path) -> None:
    """Take other people's rights away from what is ours. What belongs to somebody else was shared by that somebody.

    Raises:
        OSError: nothing is there, or the file system is read-only.
    """
    found = path.stat()
    if found.st_uid == os.geteuid() and found.st_mode & _OTHERS:
        path.chmod(stat.S_IMODE(found.st_mode) & ~_OTHERS)
