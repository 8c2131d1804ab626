"""A predicate in the filter line: rows follow what is typed and the clock, mistakes show at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.ui.operator import Operator, at_work
from tests.ui.scenes import SMALL, WIDE
from tui.render.view import View

pytestmark = pytest.mark.usefixtures("short_waits")


@asynccontextmanager
async def typing(text: str, *, view: View | None = None, size: tuple[int, int] = SMALL) -> AsyncIterator[Operator]:
    async with at_work(view=view, size=size) as operator:
        await operator.press("slash")
        await type_in(operator, text)
        yield operator


async def type_in(operator: Operator, text: str) -> None:
    for letter in text:
        await operator.press(letter if letter.isalnum() else KEYS[letter])
    await settle(operator)


async def settle(operator: Operator) -> None:
    """Wait until the grammar is loaded, and the list is whole."""
    while operator.main.scene.board.waits_for_predicates or operator.main.scene.board.filling:
        await operator.pilot.pause(0.01)
    await operator.pilot.pause()


KEYS = {
    " ": "space",
    "=": "equals_sign",
    "_": "underscore",
    ">": "greater_than_sign",
    "&": "ampersand",
    "-": "minus",
    "!": "exclamation_mark",
    "~": "tilde",
}


async def test_a_predicate_filters_the_list() -> None:
    async with typing("status == Idle") as operator:
        board, tasks = operator.main.scene.board, operator.main.scene.snapshot.tasks
        expected = {task for task, view in tasks.items() if view.stage.word == "Idle"}
        assert {board.task(place) for place in range(len(board))} == expected
        assert 0 < len(expected) < len(tasks)
        first = operator.names[0]
        await type_in(operator, f" & name == {first}")
        assert operator.names == [first]


async def test_a_mistake_shows_while_typing_and_the_list_stays() -> None:
    async with typing("arena statsu == Idle") as operator:
        assert operator.lines[-2].startswith("there is no word statsu; did you mean status?")
        assert operator.lines[-1].startswith("arena statsu == Idle")
        assert len(operator.names) == 8
        await operator.press("enter")
        assert operator.main.focused is not None
        assert operator.main.focused.id == "filter", "a mistake is not kept"
        for _ in " == Idle":
            await operator.press("backspace")
        await settle(operator)
        assert "did you mean" not in operator.text


async def test_half_a_predicate_hides_nothing_that_was_shown() -> None:
    async with typing("arena in_state") as operator:
        assert len(operator.names) == 8
        assert "in_state is a time: compare it, like in_state > 60s" in operator.lines[-2]
        await type_in(operator, " > Idle")
        assert "not with a text: 'Idle'" in operator.lines[-2].replace("  ", " ") + operator.lines[-3]
        assert len(operator.names) == 8


async def test_escape_takes_a_mistake_back() -> None:
    async with typing("status ==", view=View(filter="arena")) as operator:
        assert "something is missing behind ==" in operator.text
        await operator.press("escape")
        assert operator.view.filter == "arena"
        assert "something is missing" not in operator.text
        assert len(operator.names) == 8


async def test_a_predicate_of_last_time_waits_for_the_first_frame() -> None:
    async with at_work(view=View(filter="status == Idle")) as operator:
        await settle(operator)
        assert operator.names
        assert len(operator.names) < 38


async def test_escape_at_the_list_takes_a_predicate_away() -> None:
    async with typing("held") as operator:
        await operator.press("enter", "escape")
        assert operator.view.filter == ""
        assert len(operator.names) == 38


async def test_the_help_tells_the_words_of_a_predicate() -> None:
    async with at_work(size=WIDE) as operator:
        await operator.press("question_mark", *"words")
        assert "in_state" in operator.text
        assert "For how long the status has been as it is" in operator.text
        for _ in "words":
            await operator.press("backspace")
        await type_in(operator, "500ms")
        assert "a bare number is seconds" in operator.text
        await operator.press("enter")
        assert operator.in_dialog, "there is nothing to run"
