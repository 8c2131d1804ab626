"""Tencent's command line against the simulator. It brings the full SDK, so it lives in an environment of its own."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import pytest

from tui.simulator.keys import DEMO_SECRET_ID, DEMO_SECRET_KEY
from tui.simulator.server import Simulator
from tui.simulator.world import REGION, SDK_APP_ID

TASK_ID = "-m9+bVV_7nhK."
START_TIME_MS = 1_772_433_534_515
BESIDE = Path(__file__).parents[2] / ".venv-peers" / "bin" / "tccli"


@pytest.fixture
def tccli() -> str:
    """Where tccli is: as TRTC_TEST_TCCLI says, else in .venv-peers, else on the PATH."""
    beside = str(BESIDE) if BESIDE.exists() else None
    found = os.environ.get("TRTC_TEST_TCCLI") or beside or shutil.which("tccli")
    if found is None or not Path(found).exists():
        reason = "no tccli: python -m venv .venv-peers && .venv-peers/bin/pip install '.[peers]'"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return str(found)


def describe(tccli: str, simulator: Simulator, home: Path, task_id: str) -> subprocess.CompletedProcess[str]:
    """Run it with nothing but the key in its environment. The endpoint is a URL since a bare host means https."""
    return subprocess.run(
        [
            tccli,
            "trtc",
            "DescribeCloudTranscription",
            f"--SdkAppId={SDK_APP_ID}",
            f"--TaskId={task_id}",
            f"--endpoint={simulator.url}",
            "--timeout=20",
        ],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TENCENTCLOUD_SECRET_ID": DEMO_SECRET_ID,
            "TENCENTCLOUD_SECRET_KEY": DEMO_SECRET_KEY,
            "TENCENTCLOUD_REGION": REGION,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_gets_the_same_four_fields(tccli: str, simulator: Simulator, tmp_path: Path) -> None:
    run = describe(tccli, simulator, tmp_path, TASK_ID)

    told = json.loads(run.stdout)
    assert UUID(told.pop("RequestId")).version == 4
    assert told == {"StartTime": START_TIME_MS, "Status": "InProgress", "TaskId": TASK_ID}


def test_it_fails_with_our_code(tccli: str, simulator: Simulator, tmp_path: Path) -> None:
    run = describe(tccli, simulator, tmp_path, "nothing.")

    assert run.returncode
    assert "code:ResourceNotFound" in run.stdout + run.stderr
