"""The record of a command."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from tui.ui.desk import Desk


class Group(StrEnum):
    """Under which heading help lists a command."""

    DEBUG = "DEBUG"
    LOOK = "LOOK"
    ACT = "ACT"
    FIND = "FIND AND RUN"
    MOVE = "MOVE"
    LEAVE = "LEAVE"


class Command(Struct, frozen=True):
    """One thing to do."""

    id: str
    """Stable name, for key maps: `poll.now`."""
    keys: tuple[str, ...]
    """Textual's names of the keys; the first one is shown."""
    title: str
    help: str
    """One sentence: what happens."""
    group: Group
    run: Callable[[Desk], None]
    footer: str = ""
    """Label in the footer while the newest facts are shown; empty: not there."""
    past_footer: tuple[str, str] | None = None
    """Key and label in the footer while the past is shown."""
    asks: bool = False
    """It asks something of whoever polls, or writes: not for a recording."""
    shown_key: str = ""
    """How the keys are written, when Textual's names are not what is on them."""

    @property
    def key_text(self) -> str:
        """The keys as an operator knows them."""
        return self.shown_key or " ".join(_KEY_TEXTS.get(key, key) for key in self.keys)


_KEY_TEXTS = {
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "question_mark": "?",
    "exclamation_mark": "!",
    "colon": ":",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "apostrophe": "'",
    "quotation_mark": '"',
    "delete": "Del",
    "tab": "Tab",
    "f1": "F1",
    "home": "Home",
    "end": "End",
    "ctrl+p": "Ctrl-P",
    "ctrl+q": "Ctrl-Q",
    "ctrl+c": "Ctrl-C",
}
