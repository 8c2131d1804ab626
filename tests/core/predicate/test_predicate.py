import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.core.entries import OTHER, ROOM, SECOND_US, START_US, at, gap, histories, note, numbered, poll, watch, wish
from tui.core.entry import HOLD_US, Entry, GapCause, Topic, Verb
from tui.core.facts import Facts, facts_of
from tui.core.fault import FaultClass
from tui.core.predicate import (
    WORDS,
    Predicate,
    PredicateError,
    compile_expression,
    compile_predicate,
    is_plain,
    warm_up,
)
from tui.core.predicate.scan import MOST_TOKENS
from tui.core.standing import NEVER_US, UNKNOWN, standing
from tui.core.timeline import fold

warm_up()  # which no deadline of an example allows for

END, NETWORK, AUTH = FaultClass.END, FaultClass.NETWORK, FaultClass.AUTH


def known(*entries: Entry, second: float = 10) -> Facts:
    """What is known of the one task that is watched, at this second."""
    snapshot = fold(numbered([note(Topic.POLLING_STARTED), watch(name="live-Final-7"), *entries]))
    return facts_of(snapshot.tasks[ROOM], snapshot.tool, at(second))


DOES_NOT_FIT = "something true or false stands where a text, a number or a time belongs"
SEEN = [poll("Idle", 0), poll("InProgress", 4)]
FAILING = [poll("Idle", 0), poll(AUTH, 1), poll(NETWORK, 2), poll(NETWORK, 3)]


@pytest.mark.parametrize(
    ("text", "entries", "holds"),
    [
        ("status == InProgress", SEEN, True),
        ("status == inprogress", SEEN, True),
        ("status = Idle", SEEN, False),
        ("status != Idle", SEEN, True),
        ("'InProgress' == status", SEEN, True),
        ("status == *Prog*", SEEN, True),
        ('status == "*Prog*"', SEEN, False),
        ("status in [Idle, InProgress]", SEEN, True),
        ("status not in [Idle, InProgress]", SEEN, False),
        ("status ~ prog", SEEN, True),
        ("status !~ prog", SEEN, False),
        ("status == new", [], True),
        ("edge Idle->InProgress", SEEN, True),
        ("edge Idle -> InProgress", SEEN, True),
        ("Idle->InProgress", SEEN, True),
        ('edge == "Idle->InProgress"', SEEN, True),
        ("edge *->InProgress", SEEN, True),
        ("edge *->Exited", SEEN, False),
        ("edge ~ idle", SEEN, True),
        ("edge", [], False),
        ("in_state >= 6s", SEEN, True),
        ("in_state > 6s", SEEN, False),
        ("in_state > 5.99", SEEN, True),
        ("in_state < 0.1m", SEEN, False),
        ("6000ms <= in_state", SEEN, True),
        ("age == 5.98s", SEEN, True),
        ("age > 0s | age <= 0s | age != 0", [], False),
        ("age > 5s", FAILING, True),
        ("silent < 7s", FAILING, True),
        ("started > 9s & started < 11s", SEEN, True),
        ("rtt == 20ms", SEEN, True),
        ("error ~ timeout", FAILING, True),
        ("code == Network.Timeout", FAILING, True),
        ("error", SEEN, False),
        ("!error !code", SEEN, True),
        ("streak == 3 & errors == 3 & polls == 4", FAILING, True),
        ("streak | errors", SEEN, False),
        ("unknown", FAILING, True),
        ("unknown", SEEN, False),
        ("gap == dropped", [*SEEN, gap(GapCause.DROPPED, 5)], True),
        ("gap == held", [*SEEN, gap(GapCause.HELD, 5, 5, ROOM)], True),
        ("gap", [*SEEN, gap(GapCause.HELD, 5, 5, OTHER)], False),
        ("held", [*SEEN, wish(Verb.HOLD, 5)], True),
        ("held", SEEN, False),
        ("pinned !held", [*SEEN, wish(Verb.PIN, 5)], True),
        ("illegal & finding ~ exited", [poll("Exited", 0), poll("Idle", 1)], True),
        ("illegal", [poll("Paused", 0)], False),
        ("ended & exited_seen", [poll("Exited", 0), poll(END, 1), poll(END, 2)], True),
        ("ended", [poll(END, 0), poll(END, 1), poll(END, 2)], False),
        ("name == live-*", SEEN, True),
        ("name == live", SEEN, False),
        ("task_id == room-1 and region == ap-guangzhou", SEEN, True),
        ("sdk_app_id == 1400000001", SEEN, True),
        ("sdk_app_id ~ 14000", SEEN, True),
        ("sdk_app_id in [1, 1400000001]", SEEN, True),
        ("kind == transcription", SEEN, True),
        ("skew", SEEN, None),
        ("live-*", SEEN, True),
        ("live*8", SEEN, False),
        ("live guangzhou !ended", SEEN, True),
        ("live !inprogress", SEEN, False),
        ('"live-final"', SEEN, True),
        ("(ended | status == InProgress) & !(in_state > 60s)", SEEN, True),
        ("ended == false", SEEN, True),
        ("not ended and not unknown", SEEN, True),
        ("in_state + 2 > 7", SEEN, True),
        ("in_state * 2 > 11s", SEEN, True),
        ("in_state / age > 1", SEEN, True),
        ("in_state / 0 > 1", SEEN, False),
        ("- in_state < -5s", SEEN, True),
        ("polls % 2 == 0", SEEN, True),
        ("in_state > 2 * 3s - 1", SEEN, True),
        ("errors < polls", SEEN, True),
        ("age + 1 > 0 | age > in_state", [], False),
        ("age > silent", FAILING, True),
    ],
)
def test_what_it_says_of_a_task(text: str, entries: list[Entry], holds: bool | None) -> None:  # noqa: FBT001
    if holds is None:
        with pytest.raises(PredicateError):
            compile_predicate(text)
    else:
        assert compile_predicate(text).holds(known(*entries)) is holds


