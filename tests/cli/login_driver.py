"""`login_driver.py FOLDER [--token]`: a login at a real terminal, with a store in memory and a key that is accepted."""

import sys
from functools import partial
from pathlib import Path

from tests.cli.desk import ACCOUNT, ENDED, exchange
from tests.stores import MemoryStore
from tui.adapters.credentials.profiles import Profiles
from tui.cli.exits import Refusal
from tui.cli.key_entry import ask_hidden, ask_key
from tui.cli.login import Settings, login

store = MemoryStore()
obtain = partial(ask_key, ask_hidden, with_token="--token" in sys.argv, is_terminal=sys.stdin.isatty())
try:
    login(
        "prod",
        Settings("ap-singapore"),
        obtain=obtain,
        check=lambda *_: exchange(ENDED),
        account=lambda *_: ACCOUNT,
        store=store,
        profiles=Profiles(Path(sys.argv[1], "profiles.toml")),
        now_us=0,
        tell=print,
    )
except Refusal as refusal:
    sys.exit(f"refused {refusal.code:d}: {refusal}")
except KeyboardInterrupt:
    sys.exit("interrupted")
print("token stored" if store.keys["prod"].token else "no token")
