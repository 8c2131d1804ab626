import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.adapters.breakpoint_file import VERSION, BreakpointFile, BreakpointFileError
from tui.core.breakpoint import Action, Breakpoint, Breaks, Watch

SOME = Breaks(
    (
        Breakpoint(1, "illegal"),
        Breakpoint(4, "age > 10s", "live-*", (Action.MARK,), 3, once=True, expires_us=17, note="audio", on=False),
    ),
    (Watch("status", stops=True), Watch("skew")),
)

texts = st.text(max_size=6)
breakpoints = st.builds(
    Breakpoint,
    st.integers(1, 99),
    texts,
    texts,
    st.lists(st.sampled_from(Action), max_size=5).map(tuple),
    st.integers(0, 9),
    st.booleans(),
    st.none() | st.integers(0, 1 << 60),
    texts,
    st.booleans(),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "breakpoints.json"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> BreakpointFile:
    return BreakpointFile(tmp_path_factory.mktemp("breaks") / "breakpoints.json")


def test_there_are_none_before_some_were_saved(path: Path) -> None:
    assert BreakpointFile(path).load() == Breaks()
    assert not path.parent.exists()


@given(st.lists(breakpoints, max_size=4).map(tuple), st.lists(st.builds(Watch, texts, st.booleans())).map(tuple))
def test_what_was_saved_comes_back(
    file: BreakpointFile, some: tuple[Breakpoint, ...], watches: tuple[Watch, ...]
) -> None:
    file.save(Breaks(some, watches))
    assert file.load() == Breaks(some, watches)


def test_nobody_else_may_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        BreakpointFile(path).save(SOME)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_person_can_read_it(path: Path) -> None:
    BreakpointFile(path).save(SOME)
    assert '"when": "age > 10s"' in path.read_text()


REFUSED = {
    "a newer version": (json.dumps({"version": VERSION + 1, "rules": []}), "are of version 2, this program knows 1"),
    "no version": ("{}", "are damaged"),
    "no JSON": ("{", "are damaged"),
    "no text": ("\udc80", "are damaged"),
    "a word nobody knows": (json.dumps({"version": VERSION, "breaks": {"breakpoints": [], "hooks": 1}}), "are damaged"),
    "no such action": (
        json.dumps({"version": VERSION, "breaks": {"breakpoints": [{"number": 1, "when": "", "actions": ["run"]}]}}),
        "are damaged",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_never_lost(path: Path, case: str) -> None:
    content, told = REFUSED[case]
    path.parent.mkdir()
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    file = BreakpointFile(path)
    with pytest.raises(BreakpointFileError, match=told):
        file.load()
    with pytest.raises(BreakpointFileError, match=told):
        file.save(SOME)
    assert path.read_bytes() == content.encode("utf-8", "surrogateescape")


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(BreakpointFileError, match="cannot be read"):
        BreakpointFile(path).load()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(BreakpointFileError, match="cannot be"):
        BreakpointFile(tmp_path / "state" / "breakpoints.json").save(SOME)