@pytest.mark.parametrize(
    ("text", "line", "about"),
    [
        ("", "there is nothing to test: write a word, such as ended", ""),
        ("statsu == Idle", "there is no word statsu; did you mean status?", "statsu"),
        ("zzzz > 3", "there is no word zzzz; all words are in the help (?)", "zzzz"),
        ("in_state > Idle", "in_state is a time: compare it with a time, such as 60s, not with a text", "Idle"),
        ("'a' < in_state", "in_state is a time: compare it with a time, such as 60s, not with a text", "'a'"),
        ("errors > 5s", "errors is a number: compare it with a number, such as 3, not with a time", "5s"),
        ("ended & status", "status is a text: compare it, like status == Idle", "status"),
        ("age", "age is a time: compare it, like age > 60s", "age"),
        ("status > 3", "status is a text: only ==, != and ~ compare texts", "status > 3"),
        ("ended == yes", "ended is true or false: write it alone, or with ! before it", "ended == yes"),
        ("age ~ 5", "age is no text: ~ looks into texts", "age"),
        ("name ~ (a b)", DOES_NOT_FIT, "name ~ (a b)"),
        ("status + 1 > 2", "status is no number: + takes numbers and times", "status"),
        ("- status == 2", "status is no number: - takes numbers and times", "status"),
        ("age * silent > 2", "a time times a time is nothing: one must be a number", "age * silent"),
        ("2 / age > 2", "a number cannot be divided by a time", "2 / age"),
        ("age > 1 / 0", "this has no value, or too large a one", "1 / 0"),
        ("age > 1m 5s", "one time is one word: 65s, not 1m 5s", "1m 5s"),
        ("status ==", "something is missing behind ==", ""),
        ("ended &", "something is missing behind &", ""),
        ("& ended", "nothing to test stands before &", "&"),
        ("ended & | held", "| cannot follow &", "|"),
        ("(ended & held", "this ( is not closed", "("),
        ("ended)", "this ) closes nothing, or comes too early", ")"),
        ("1 < age < 5", "< cannot follow here: one comparison at a time, two are joined with &", "<"),
        ('name ~ "abc', 'the text is not closed: " is missing at its end', '"abc'),
        ("status in Idle", "behind in stands a list: status in [Idle, Exited]", "status"),
        ("[ended]", "a list stands only behind in: status in [Idle, Exited]", "["),
        ("edge Idle->", "an edge has two ends: InProgress->Exited", "->"),
    ],
)
def test_a_mistake_is_one_line_and_a_place(text: str, line: str, about: str) -> None:
    with pytest.raises(PredicateError) as told:
        compile_predicate(text)
    assert (told.value.line, text[told.value.start : told.value.end]) == (line, about)
    assert about or told.value.start == len(text)


