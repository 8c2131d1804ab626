"""What things are called on both sides of the wire. Each worker has a key of its own, which tells its requests from all
others at the server; they share the journal all the same."""

from tui.core.secret import Credential, Secret
from tui.core.task import TaskRef
from tui.simulator.keys import DEMO_SECRET_KEY
from tui.simulator.world import REGION, SDK_APP_ID


def task_id_of(number: int) -> str:
    return f"m9-{number:04d}."


def task_of(number: int) -> TaskRef:
    return TaskRef(REGION, SDK_APP_ID, task_id_of(number))


def secret_id_of(worker: int) -> str:
    return f"AKIDEXAMPLEworker{worker:019d}"


def credential_of(worker: int) -> Credential:
    return Credential(Secret(secret_id_of(worker)), Secret(DEMO_SECRET_KEY), source=f"worker {worker}")
