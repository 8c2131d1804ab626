import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.entry import Fault, Seen
from tui.core.fault import FaultClass
from tui.core.secret import Credential, Secret
from tui.core.task import TaskRef
from tui.protocol.endpoint import parse_endpoint
from tui.protocol.messages import KEPT_BYTES, ask, compose, read

TASK = TaskRef("ap-singapore", 1400000000, "m9-bVVU7nhKM5X3GsED6KNGVG********ndibWSn631uT6pbhE4PcPDSsggE.")
KEY = Credential(Secret("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"), Secret("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"))
REQUEST_ID = "f83001c5-7e3c-dfac-ba3e-236bf063c8d1"
JSON = "application/json"

Json = dict[str, object]


def answer(**fields: object) -> bytes:
    given: Json = {"StartTime": 1772433534515, "Status": "Idle", "RequestId": REQUEST_ID, "TaskId": TASK.task_id}
    return json.dumps({"Response": given | fields}).encode()


def refusal(code: object, message: object = "m") -> bytes:
    return json.dumps({"Response": {"Error": {"Code": code, "Message": message}, "RequestId": REQUEST_ID}}).encode()


def fault(body: bytes, http_status: int = 200, content_type: str = JSON) -> Fault:
    read_answer, _ = read(TASK, http_status, content_type, body)
    assert isinstance(read_answer, Fault)
    return read_answer


def test_the_body_holds_two_fields_and_no_space() -> None:
    assert compose(TASK) == f'{{"SdkAppId":1400000000,"TaskId":"{TASK.task_id}"}}'.encode()


@given(st.text(st.characters(), min_size=1))
def test_any_task_id_becomes_ascii_json(task_id: str) -> None:
    body = compose(TaskRef("ap-guangzhou", 1, task_id))

    assert body.isascii()
    assert json.loads(body) == {"SdkAppId": 1, "TaskId": task_id}


def test_a_question_is_signed_over_its_own_bytes() -> None:
    question = ask(TASK, KEY, parse_endpoint("https://trtc.intl.tencentcloudapi.com"), 1_772_433_534)

    assert question.url == "https://trtc.intl.tencentcloudapi.com/"
    assert question.signature.signature == "8e5837d74f6945392405b950dc47f64220ef858675140d6851f6f56e388108b0"
    assert question.headers == (
        ("Host", "trtc.intl.tencentcloudapi.com"),
        ("Content-Type", "application/json"),
        ("X-TC-Action", "DescribeCloudTranscription"),
        ("X-TC-Version", "2019-07-22"),
        ("X-TC-Region", "ap-singapore"),
        ("X-TC-Timestamp", "1772433534"),
        ("X-TC-Language", "en-US"),
        ("Authorization", question.signature.authorization),
    )


def test_a_token_goes_along_and_the_port_is_signed() -> None:
    temporary = Credential(KEY.secret_id, KEY.secret_key, Secret("TOKENEXAMPLE"))

    question = ask(TASK, temporary, parse_endpoint("http://127.0.0.1:8080"), 1_772_433_534, "zh-CN")

    assert ("X-TC-Token", "TOKENEXAMPLE") in question.headers
    assert ("X-TC-Language", "zh-CN") in question.headers
    assert ("Host", "127.0.0.1:8080") in question.headers
    assert "host:127.0.0.1:8080\n" in question.signature.canonical_request


def test_the_documented_answer() -> None:
    body = answer()

    assert read(TASK, 200, JSON, body) == (Seen("Idle", 1772433534515, body), REQUEST_ID)


@pytest.mark.parametrize("extra", [{"Status": "Hibernating"}, {"Mood": [1, {}]}, {"DeprecatedWarning": "old"}])
def test_what_nobody_documented_is_kept(extra: Json) -> None:
    body = answer(**extra)

    seen, _ = read(TASK, 200, "text/plain; charset=utf-8", body)

    assert seen == Seen(str(extra.get("Status", "Idle")), 1772433534515, body)


@pytest.mark.parametrize("http_status", [200, 400, 401, 403, 429, 500, 503])
@pytest.mark.parametrize("content_type", [JSON, "application/json; charset=utf-8", "text/html", ""])
def test_an_error_counts_with_any_status_and_type(http_status: int, content_type: str) -> None:
    body = refusal("InternalError.CTInternalError", "try later")

    assert read(TASK, http_status, content_type, body) == (
        Fault(FaultClass.SERVICE, "InternalError.CTInternalError", "try later", http_status, body),
        REQUEST_ID,
    )