def test_what_is_nested_too_deep_is_refused() -> None:
    for text in ("!" * 5_000 + "ended", "(" * 5_000 + "ended" + ")" * 5_000, " ".join(["ended"] * 5_000)):
        with pytest.raises(PredicateError, match="too long"):
            compile_predicate(text)
    assert compile_predicate("!" * (MOST_TOKENS - 1) + "ended").holds(known(*SEEN))
    assert not compile_predicate(" & ".join(["!ended"] * (MOST_TOKENS // 3 - 1)) + "&ended").holds(known(*SEEN))


SIGNS = [*"<~&|![](),=*+-/%#.?:{}\"'\n", "==", "!=", ">=", "!~", "''", "->", "**", "<<", "??", "&.", "&[", "$now"]
TEXTS = ["Idle", "live-*", "null", "inf", "nan", "d'1'", "for", "if", "elif"]
OTHERS = ["and", "or", "not", "in", "true", "60s", "5", "-2.5m", "999999999999999"]
pieces = st.sampled_from([*WORDS, *SIGNS, *TEXTS, *OTHERS])
texts = st.lists(pieces, max_size=9).map(" ".join) | st.lists(pieces, max_size=9).map("".join) | st.text(max_size=12)


def compiled(text: str) -> tuple[PredicateError | None, Predicate | None]:
    try:
        return None, compile_predicate(text)
    except PredicateError as mistake:
        return mistake, None


@given(texts, histories, st.integers(-(10**7), 10**8))
@settings(max_examples=600)
@example("age ** 5 > 3", [], 0)
@example("status == status[0]", [], 0)
def test_any_text_compiles_or_is_a_mistake_and_what_compiles_never_raises(
    text: str, entries: list[Entry], later_us: int
) -> None:
    mistake, predicate = compiled(text)
    if predicate is None:
        assert mistake is not None
        assert 0 <= mistake.start <= mistake.end <= len(text)
        assert mistake.line
        return
    snapshot = fold(numbered(entries))
    for view in snapshot.tasks.values():
        facts = facts_of(view, snapshot.tool, START_US + later_us)
        assert isinstance(predicate.holds(facts), bool)
        assert predicate.next_us(facts) > facts.now_us
        assert predicate.words <= WORDS.keys()
        assert predicate.grows or predicate.next_us(facts) == NEVER_US


ops = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
times = st.sampled_from(["in_state", "age", "silent", "started"])
tests = st.builds("{} {} {}s".format, times, ops, st.integers(-3, 60)) | st.sampled_from(
    ["held", "ended", "unknown", "gap", "room", "!fresh", "over?", "status == Idle"]
)
predicates = st.lists(tests, min_size=1, max_size=3).map(" & ".join) | st.lists(tests, min_size=2, max_size=3).map(
    " | ".join
)


@given(predicates, histories, st.integers(0, 100 * SECOND_US), st.floats(0, 1))
@settings(max_examples=400)
def test_time_alone_changes_nothing_until_it_says_so(
    text: str, entries: list[Entry], later_us: int, part: float
) -> None:
    predicate, snapshot = compile_predicate(text), fold(numbered([note(Topic.POLLING_STARTED), *entries]))
    for view in snapshot.tasks.values():
        now = facts_of(view, snapshot.tool, START_US + later_us)
        next_us = predicate.next_us(now)
        for then_us in (next_us - 1, now.now_us + int(part * (next_us - 1 - now.now_us))):
            assert predicate.holds(facts_of(view, snapshot.tool, then_us)) is predicate.holds(now)


@pytest.mark.parametrize(
    ("text", "entries", "next_s"),
    [
        ("in_state > 60s", SEEN, 64),
        ("in_state > 5s", SEEN, None),
        ("in_state > 60s & age > 20", SEEN, 24.02),
        ("!(2 * 30s < in_state)", SEEN, 64),
        ("started >= 1m", SEEN, 60),
        ("age > 60s", [], None),
        ("in_state + 1 > 60s", SEEN, 11),
        ("status == Idle", SEEN, None),
        ("rtt > 5s", SEEN, None),
        ("held", [*SEEN, wish(Verb.HOLD, 5)], 5 + (HOLD_US + 1) / SECOND_US),
        ("changed", SEEN, 14 + 1 / SECOND_US),
    ],
)
def test_when_to_look_again(text: str, entries: list[Entry], next_s: float | None) -> None:
    told_us = compile_predicate(text).next_us(known(*entries))
    assert told_us == (NEVER_US if next_s is None else at(next_s))


def test_it_is_true_to_the_microsecond() -> None:
    predicate, first = compile_predicate("in_state > 60s"), known(*SEEN)
    second = facts_of(first.view, first.tool, predicate.next_us(first))
    third = facts_of(first.view, first.tool, predicate.next_us(second))
    assert [predicate.holds(facts) for facts in (first, second, third)] == [False, False, True]
    assert third.now_us == second.now_us + 1
    assert predicate.next_us(third) == NEVER_US


@given(histories, st.integers(0, 100 * SECOND_US))
def test_what_cannot_be_seen_is_what_the_list_calls_so(entries: list[Entry], later_us: int) -> None:
    unknown, snapshot = compile_predicate("unknown"), fold(numbered(entries))
    for view in snapshot.tasks.values():
        facts = facts_of(view, snapshot.tool, START_US + later_us)
        assert unknown.holds(facts) is (standing(view, snapshot.tool, facts.now_us, 1).word == UNKNOWN)


def test_an_expression_tells_times_in_seconds() -> None:
    facts = known(*SEEN)
    told = {text: compile_expression(text).value(facts) for text in ("in_state", "rtt * 2", "status", "polls", "skew")}
    assert told == {"in_state": 6, "rtt * 2": 0.04, "status": "InProgress", "polls": 2, "skew": None}
    assert compile_expression("age > 3").value(facts) is True


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", True),
        ("live final !qa", True),
        ("ENDED", True),
        ("-begins/with+odd=signs", True),
        ("Studio (B)", True),
        ("o'brien", True),
        ("or", True),
        ("live or", True),
        ("and live", True),
        ("not", True),
        ("live or arena", False),
        ("not live", False),
        ("live-*", False),
        ('"live final"', False),
        ("ended", False),
        ("live !ended", False),
        ("status=Idle", False),
        ("statsu == Idle", False),
        ("a&b", False),
        ("Idle->Exited", False),
    ],
)
def test_words_alone_are_no_predicate(text: str, *, plain: bool) -> None:
    assert is_plain(text) is plain
