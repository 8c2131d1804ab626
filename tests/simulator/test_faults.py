import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.simulator.faults import FaultKind, Faults, FaultSpec, parse_fault

READ = {
    "latency=300": FaultSpec(FaultKind.LATENCY, number=300),
    "latency": FaultSpec(FaultKind.LATENCY, number=500),
    "html=503": FaultSpec(FaultKind.HTML, number=503),
    "html": FaultSpec(FaultKind.HTML, number=502),
    "reset": FaultSpec(FaultKind.RESET),
    "hang": FaultSpec(FaultKind.HANG),
    "truncate": FaultSpec(FaultKind.TRUNCATE),
    "slow=900": FaultSpec(FaultKind.SLOW, number=900),
    "huge": FaultSpec(FaultKind.HUGE, number=2),
    "wrong-task": FaultSpec(FaultKind.WRONG_TASK),
    "escapes": FaultSpec(FaultKind.ESCAPES),
    "no-response": FaultSpec(FaultKind.NO_RESPONSE),
    "skew=-600": FaultSpec(FaultKind.SKEW, number=-600),
    "code=InternalError": FaultSpec(FaultKind.CODE, code="InternalError"),
    "code=InternalError.CTInternalError": FaultSpec(FaultKind.CODE, code="InternalError.CTInternalError"),
    "auth": FaultSpec(FaultKind.CODE, code="AuthFailure.UnauthorizedOperation"),
    "throttled": FaultSpec(FaultKind.CODE, code="RequestLimitExceeded"),
    "reset*3": FaultSpec(FaultKind.RESET, times=3),
    "html=502@0.2": FaultSpec(FaultKind.HTML, number=502, share=0.2),
    "reset@.5*3": FaultSpec(FaultKind.RESET, share=0.5, times=3),
    "throttled*2@1": FaultSpec(FaultKind.CODE, code="RequestLimitExceeded", times=2),
}

MISTAKES = [
    "",
    "rest",
    "reset=1",
    "latency=",
    "latency=fast",
    "latency=-1",
    "latency=99999999999",
    "html=200",
    "html=502.5",
    "huge=0",
    "skew=ten",
    "code",
    "code=internal error",
    "throttled=1",
    "reset*0",
    "reset*",
    "reset@0",
    "reset@2",
    "reset@1.5",
    "reset@x",
    "reset@.",
    "reset 3",
    "RESET",
]


@pytest.mark.parametrize(("text", "spec"), READ.items(), ids=READ)
def test_texts_are_read(text: str, spec: FaultSpec) -> None:
    assert parse_fault(text) == spec


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_in_one_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"\Afault ") as raised:
        parse_fault(text)
    line = str(raised.value)
    assert repr(text) in line
    assert "\n" not in line


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert 0 < parse_fault(text).share <= 1
    except ValueError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either outcome is right


@given(st.integers(1, 20), st.integers(0, 30))
def test_a_counted_fault_meets_so_many_requests(times: int, requests: int) -> None:
    faults = Faults([f"reset*{times}"])

    met = sum(FaultKind.RESET in faults.draw() for _ in range(requests))

    assert met == min(times, requests)


def test_a_share_is_met_and_repeats_with_its_seed() -> None:
    draws = [[bool(faults.draw()) for _ in range(1_000)] for faults in (Faults(["reset@0.2"], seed=7) for _ in "ab")]

    assert draws[0] == draws[1]
    assert 150 < sum(draws[0]) < 250


def test_several_faults_meet_one_request() -> None:
    assert set(Faults(["latency=1", "escapes"]).draw()) == {FaultKind.LATENCY, FaultKind.ESCAPES}


def test_of_one_kind_the_last_one_counts() -> None:
    assert Faults(["html=500", "html=503"]).draw()[FaultKind.HTML].number == 503


def test_faults_change_while_they_are_in_force() -> None:
    faults = Faults()
    faults.add("reset", "latency=1")
    before = faults.draw()
    faults.clear()

    assert set(before) == {FaultKind.RESET, FaultKind.LATENCY}
    assert not faults.draw()


def test_a_mistake_adds_nothing() -> None:
    faults = Faults()
    with pytest.raises(ValueError, match="unknown"):
        faults.add("reset", "rest")

    assert not faults.draw()
