import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.alerts import PRODUCT, RULES
from tui.core.tuning import LEAST, MOST, Setting, Tuning, TuningError, read_options, read_tuning


def test_untuned_it_is_as_it_came() -> None:
    assert Tuning().limits() == PRODUCT
    assert Tuning().texts() == {}


@pytest.mark.parametrize(
    ("option", "setting"),
    [
        ("idle-long=120s", Setting(number=120)),
        ("idle-long=120", Setting(number=120)),
        ("idle-long=2m", Setting(number=120)),
        ("idle-long=1h", Setting(number=3_600)),
        ("streak=5x", Setting(number=5)),
        ("exit-unseen=off", Setting(on=False, number=3)),
        ("exit-unseen=off 60s", Setting(on=False, number=60)),
        ("exit-unseen=on", Setting(number=3)),
        ("refused=off", Setting(on=False)),
    ],
)
def test_an_option_sets_a_rule(option: str, setting: Setting) -> None:
    assert read_options([option]).of(option.partition("=")[0]) == setting


def test_the_last_option_counts_and_the_others_stay() -> None:
    tuning = read_options(["idle-long=120s", "stale=30s", "idle-long=off"])
    assert tuning.texts() == {"stale": "30s", "idle-long": "off 120s"}
    assert tuning.limits().stale_us == 30_000_000


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("idle-lnog=120s", "there is no alert rule 'idle-lnog': did you mean idle-long?"),
        ("zzzzz=1", "there is no alert rule 'zzzzz': there are blind, refused, streak,"),
        ("idle-long", "'idle-long' sets nothing: write RULE=NUMBER"),
        ("idle-long=", "'' is no setting of idle-long: write 300s (1 to 604800), on or off"),
        ("idle-long=0s", "'0s' is no setting of idle-long"),
        ("idle-long=8d", "'8d' is no setting of idle-long"),
        ("idle-long=700000s", "'700000s' is no setting of idle-long"),
        ("streak=1x", "'1x' is no setting of streak: write 2x (2 to 1000), on or off"),
        ("streak=5s", "'5s' is no setting of streak"),
        ("refused=3", "'3' is no setting of refused: write on or off"),
        ("blind=off", "blind cannot be switched off: the tool cannot see"),
    ],
)
def test_what_sets_nothing_says_what_to_write(option: str, told: str) -> None:
    with pytest.raises(TuningError) as mistake:
        read_options([option])
    assert str(mistake.value).startswith(told)


changes = st.lists(st.tuples(st.sampled_from(list(RULES)), st.none() | st.integers(-5, 1 << 40)), max_size=12)


@given(changes)
def test_what_is_written_down_is_read_back(steps: list[tuple[str, int | None]]) -> None:
    tuning = Tuning()
    for rule, number in steps:
        tuning = tuning.switch(rule) if number is None else tuning.count(rule, number)
    again = read_tuning(tuning.texts())
    assert [again.of(rule) for rule in RULES] == [tuning.of(rule) for rule in RULES]
    assert again.limits() == tuning.limits()
    assert "blind" not in tuning.limits().off
    for rule, known in RULES.items():
        count = tuning.of(rule).number
        assert LEAST[known.unit] <= count <= MOST[known.unit] if known.unit else not count
