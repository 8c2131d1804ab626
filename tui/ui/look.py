"""What a role looks like: one table over the colours of the theme.

Component classes of CSS would do the same at every start, for every pane, once a role: a quarter of the time to the
first frame (measured).
"""

from collections.abc import Mapping

from rich.style import Style
from textual.color import Color

from tui.render.line import Role

DIM_SHARE = 0.45
"""How far dim text goes from the foreground to the background."""

CURSOR_LINE = "panel"
"""Background of the line the cursor is on."""

_COLOURS: dict[Role, tuple[str, bool]] = {
    Role.PLAIN: ("foreground", False),
    Role.DIM: ("dim", False),
    Role.STRONG: ("foreground", True),
    Role.TITLE: ("accent", True),
    Role.HEADING: ("secondary", False),
    Role.NEEDS_YOU: ("error", True),
    Role.UNKNOWN: ("warning", True),
    Role.CHANGING: ("accent", False),
    Role.OVER: ("dim", False),
    Role.GOOD: ("success", False),
    Role.KEY: ("warning", True),
    Role.CURSOR: ("accent", True),
}
"""Role → (variable of the theme, bold)."""


def role_style(role: Role, variables: Mapping[str, str], background: Color) -> Style:
    """The style of a role on `background`, with the theme's variables."""
    name, bold = _COLOURS[role]
    foreground = Color.parse(variables["foreground"])
    colour = foreground.blend(background, DIM_SHARE) if name == "dim" else Color.parse(variables[name])
    return Style(color=colour.rich_color, bgcolor=background.rich_color, bold=bold or None)
