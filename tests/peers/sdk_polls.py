"""The official SDK's async client at the same work as our engine, without a journal: polls tasks in turn, evenly.

`python -m tests.peers.sdk_polls PORT PER_SECOND WARM_UP_S SECONDS < tasks.txt` prints how many polls the last SECONDS
held, and the seconds of CPU that they took.
"""

import asyncio
import sys
import time
from itertools import cycle

from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.trtc.v20190722 import models, trtc_client_async

from tui.cli.task_list import read_list
from tui.core.task import TaskRef
from tui.simulator.keys import DEMO_SECRET_ID, DEMO_SECRET_KEY


async def poll(port: int, per_second: float, warm_up_s: float, seconds: float, tasks: list[TaskRef]) -> None:
    """One client, one region, connections kept open: the SDK at its best."""
    place = HttpProfile(protocol="http", endpoint=f"127.0.0.1:{port}", keepAlive=True)
    profile = ClientProfile(httpProfile=place)
    key = Credential(DEMO_SECRET_ID, DEMO_SECRET_KEY)
    async with trtc_client_async.TrtcClient(key, tasks[0].region, profile) as client:
        began, counted, cpu_s = time.monotonic(), 0, 0.0
        for polls, task in enumerate(cycle(tasks)):
            now = time.monotonic()
            if not cpu_s and now >= began + warm_up_s:
                counted, cpu_s = polls, time.process_time()
            if now >= began + warm_up_s + seconds:
                print(polls - counted, f"{time.process_time() - cpu_s:.4f}")
                return
            question = models.DescribeCloudTranscriptionRequest()
            question.SdkAppId, question.TaskId = task.sdk_app_id, task.task_id
            try:
                await client.DescribeCloudTranscription(question)
            except Exception as error:  # noqa: BLE001 - a task that is over, for which the SDK has no class of its own
                assert "ResourceNotFound" in str(error) or "InternalError" in str(error), error  # noqa: PT017
            await asyncio.sleep(max(0.0, began + (polls + 1) / per_second - time.monotonic()))


if __name__ == "__main__":
    per_second, warm_up_s, seconds = map(float, sys.argv[2:5])
    named = [one.task for one in read_list(sys.stdin, region=None, sdk_app_id=None)]
    asyncio.run(poll(int(sys.argv[1]), per_second, warm_up_s, seconds, named))
