import argparse

import pytest

from tui.cli.break_option import add_breaks, breaks_of
from tui.cli.exits import Exit, Refusal
from tui.core.breakpoint import Breakpoint


def given(*texts: str) -> tuple[Breakpoint, ...]:
    parser = argparse.ArgumentParser()
    add_breaks(parser)
    return breaks_of(parser.parse_args([f"--break={text}" for text in texts]))


@pytest.mark.parametrize(
    ("text", "when", "scope"),
    [
        ("age > 10s", "age > 10s", "*"),
        ("live-*: edge InProgress->Exited", "edge InProgress->Exited", "live-*"),
        ("illegal @ap-singapore/1400000000/a.", "illegal", "ap-singapore/1400000000/a."),
        ('name == "a: b"', 'name == "a: b"', "*"),
        ('error ~ "to @you"', 'error ~ "to @you"', "*"),
    ],
)
def test_a_predicate_and_for_whom(text: str, when: str, scope: str) -> None:
    (one,) = given(text)
    assert (one.when, one.scope, one.on) == (when, scope, True)


def test_as_many_as_one_likes() -> None:
    assert [one.number for one in given("illegal", "ended", "error")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("statsu == Idle", "--break 'statsu == Idle', column 1: there is no word statsu; did you mean status?"),
        ("live-*: edge & statsu == Idle", "column 16: there is no word statsu"),
        ("age >", "something is missing"),
        ("", "nothing to test"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(text: str, told: str) -> None:
    with pytest.raises(Refusal) as refused:
        given("illegal", text)
    assert refused.value.code is Exit.USAGE
    assert told in str(refused.value)
