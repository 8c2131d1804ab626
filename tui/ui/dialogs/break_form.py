"""The form of the editor: one breakpoint as texts, and back."""

from collections.abc import Iterator

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from tui.core.breakpoint import Action, Breakpoint
from tui.render.breakpoint_rows import doing
from tui.render.moment_text import MomentError, read_moment
from tui.render.times import rfc3339
from tui.ui.still_input import StillInput

ONCE, NEVER = "once", "never"
_FIELDS = {
    "when": ("When", "edge InProgress->Exited, age > 10s & !held, .."),
    "scope": ("Scope", "*, live-*, a TaskId"),
    "do": ("Do", "stop hold mark bell log, and once"),
    "ignore": ("Ignore", "0"),
    "expires": ("Expires", "never, +2h, 06:00"),
    "note": ("Note", "what to do then"),
}


class FormMistake(ValueError):
    """A field cannot be read; one line for the operator."""


class BreakForm(Vertical):
    """Fields; Enter in any of them saves."""

    def __init__(self) -> None:
        super().__init__(id="break-form")
        self._edited = Breakpoint(0, "")

    def compose(self) -> ComposeResult:
        """The predicate in a line of its own, the others two by two."""
        yield Horizontal(*self._field("when"), classes="field")
        for pair in (("scope", "do"), ("ignore", "expires")):
            yield Horizontal(*(widget for name in pair for widget in self._field(name)), classes="field")
        yield Horizontal(*self._field("note"), classes="field")

    def _field(self, name: str) -> Iterator[Static | Input]:
        label, placeholder = _FIELDS[name]
        yield Static(label, markup=False, classes="field-label")
        yield StillInput(placeholder=placeholder, id=f"break-{name}")

    def show(self, one: Breakpoint) -> None:
        """Begin to edit `one`."""
        self._edited = one
        do = "" if doing(one) == "nothing" else doing(one)
        texts = {
            "when": one.when,
            "scope": one.scope,
            "do": f"{do} {ONCE}".strip() if one.once else do,
            "ignore": str(one.ignore),
            "expires": NEVER if one.expires_us is None else rfc3339(one.expires_us),
            "note": one.note,
        }
        for name, text in texts.items():
            field = self._input(name)
            with self.prevent(Input.Changed):
                field.value = text

    def read(self, now_us: int) -> Breakpoint:
        """What the fields say; nothing is wrong with the predicate as far as this knows.

        Raises:
            FormMistake: a field cannot be read.
        """
        words = self._text("do").split()
        stray = next((word for word in words if word != ONCE and word not in {one.value for one in Action}), None)
        if stray is not None:
            raise FormMistake(f"nothing does {stray}: stop, hold, mark, bell, log, and once")
        ignore = self._text("ignore") or "0"
        if not (ignore.isascii() and ignore.isdigit() and len(ignore) < 10):  # noqa: PLR2004 - no one ignores more
            raise FormMistake(f"{ignore} is no number of hits to ignore")
        return replace(
            self._edited,
            when=self._text("when"),
            scope=self._text("scope") or "*",
            actions=tuple(one for one in Action if one.value in words),
            ignore=int(ignore),
            once=ONCE in words,
            expires_us=self._expiry(now_us),
            note=self._text("note"),
        )

    def begin(self) -> None:
        """Put the cursor into the predicate."""
        self.screen.set_focus(self._input("when"))

    def _expiry(self, now_us: int) -> int | None:
        text = self._text("expires")
        if text in ("", NEVER):
            return None
        if self._edited.expires_us is not None and text == rfc3339(self._edited.expires_us):
            return self._edited.expires_us
        try:
            at_us = read_moment(text, position_us=now_us, now_us=now_us + _DAY_US, local=False)
        except MomentError as mistake:
            raise FormMistake(str(mistake)) from None
        if at_us <= now_us:
            raise FormMistake("it would have expired already")
        return at_us

    def _text(self, name: str) -> str:
        return self._input(name).value.strip()

    def _input(self, name: str) -> Input:
        return self.query_one(f"#break-{name}", Input)


_DAY_US = 86_400_000_000
"""A time of day is the next one."""
