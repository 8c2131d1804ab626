"""The official SDK's own request builder and ours, on the same random requests."""

import json
from typing import Any
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential as SdkCredential
from tencentcloud.common.http.request import RequestInternal
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.sign import Sign

from tui.core.secret import Credential, Secret
from tui.core.task import TaskRef
from tui.protocol.endpoint import parse_endpoint
from tui.protocol.messages import ask
from tui.protocol.signing import sign

KEY = Credential(Secret("AKIDEXAMPLE"), Secret("KEYEXAMPLE"), Secret("TOKENEXAMPLE"))
HOSTS = ("trtc.intl.tencentcloudapi.com", "trtc.tencentcloudapi.com", "trtc.ap-singapore.tencentcloudapi.com")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
bodies = st.dictionaries(texts, st.integers() | texts | st.lists(texts, max_size=3) | st.booleans(), max_size=6)
timestamps = st.integers(0, 4_102_444_800)
regions = st.from_regex(r"[a-z]{2}-[a-z]{4,12}(-[1-9])?", fullmatch=True)


def build_by_sdk(
    body: dict[str, Any], timestamp_s: int, region: str, host: str, method: str = "POST"
) -> tuple[RequestInternal, str]:
    """The SDK's request with the clock standing at `timestamp_s`, and the text it signed."""
    key = SdkCredential(KEY.secret_id.reveal(), KEY.secret_key.reveal(), "TOKENEXAMPLE")
    client = CommonClient("trtc", "2019-07-22", key, region, ClientProfile(language="en-US"))
    request = RequestInternal(host, method, "/")
    with (
        mock.patch("tencentcloud.common.abstract_client.time.time", return_value=timestamp_s),
        mock.patch.object(client, "_get_endpoint", return_value=host),
        mock.patch.object(Sign, "sign_tc3", wraps=Sign.sign_tc3) as signer,
    ):
        client._build_req_inter("DescribeCloudTranscription", body, request)
    return request, signer.call_args.args[3]


@given(bodies, timestamps, regions, st.sampled_from(HOSTS))
def test_posts_are_signed_alike(body: dict[str, Any], timestamp_s: int, region: str, host: str) -> None:
    theirs, their_string = build_by_sdk(body, timestamp_s, region, host)

    ours = sign(KEY, host=host, service="trtc", body=theirs.data.encode(), timestamp_s=timestamp_s)

    assert ours.string_to_sign == their_string
    assert ours.authorization == theirs.header["Authorization"]


@given(st.dictionaries(texts, texts, max_size=4), timestamps, st.sampled_from(HOSTS))
def test_gets_are_signed_alike(query: dict[str, str], timestamp_s: int, host: str) -> None:
    theirs, their_string = build_by_sdk(query, timestamp_s, "ap-guangzhou", host, "GET")

    ours = sign(
        KEY,
        host=host,
        service="trtc",
        body=b"",
        timestamp_s=timestamp_s,
        content_type=theirs.header["Content-Type"],
        method="GET",
        query=theirs.data,
    )

    assert ours.string_to_sign == their_string
    assert ours.authorization == theirs.header["Authorization"]


@given(st.integers(0, 2**64 - 1), st.text(min_size=1, max_size=80), timestamps, regions, st.sampled_from(HOSTS))
def test_a_question_is_the_sdk_request(app: int, task_id: str, timestamp_s: int, region: str, host: str) -> None:
    """Same headers and same meaning; the layout of the JSON, and so the signature, is each one's own."""
    theirs, _ = build_by_sdk({"SdkAppId": app, "TaskId": task_id}, timestamp_s, region, host)

    ours = ask(TaskRef(region, app, task_id), KEY, parse_endpoint(f"https://{host}"), timestamp_s)

    assert json.loads(ours.body) == json.loads(theirs.data)
    not_compared = {"Authorization", "X-TC-RequestClient", "X-TC-TraceId"}
    assert {name: value for name, value in ours.headers if name not in not_compared} == {
        name: value for name, value in theirs.header.items() if name not in not_compared
    }
