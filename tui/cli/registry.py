"""Which commands there are, in the order in which --help lists them. Their modules load what is heavy late."""

from collections.abc import Callable

from tui.cli.demo import demo
from tui.cli.describe import describe
from tui.cli.keys import login, logout, profiles
from tui.cli.record import record
from tui.cli.simulate import simulate
from tui.cli.tail import tail
from tui.cli.watch import watch

DEFAULT_COMMAND = "watch"

COMMANDS: dict[str, Callable[..., int]] = {
    "watch": watch,
    "demo": demo,
    "describe": describe,
    "record": record,
    "tail": tail,
    "login": login,
    "logout": logout,
    "profiles": profiles,
    "simulate": simulate,
}
