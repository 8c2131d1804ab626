"""Asking Tencent whether a key is good: one call for a task that cannot exist."""

import asyncio
import sys

from tui.adapters.folders import state_folder
from tui.adapters.journal import account_hash, journal_path
from tui.core.secret import Credential
from tui.core.task import TRANSCRIPTION, TaskRef
from tui.protocol.endpoint import Endpoint, parse_endpoint
from tui.protocol.exchange import Exchange
from tui.protocol.kinds import INTERNATIONAL, KINDS, offered_regions, require_region
from tui.wiring.describe import ask_with_key

NO_SUCH_TASK = "trtc-tui-checks-a-key"
ANY_SDK_APP_ID = 1400000000
"""The documentation's example; whether it exists plays no part: the key is looked at first."""


def require_usable(region: str | None, endpoint: str | None) -> None:
    """Let settings pass that a profile may have, before anybody has typed a key for them.

    Raises:
        EndpointError: the endpoint cannot be used.
        RegionError: the region is not offered there.
    """
    if region is not None:
        require_region(KINDS[TRANSCRIPTION], _endpoint(endpoint), region)
    else:
        _endpoint(endpoint)


def check_key(credential: Credential, region: str | None, sdk_app_id: int | None, endpoint: str | None) -> Exchange:
    """One call with this key, in a slot of its journal; a wrong clock is corrected once, and told.

    Raises:
        JournalError: the journal cannot be written, so the limit cannot be shared with whoever polls already.
    """
    where = _endpoint(endpoint)
    journal = journal_path(state_folder(), account_of(credential, endpoint))
    known = journal if journal.exists() else None  # a key that nobody polls with yet shares its limit with nobody here
    region = region or offered_regions(KINDS[TRANSCRIPTION], where)[-1]
    task = TaskRef(region, sdk_app_id or ANY_SDK_APP_ID, NO_SUCH_TASK)
    return asyncio.run(ask_with_key(credential, where, known, task, _tell))


def account_of(credential: Credential, endpoint: str | None) -> str:
    """Names the journal of a new profile."""
    return account_hash(_endpoint(endpoint).host, credential.secret_id)


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _endpoint(text: str | None) -> Endpoint:
    return parse_endpoint(text or f"https://{INTERNATIONAL.host}")
