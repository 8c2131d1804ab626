"""The five tabs of the inspector."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.core.entries import skews
from tests.protocol.sent import ENDPOINT, KEY, evidence, inspected, poll
from tests.protocol.test_inspection import NAMES, twice, with_value, without
from tests.render import hostile
from tests.render.scenes import texts
from tests.render.test_hostile_text import answers, tasks, times_us
from tui.core.entry import Poll, Reason, Seen
from tui.protocol.evidence import Answered, Timing
from tui.protocol.inspection import Inspection, inspect
from tui.render.inspector.tabs import Tab, as_text, tab_lines, title_line
from tui.render.inspector.timing import bar
from tui.render.line import Role, text

TIMING = Timing(1_200, None, None, 900, 38_000, 2_100)
GOOD = inspected(evidence(timing=TIMING))
CLOCK = inspected(evidence(timing=TIMING), poll("AuthFailure.SignatureExpire", 412))
REBUILT = inspected(None)


def shown(tab: Tab, inspection: Inspection, cells: int = 80) -> list[str]:
    return texts(tab_lines(tab, inspection, cells))


def all_text(tab: Tab, inspection: Inspection, cells: int = 80) -> str:
    return "\n".join(shown(tab, inspection, cells))


def test_the_title_tells_the_frame_and_the_tab() -> None:
    assert text(title_line("live-final-7", 318, Tab.SIGN, 80)).split() == [
        *("i", "Inspect", "frame", "318", "live-final-7"),
        *("Summary", "Request", "[Sign]", "Answer", "Timing"),
    ]


def test_a_clock_fault_on_one_small_screen() -> None:
    lines = shown(Tab.SIGN, CLOCK)
    assert len(lines) <= 22
    assert lines[0] == "answer     AuthFailure.SignatureExpire   req r-1   HTTP 200"
    assert "this host is 412 s ahead of Tencent (Date header, +-0.6 s); limit 300" in lines[2]
    assert "The key is NOT the problem." in lines[3]
    (bad,) = [line for line in lines if line.endswith("[BAD]")]
    assert bad.split()[:3] == ["1772433534", "412", "s"]
    assert sum(line.endswith("[ok ]") for line in lines) == 9
    assert lines[-1].startswith("  signature  ****************  verified locally")


def test_what_is_bad_stands_in_the_summary_with_its_whole_reason() -> None:
    for cells in (40, 80, 160):
        inspection = inspected(evidence(with_value("X-TC-Region", lambda _: "ap-jakarta")))
        lines = shown(Tab.SUMMARY, inspection, cells)
        told = " ".join(" ".join(lines).split())
        assert "blame proxy: X-TC-Region" in told
        assert "was ap-singapore when it was made" in told
        assert "1 BAD" in told


@pytest.mark.parametrize("change", [without, twice])
@pytest.mark.parametrize("name", NAMES)
def test_the_line_to_blame_is_marked_in_the_request(name: str, change: type) -> None:
    inspection = inspected(evidence(change(name)))
    (bad,) = [line for line in shown(Tab.REQUEST, inspection, 100) if line.endswith("[BAD]")]
    assert bad.split()[0] == name


def test_the_request_shows_every_line_and_the_body() -> None:
    told = all_text(Tab.REQUEST, GOOD)
    assert "POST / HTTP/1.1" in told
    for name in NAMES:
        assert f"  {name} " in told
    assert '{"SdkAppId":1400000000,"TaskId":"-m9Ghi1U7upt0+aR8QqgE."}' in told
    assert "body, as sent" in told


def test_a_body_that_was_changed_is_not_shown_as_sent() -> None:
    inspection = inspected(evidence(change_body=lambda body: body + b" "))
    assert "body, as it should have been sent" in all_text(Tab.REQUEST, inspection)


def test_the_answer_shows_headers_and_body() -> None:
    seen = replace(poll(), answer=Seen("Idle", 1, b'{"Response":{"Status":"Idle"}}'))
    told = all_text(Tab.ANSWER, inspected(evidence(), seen))
    assert "HTTP/1.1 200 OK" in told
    assert "Server           nginx" in told
    assert '"Status": "Idle"' in told


def test_without_an_answer_that_is_said() -> None:
    inspection = inspected(evidence(answered=None), poll("Transport.Timeout", None))
    assert "no answer came" in all_text(Tab.ANSWER, inspection)


def test_what_is_rebuilt_says_so_in_every_tab() -> None:
    assert "Nothing is kept of this request" in all_text(Tab.SUMMARY, REBUILT)
    for tab in (Tab.REQUEST, Tab.SIGN):
        told = all_text(tab, REBUILT)
        assert "rebuilt" in told
        assert "[ok ]" not in told
        assert "[BAD]" not in told
    assert "nothing is kept of its headers" in all_text(Tab.ANSWER, REBUILT)
    assert "nothing is kept of its steps" in all_text(Tab.TIMING, REBUILT)


def test_the_steps_and_their_parts_of_the_whole() -> None:
    lines = shown(Tab.TIMING, GOOD)
    steps = {line.split()[0]: line for line in lines[1:8]}
    assert "38.0 ms" in steps["wait"]
    assert steps["wait"].count("#") > steps["slot"].count("#") > 0
    assert steps["connect"].endswith("a kept connection")
    assert "42.2 ms" in steps["all"]


def test_the_step_that_broke_off_is_marked_in_words() -> None:
    left = evidence(answered=None, timing=Timing(connect_us=3_000_000, broke_in="connect"))
    inspection = inspected(left, poll("Transport.ConnectTimeout", None))
    told = all_text(Tab.TIMING, inspection)
    assert "connect !!" in told
    assert "here it broke off" in told
    roles = {role for spans in tab_lines(Tab.TIMING, inspection, 80) for _, role in spans}
    assert Role.NEEDS_YOU in roles


spans_us = st.integers(0, 10_000_000)


@given(spans_us, spans_us, spans_us, st.integers(0, 200))
def test_a_bar_fills_its_cells_and_shows_any_time(before_us: int, took_us: int, after_us: int, cells: int) -> None:
    drawn = bar(before_us, took_us, before_us + took_us + after_us, cells)
    assert len(drawn) == cells
    assert ("#" in drawn) == (took_us > 0 and cells >= 10)
    assert "# " not in drawn.rstrip()


def test_the_copied_text_has_all_tabs_and_no_secret() -> None:
    told = as_text(GOOD)
    for tab in Tab:
        assert f"== {tab}, frame 318" in told
    for secret in (KEY.secret_key.reveal(), "CanaryToken", KEY.secret_id.reveal()):
        assert secret not in told


polls = st.builds(
    Poll,
    tasks,
    times_us,
    st.just(41_000),
    st.sampled_from(Reason),
    answers,
    st.none() | hostile.texts,
    st.none() | skews,
)
headers = st.lists(st.tuples(hostile.texts, hostile.texts), max_size=3)


@settings(max_examples=150)
@given(polls, headers, hostile.texts, st.integers(0, 170))
def test_whatever_a_server_sends_every_line_is_exactly_so_wide(
    asked: Poll, told: list[tuple[str, str]], words: str, cells: int
) -> None:
    answered = Answered(words, 200, words, tuple(told))
    left = replace(evidence(proxy=words), answered=answered, address=words, timing=TIMING)
    for kept in (left, None):
        inspection = inspect(asked, kept, ENDPOINT, KEY)
        for tab in Tab:
            for spans in (title_line(words, 1, tab, cells), *tab_lines(tab, inspection, cells)):
                hostile.assert_drawable(spans, cells)
        assert hostile.is_visible(as_text(inspection).replace("\n", ""))
