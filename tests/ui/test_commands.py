from collections import Counter
from collections.abc import Callable

import pytest

from tests.ui.operator import at_work
from tests.ui.scenes import first_start, show
from tui.core.entry import Entry
from tui.ui.commands.catalogue import COMMANDS, FAMILIES, footer_keys
from tui.ui.commands.command import Command, Group
from tui.ui.dialogs.help import predicate_rows
from tui.ui.main_screen import MainScreen

pytestmark = pytest.mark.usefixtures("short_waits")

ALL = list(COMMANDS.values())


def test_no_command_and_no_key_stands_for_two_things() -> None:
    assert len(COMMANDS) == sum(map(len, FAMILIES))
    keys = Counter(key for command in ALL for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.id)
def test_every_command_has_a_key_and_is_explained(command: Command) -> None:
    assert command.keys
    assert command.title
    assert command.help
    assert len(command.title) < 29, "the column of titles in help"
    assert len(command.key_text) < 11, "the column of keys in help"
    assert "_" not in command.key_text, "that is Textual's name of the key, not what is on it"


@pytest.mark.parametrize("key", ["ctrl+a", "ctrl+b", "ctrl+s", "ctrl+z", "ctrl+h", "ctrl+i", "ctrl+m", "f10", "f11"])
def test_keys_of_tmux_and_of_the_terminal_are_left_alone(key: str) -> None:
    assert all(key not in command.keys for command in ALL)


def test_help_lists_each_group_once() -> None:
    groups = list(dict.fromkeys(command.group for command in ALL))
    assert groups == list(Group)
    assert [command.group for command in ALL] == sorted((c.group for c in ALL), key=groups.index)


@pytest.mark.parametrize("journal", [show, first_start])
async def test_every_key_of_every_command_works_on_any_screen(journal: Callable[[], list[Entry]]) -> None:
    async with at_work(journal) as operator:
        for command in ALL:
            for key in command.keys:
                if command.id == "quit":
                    continue
                await operator.pilot.press(key)
                while operator.in_dialog:
                    await operator.pilot.press("escape")
                assert operator.app.is_running, key
        await operator.press("escape", "escape", "escape", "1")
        assert operator.main.pane.number == 1


def test_every_key_is_bound_on_the_screen() -> None:
    bound = {binding.key for binding in MainScreen.BINDINGS if not isinstance(binding, tuple)}
    assert bound == {key for command in ALL for key in command.keys}


async def test_help_finds_and_runs() -> None:
    async with at_work() as operator:
        await operator.press("question_mark", *"zoom")
        assert "Zoom the pane" in operator.text
        assert "Poll this task now" not in operator.text
        await operator.press("enter")
        assert not operator.in_dialog
        assert operator.view.zoomed


async def test_help_that_finds_nothing_runs_nothing() -> None:
    async with at_work() as operator:
        before = operator.view
        await operator.press("f1", *"nothing like it", "enter")
        assert operator.app.is_running
        assert operator.view == before
        assert not operator.session.asked


async def test_the_cursor_of_help_stays_in_sight() -> None:
    async with at_work() as operator:
        await operator.press("question_mark", *["pagedown"] * 40)
        assert predicate_rows()[-1].title in operator.text
        assert ALL[0].title not in operator.text
        await operator.press(*["pageup"] * 40)
        assert ALL[0].title in operator.text


async def test_help_tells_the_chosen_row_whole() -> None:
    async with at_work() as operator:
        await operator.press("question_mark", *"never", "space", *"quits")
        assert "a filter. Never quits, never deletes." in " ".join(operator.text.replace("│", " ").split())
        await operator.press(*"xyz")
        assert "no command has all these words" in operator.text


async def test_the_palette_knows_every_command() -> None:
    async with at_work() as operator:
        await operator.press("colon", *"time style")
        await operator.app.workers.wait_for_complete()
        await operator.pilot.pause()
        assert "Time style" in operator.text


def test_the_footer_shows_the_keys_of_commands() -> None:
    keys = dict(footer_keys())
    assert keys["/"] == "Filter"
    assert keys["?"] == "Help"
    assert sorted(keys.values()) == sorted(command.footer for command in COMMANDS.values() if command.footer)
    assert "  ".join(f"{key} {label}" for key, label in footer_keys()).index("  A Add") <= 80
