import pytest
from msgspec.structs import replace

from tui.core.lifecycle import Life, Stage
from tui.core.standing import Standing, Weight
from tui.core.task import TaskRef
from tui.core.views import LastPoll, TaskView
from tui.render.sort_keys import attention_key, reason_since_us, row_key
from tui.render.view import SortKey


def view(name: str, *, sent_us: int | None = None, rtt_us: int = 0, errors: int = 0, region: str = "r") -> TaskView:
    last = None if sent_us is None else LastPoll(sent_us, rtt_us, "Idle", None, None, b"")
    stage = Stage(Life.IDLE, "Idle")
    return TaskView(TaskRef(region, 1, name), 5, name, stage, errors=errors, last=last, seen_us=70)


def standing(weight: Weight, since_us: int = 0, why: str = "", word: str = "Idle") -> Standing:
    return Standing(word, weight, why, since_us)


def order(sort: SortKey, rows: dict[str, tuple[TaskView, Standing]], *, descending: bool = False) -> str:
    return " ".join(sorted(rows, key=lambda name: row_key(sort, *rows[name], descending=descending)))


ATTENTION = {
    "old-trouble": standing(Weight.NEEDS_YOU, 10),
    "new-trouble": standing(Weight.NEEDS_YOU, 20),
    "blind": standing(Weight.UNKNOWN, 1),
    "changed": standing(Weight.CHANGING, 30),
    "just-changed": standing(Weight.CHANGING, 40),
    "a-quiet": standing(Weight.QUIET, 50),
    "z-quiet": standing(Weight.QUIET, 9),
    "over": standing(Weight.OVER, 60),
    "long-over": standing(Weight.OVER, 8),
}


def test_attention_puts_the_longest_trouble_first_and_the_newest_change() -> None:
    rows = {name: (view(name), verdict) for name, verdict in ATTENTION.items()}
    expected = "old-trouble new-trouble blind just-changed changed a-quiet z-quiet over long-over"
    assert order(SortKey.ATTENTION, rows) == expected
    assert " ".join(sorted(rows, key=lambda name: attention_key(*rows[name]))) == expected
    assert order(SortKey.ATTENTION, rows, descending=True) == (
        "long-over over a-quiet z-quiet changed just-changed blind new-trouble old-trouble"
    )


def test_a_gap_began_with_the_last_sight() -> None:
    gap = standing(Weight.NEEDS_YOU, 10, "GAP: no fresh data")
    assert reason_since_us(view("a"), gap) == 70
    assert reason_since_us(replace(view("a"), seen_us=None), gap) == 5
    assert reason_since_us(view("a"), standing(Weight.NEEDS_YOU, 10)) == 10
    assert reason_since_us(view("a"), standing(Weight.QUIET, 0)) == 5


ROWS = {
    "b": (view("b", sent_us=30, rtt_us=500, errors=2, region="hk"), standing(Weight.QUIET, 300, word="Idle")),
    "a": (view("a", sent_us=10, rtt_us=700, errors=0, region="sg"), standing(Weight.QUIET, 100, word="Exited")),
    "c": (view("c", sent_us=20, rtt_us=600, errors=1, region="gz"), standing(Weight.QUIET, 200, word="InProgress")),
    "never": (view("never", region="zz"), standing(Weight.QUIET, 0, word="new")),
}


@pytest.mark.parametrize(
    ("sort", "rising", "falling"),
    [
        (SortKey.NAME, "a b c never", "never c b a"),
        (SortKey.STATUS, "a b c never", "never c b a"),
        (SortKey.FOR, "b c a never", "a c b never"),
        (SortKey.POLL, "b c a never", "a c b never"),
        (SortKey.ERRORS, "a never c b", "b c a never"),
        (SortKey.RTT, "b c a never", "a c b never"),
        (SortKey.REGION, "c b a never", "never a b c"),
    ],
)
def test_columns_sort_both_ways_and_what_has_no_value_is_last(sort: SortKey, rising: str, falling: str) -> None:
    assert order(sort, ROWS) == rising
    assert order(sort, ROWS, descending=True) == falling


def test_a_word_goes_before_its_own_beginning_when_falling() -> None:
    rows = {name: (view(name), standing(Weight.QUIET)) for name in ("qa", "qa-3", "qb")}
    assert order(SortKey.NAME, rows, descending=True) == "qb qa-3 qa"


def test_ties_go_by_name_in_both_directions() -> None:
    rows = {name: (view(name), standing(Weight.QUIET)) for name in ("b", "A", "c")}
    assert order(SortKey.STATUS, rows) == order(SortKey.STATUS, rows, descending=True) == "A b c"
