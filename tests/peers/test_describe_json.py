"""`describe --json` tells what the official SDK is told by the same service."""

import json
from pathlib import Path
from uuid import UUID

from tests.peers.test_official_sdk import TASK_ID, question, sync_client
from tests.pty.program import run
from tui.simulator.server import Simulator
from tui.simulator.world import REGION, SDK_APP_ID


def test_the_same_four_fields(simulator: Simulator, tmp_path: Path) -> None:
    place = (f"--endpoint={simulator.url}", f"--region={REGION}", f"--sdk-app-id={SDK_APP_ID}")
    ours = json.loads(run("describe", "--json", f"--task={TASK_ID}", *place, home=tmp_path).out)
    with sync_client(simulator) as client:
        theirs = client.DescribeCloudTranscription(question())

    assert (ours["start_time_ms"], ours["status"], ours["task_id"]) == (theirs.StartTime, theirs.Status, theirs.TaskId)
    assert UUID(ours["request_id"]).version == UUID(theirs.RequestId).version == 4
    assert ours["request_id"] != theirs.RequestId
