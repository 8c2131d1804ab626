from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core import lifecycle
from tui.core.lifecycle import GONE, OVER, Edge, Life, Stage, Verdict, missed, retry_after_us, saw, stage_word

STATUSES = ("Idle", "InProgress", "Exited")
sights = st.lists(st.sampled_from([GONE, *STATUSES, "Paused"]) | st.text(max_size=6), max_size=30)


def look(stage: Stage, sight: str) -> tuple[Stage, Edge | None]:
    return missed(stage) if sight == GONE else saw(stage, sight)


def walk(*path: str) -> tuple[Stage, list[Edge]]:
    stage, edges = Stage(), []
    for sight in path:
        stage, edge = look(stage, sight)
        edges += [edge] if edge else []
    return stage, edges


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        (["Idle"], Verdict.DOCUMENTED),
        (["InProgress"], Verdict.DOCUMENTED),
        (["Exited"], Verdict.DOCUMENTED),
        (["Idle", "InProgress"], Verdict.DOCUMENTED),
        (["InProgress", "Exited"], Verdict.DOCUMENTED),
        (["Idle", "Exited"], Verdict.DOCUMENTED),
        (["Exited", GONE, GONE], Verdict.DOCUMENTED),
        (["InProgress", "Idle"], Verdict.UNDOCUMENTED),
        (["Idle", GONE, GONE], Verdict.UNDOCUMENTED),
        (["InProgress", GONE, GONE], Verdict.UNDOCUMENTED),
        (["Paused", GONE, GONE], Verdict.UNDOCUMENTED),
        (["Idle", "Paused"], Verdict.UNDOCUMENTED),
        (["Paused", "Idle"], Verdict.UNDOCUMENTED),
        (["Paused", "Frozen"], Verdict.UNDOCUMENTED),
        (["Exited", "Idle"], Verdict.IMPOSSIBLE),
        (["Exited", "InProgress"], Verdict.IMPOSSIBLE),
        (["Idle", GONE, GONE, "Idle"], Verdict.IMPOSSIBLE),
        (["Idle", GONE, GONE, "InProgress"], Verdict.IMPOSSIBLE),
        (["Exited", GONE, GONE, "Exited"], Verdict.IMPOSSIBLE),
        (["Exited", GONE, GONE, "Paused"], Verdict.IMPOSSIBLE),
        ([GONE, GONE, GONE], Verdict.DOCUMENTED),
        ([GONE, GONE, GONE, "Idle"], Verdict.DOCUMENTED),
    ],
    ids=">".join,
)
def test_the_last_edge_of_a_path_has_the_verdict_of_the_documentation(path: list[str], verdict: Verdict) -> None:
    _, edges = walk(*path)
    assert edges[-1].verdict is verdict


def test_every_pair_of_documented_lives_has_a_row_or_cannot_happen() -> None:
    lives = [Life.NEW, Life.IDLE, Life.IN_PROGRESS, Life.EXITED, Life.ENDED, Life.NOT_FOUND]
    pairs = {(before, after) for before, after in product(lives, lives) if before is not after}
    nothing_becomes_new = {(before, Life.NEW) for before in lives}
    the_end_of_a_life_is_not_a_missing_task = {(before, Life.NOT_FOUND) for before in lives if before is not Life.NEW}
    no_end_without_a_life = {(Life.NEW, Life.ENDED), (Life.NOT_FOUND, Life.ENDED)}
    never = nothing_becomes_new | the_end_of_a_life_is_not_a_missing_task | no_end_without_a_life
    assert set(lifecycle.EDGES) == pairs - never


@pytest.mark.parametrize("life", Life)
@pytest.mark.parametrize("word", ["Idle", "InProgress", "Exited", "Paused", "ENDED", "new", ""])
@pytest.mark.parametrize("misses", [0, 1])
def test_every_life_takes_every_word(life: Life, word: str, misses: int) -> None:
    before = Stage(life, life.value if life in lifecycle.ALIVE else "", misses)
    after, edge = saw(before, word)
    assert (after.word, after.misses) == (word, 0)
    assert after.life in lifecycle.ALIVE
    assert (edge is None) == (before.life is after.life and before.word == word)


@pytest.mark.parametrize("life", Life)
def test_every_life_can_be_missed(life: Life) -> None:
    need, end = lifecycle.CONFIRMATIONS[life]
    stage, edges = Stage(life), []
    for count in range(1, need + 1):
        assert stage.life is life, f"settled after {count - 1} of {need}"
        stage, edge = missed(stage)
        edges.append(edge)
    assert stage.life is end
    assert [edge is not None for edge in edges] == [False] * (need - 1) + [end is not life]


@given(sights)
def test_any_sights_lead_somewhere(path: list[str]) -> None:
    stage, edges = walk(*path)
    assert stage.misses < 3
    for earlier, later in pairwise(edges):
        assert earlier.after in (later.before, ""), "an edge begins where the one before ended"
    assert stage_word(stage)


@given(sights, st.text(max_size=6))
def test_nothing_comes_back_from_the_end_unnoticed(path: list[str], word: str) -> None:
    stage, _ = walk("Idle", *path, GONE, GONE)
    assert stage.life is Life.ENDED
    _, edge = saw(stage, word)
    assert edge is not None
    assert edge.verdict is Verdict.IMPOSSIBLE


def test_one_miss_is_forgotten_when_the_task_answers_again() -> None:
    stage, edges = walk("Idle", GONE, "Idle", GONE)
    assert stage == Stage(Life.IDLE, "Idle", 1)
    assert [edge.after for edge in edges] == ["Idle"]


@pytest.mark.parametrize(
    ("path", "pause_us"),
    [
        (["Idle"], None),
        (["Idle", GONE], 1_000_000),
        (["Paused", GONE], 1_000_000),
        (["Idle", GONE, GONE], None),
        ([GONE], 2_000_000),
        ([GONE, GONE], 8_000_000),
        ([GONE, GONE, GONE], None),
    ],
    ids=str,
)
def test_when_an_end_is_asked_for_again(path: list[str], pause_us: int | None) -> None:
    stage, _ = walk(*path)
    assert retry_after_us(stage) == pause_us
    assert (stage.life in OVER) == (path[-2:] == [GONE, GONE] and (len(path) == 3))
