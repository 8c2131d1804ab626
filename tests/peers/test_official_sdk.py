"""The official Python SDK, both clients, against the simulator: what keeps our signature check from being a circle."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.trtc.v20190722 import models, trtc_client, trtc_client_async

from tui.simulator.keys import (
    DEMO_SECRET_ID,
    DEMO_SECRET_KEY,
    TEMPORARY_SECRET_ID,
    TEMPORARY_SECRET_KEY,
    TEMPORARY_TOKEN,
)
from tui.simulator.server import Simulator
from tui.simulator.world import REGION, SDK_APP_ID

TASK_ID = "-m9+bVV_7nhK."
START_TIME_MS = 1_772_433_534_515
DEMO = Credential(DEMO_SECRET_ID, DEMO_SECRET_KEY)


def profile(simulator: Simulator, *, keep_alive: bool = True) -> ClientProfile:
    endpoint = f"127.0.0.1:{simulator.port}"
    return ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=endpoint, keepAlive=keep_alive))


def question(task_id: str = TASK_ID) -> models.DescribeCloudTranscriptionRequest:
    request = models.DescribeCloudTranscriptionRequest()
    request.SdkAppId, request.TaskId = SDK_APP_ID, task_id
    return request


@contextmanager
def sync_client(
    simulator: Simulator, credential: Credential = DEMO, region: str = REGION
) -> Iterator[trtc_client.TrtcClient]:
    client = trtc_client.TrtcClient(credential, region, profile(simulator))
    try:
        yield client
    finally:
        client.request.conn._session.close()  # the SDK has no close of its own


def assert_told(answer: models.DescribeCloudTranscriptionResponse) -> None:
    assert (answer.StartTime, answer.Status, answer.TaskId) == (START_TIME_MS, "InProgress", TASK_ID)
    assert UUID(answer.RequestId).version == 4


def test_sync(simulator: Simulator) -> None:
    with sync_client(simulator) as client:
        assert_told(client.DescribeCloudTranscription(question()))


@pytest.mark.parametrize("keep_alive", [False, True])
async def test_async(simulator: Simulator, *, keep_alive: bool) -> None:
    async with trtc_client_async.TrtcClient(DEMO, REGION, profile(simulator, keep_alive=keep_alive)) as client:
        for _ in range(3):
            assert_told(await client.DescribeCloudTranscription(question()))


def test_a_temporary_key(simulator: Simulator) -> None:
    credential = Credential(TEMPORARY_SECRET_ID, TEMPORARY_SECRET_KEY, TEMPORARY_TOKEN)
    with sync_client(simulator, credential) as client:
        assert_told(client.DescribeCloudTranscription(question()))


REFUSED = {
    "ResourceNotFound": (DEMO, REGION, "nothing."),
    "UnsupportedRegion": (DEMO, "eu-frankfurt", TASK_ID),
    "AuthFailure.SignatureFailure": (Credential(DEMO_SECRET_ID, "EXAMPLEwrong"), REGION, TASK_ID),
    "AuthFailure.SecretIdNotFound": (Credential("AKIDEXAMPLEnobody", DEMO_SECRET_KEY), REGION, TASK_ID),
    "AuthFailure.TokenFailure": (Credential(TEMPORARY_SECRET_ID, TEMPORARY_SECRET_KEY), REGION, TASK_ID),
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_refusal_arrives_as_the_sdk_s_exception(simulator: Simulator, code: str) -> None:
    credential, region, task_id = REFUSED[code]
    with (
        sync_client(simulator, credential, region) as client,
        pytest.raises(TencentCloudSDKException) as raised,
    ):
        client.DescribeCloudTranscription(question(task_id))

    assert raised.value.get_code() == code
    assert UUID(raised.value.get_request_id()).version == 4


async def test_a_refusal_arrives_in_the_async_client_too(simulator: Simulator) -> None:
    async with trtc_client_async.TrtcClient(DEMO, REGION, profile(simulator)) as client:
        with pytest.raises(TencentCloudSDKException) as raised:
            await client.DescribeCloudTranscription(question("nothing."))

    assert raised.value.get_code() == "ResourceNotFound"


def test_the_server_s_clock_decides(simulator: Simulator) -> None:
    simulator.faults.add("skew=400")
    with sync_client(simulator) as client, pytest.raises(TencentCloudSDKException) as raised:
        client.DescribeCloudTranscription(question())

    assert raised.value.get_code() == "AuthFailure.SignatureExpire"
