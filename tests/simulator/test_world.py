from itertools import pairwise
from math import inf

from hypothesis import given
from hypothesis import strategies as st

from tui.core.task import TaskRef
from tui.simulator.world import NOT_FOUND, Life, Step, World, scripted

STARTED_US = 1_772_433_534_000_000
SECOND_US = 1_000_000

durations = st.lists(st.floats(0.001, 100), max_size=6)
moments = st.lists(st.integers(-60 * SECOND_US, 700 * SECOND_US), min_size=1).map(sorted)


def numbered(seconds: list[float], begins_s: float = 0.0) -> Life:
    """A life whose statuses are the numbers of its steps."""
    return Life("t.", tuple(Step(f"S{number}", duration) for number, duration in enumerate(seconds)), begins_s)


def word_at(world: World, seconds: float) -> str:
    return world.describe(world.task("t."), STARTED_US + round(seconds * SECOND_US)).step.word


@given(durations, st.floats(-50, 50), moments)
def test_answers_only_move_along_the_script(seconds: list[float], begins_s: float, times_us: list[int]) -> None:
    life = numbered(seconds, begins_s)
    world = World([life], now_us=STARTED_US)
    order = {step: place for place, step in enumerate(life.steps)}

    answers = [world.describe(world.task("t."), STARTED_US + at_us) for at_us in times_us]

    gone = [place for place, answer in enumerate(answers) if answer.step.word == NOT_FOUND]
    alive = [place for place, answer in enumerate(answers) if answer.step.word != NOT_FOUND]
    assert all(order[answers[a].step] <= order[answers[b].step] for a, b in pairwise(alive))
    assert alive == list(range(alive[0], alive[-1] + 1)) if alive else len(gone) == len(answers)


@given(durations.filter(bool), st.floats(-50, 50), moments)
def test_start_time_never_changes(seconds: list[float], begins_s: float, times_us: list[int]) -> None:
    world = World([numbered(seconds, begins_s)], now_us=STARTED_US)

    answers = [world.describe(world.task("t."), STARTED_US + at_us) for at_us in times_us]

    assert len({answer.start_time_ms for answer in answers}) == 1


@given(durations, st.integers(0, 700 * SECOND_US))
def test_speed_is_the_same_story_sooner(seconds: list[float], at_us: int) -> None:
    plain = World([numbered(seconds)], now_us=STARTED_US)
    fast = World([numbered(seconds)], now_us=STARTED_US, speed=8.0)

    assert (
        plain.describe(plain.task("t."), STARTED_US + at_us * 8).step
        == fast.describe(fast.task("t."), STARTED_US + at_us).step
    )


def test_each_step_lasts_as_long_as_it_says() -> None:
    life = scripted("t.", ("Idle", 1), ("InProgress", 2), ("Exited", 1))
    world = World([life], now_us=STARTED_US)

    assert [word_at(world, seconds) for seconds in (0, 0.999, 1, 2.999, 3, 3.999, 4, 400)] == [
        "Idle",
        "Idle",
        "InProgress",
        "InProgress",
        "Exited",
        "Exited",
        NOT_FOUND,
        NOT_FOUND,
    ]


def test_a_life_starts_when_it_begins() -> None:
    world = World([Life("t.", (Step("Idle"),), begins_s=10)], now_us=STARTED_US, speed=2.0)

    answer = world.describe(world.task("t."), STARTED_US + 5 * SECOND_US)

    assert word_at(world, 4.999) == NOT_FOUND
    assert answer.step.word == "Idle"
    assert answer.start_time_ms == STARTED_US // 1000 + 5_000


def test_a_start_time_may_be_given() -> None:
    world = World([scripted("t.", ("Idle", inf), start_time_ms=1_772_433_534_515)], now_us=STARTED_US)

    assert world.describe(world.task("t."), STARTED_US).start_time_ms == 1_772_433_534_515


def test_a_task_can_get_another_life() -> None:
    world = World([scripted("t.", ("Idle", inf))], now_us=STARTED_US)

    world.play(scripted("t.", ("Exited", inf)))

    assert word_at(world, 0) == "Exited"


def test_other_regions_and_applications_know_no_task() -> None:
    world = World([scripted("t.", ("Idle", inf))], now_us=STARTED_US, region="ap-guangzhou", sdk_app_id=7)

    assert world.describe(TaskRef("ap-guangzhou", 7, "t."), STARTED_US).step.word == "Idle"
    assert world.describe(TaskRef("ap-singapore", 7, "t."), STARTED_US).step.word == NOT_FOUND
    assert world.describe(TaskRef("ap-guangzhou", 8, "t."), STARTED_US).step.word == NOT_FOUND
    assert world.describe(TaskRef("ap-guangzhou", 7, "u."), STARTED_US).step.word == NOT_FOUND


def test_an_echo_replaces_the_task_id() -> None:
    world = World([Life("t.", (Step("Idle", echo="u."),))], now_us=STARTED_US)

    assert world.describe(world.task("t."), STARTED_US).task_id == "u."


def test_codes_are_told_from_statuses() -> None:
    assert Step("InternalError.CTInternalError").is_error
    assert Step("ResourceNotFound").is_error
    assert not Step("InProgress").is_error
    assert not Step("Draining").is_error


def test_the_roster_holds_every_task_and_its_name() -> None:
    world = World([Life("t.", name="arena-main-en"), Life("u.")], now_us=STARTED_US)

    assert world.roster == ((world.task("t."), "arena-main-en"), (world.task("u."), ""))
