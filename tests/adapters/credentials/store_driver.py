"""One errand at the OS keyring in a process of its own: `store_driver.py put|get|delete|probe PROFILE`.

A key comes in on standard input. What happened goes out as one JSON object; a key never does.
"""

import json
import sys
import time

from tui.adapters.credentials.errors import CredentialError
from tui.adapters.credentials.os_keyring import OsKeyring
from tui.cli.key_entry import piped_key


def main(errand: str, profile: str) -> dict[str, object]:
    store = OsKeyring()
    if errand == "probe":
        return {"state": store.probe().state}
    if errand == "put":
        store.put(profile, piped_key(sys.stdin))
        return {}
    if errand == "delete":
        return {"deleted": store.delete(profile)}
    key = store.get(profile)
    if key is None:
        return {"key": None}
    token = key.token
    # Compared here: the key itself has no business in a pipe.
    expected = piped_key(sys.stdin)
    same = (key.secret_id, key.secret_key, token) == (expected.secret_id, expected.secret_key, expected.token)
    return {"key": key.masked_id, "same": same, "source": key.source}


start = time.monotonic()
try:
    outcome = main(*sys.argv[1:])
except CredentialError as error:
    outcome = {"error": type(error).__name__, "line": str(error)}
sys.stdout.write(json.dumps(outcome | {"seconds": time.monotonic() - start}))