def test_an_error_wins_over_a_status() -> None:
    assert fault(answer(Error={"Code": "ResourceNotFound"})).fault_class is FaultClass.END


def test_an_old_error_is_understood() -> None:
    old = fault(b'{"code": 4100, "message": "m", "codeDesc": "AuthFailure.SignatureFailure"}')

    assert (old.fault_class, old.code, old.message) == (FaultClass.AUTH, "AuthFailure.SignatureFailure", "m")
    assert fault(b'{"code": 4100}').code == "4100"
    assert fault(b'{"code": 0, "message": "fine"}').code == "Transport.NoResponse"


@pytest.mark.parametrize(
    "fields",
    [
        {"Status": ""},
        {"Status": None},
        {"Status": 3},
        {"StartTime": None},
        {"StartTime": "1772433534515"},
        {"StartTime": 1772433534515.0},
        {"StartTime": True},
        {"StartTime": -1},
        {"StartTime": 10**18},
        {"StartTime": 10**4000},
        {"TaskId": 7},
    ],
)
def test_a_field_of_a_wrong_shape_is_named(fields: Json) -> None:
    body = answer(**fields)
    bad = fault(body)

    assert (bad.fault_class, bad.code) == (FaultClass.SERVICE, "Transport.BadAnswer")
    assert next(iter(fields)) in bad.message
    assert read(TASK, 200, JSON, body)[1] == REQUEST_ID


@pytest.mark.parametrize("missing", ["Status", "StartTime"])
def test_a_missing_field_is_named(missing: str) -> None:
    fields = json.loads(answer())["Response"]
    del fields[missing]

    bad = fault(json.dumps({"Response": fields}).encode())

    assert bad.code == "Transport.BadAnswer"
    assert missing in bad.message


@pytest.mark.parametrize("body", [b'{"Response": 5}', b'{"Response": {"RequestId": 5}}', refusal(""), refusal(5)])
def test_an_envelope_of_a_wrong_shape(body: bytes) -> None:
    assert fault(body).code == "Transport.BadAnswer"


def test_the_answer_of_another_task_is_not_believed() -> None:
    assert fault(answer(TaskId="other")).code == "Transport.WrongTask"


@pytest.mark.parametrize(
    ("http_status", "content_type", "body", "code"),
    [
        (502, "text/html", b"<html>Bad Gateway</html>", "Transport.Html"),
        (200, "", b"\n <!DOCTYPE html>", "Transport.Html"),
        (200, JSON, answer()[:60], "Transport.Truncated"),
        (200, JSON, b"", "Transport.NotJson"),
        (200, JSON, b"\xff\xfe", "Transport.NotJson"),
        (200, JSON, b"[1]", "Transport.NotJson"),
        (200, JSON, b"[" * 100_000, "Transport.NotJson"),
        (200, JSON, b"{}", "Transport.NoResponse"),
        (200, JSON, b'{"Response": null}', "Transport.NoResponse"),
        (200, JSON, b'{"error": "sign in first"}', "Transport.NoResponse"),
        (503, JSON, b'{"error": "overloaded"}', "Transport.HttpStatus"),
        (503, "text/plain", b"overloaded", "Transport.HttpStatus"),
        (503, JSON, answer(), "Transport.HttpStatus"),
        (302, "text/html", b"<html>moved</html>", "Transport.Redirect"),
        (307, "", b"", "Transport.Redirect"),
    ],
)
def test_what_the_api_did_not_write(http_status: int, content_type: str, body: bytes, code: str) -> None:
    foreign = fault(body, http_status, content_type)

    assert (foreign.fault_class, foreign.code) == (FaultClass.NETWORK, code)
    assert foreign.http_status == http_status
    assert foreign.body == body[:KEPT_BYTES]
    assert foreign.message.startswith(f"HTTP {http_status}, ")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["Response", "Error", "Code", "Message", "RequestId", "Status", "StartTime", "code"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)
near_answers = json_values.map(lambda value: json.dumps({"Response": value}).encode())


@given(st.binary() | near_answers | st.just(answer()), st.integers(0, 999), st.text(max_size=30), st.integers(0, 400))
def test_no_bytes_raise(body: bytes, http_status: int, content_type: str, cut: int) -> None:
    for received in (body, body[:cut], body[cut:]):
        read_answer, request_id = read(TASK, http_status, content_type, received)

        assert isinstance(read_answer, Seen | Fault)
        assert request_id is None or request_id


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_the_words_of_the_server_stay_as_they_came(code: str, message: str) -> None:
    told = fault(refusal(code, message))

    assert (told.code, told.message) == (code, message)
