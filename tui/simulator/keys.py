"""The keys the simulator accepts when it is given no others: made up, so that no real key is ever needed to try it."""

from tui.core.secret import Credential, Secret

DEMO_SECRET_ID = "AKIDEXAMPLEdemo000000000000000000000"  # noqa: S105 - made up, opens nothing
DEMO_SECRET_KEY = "EXAMPLEkeyOfTheDemo0000000000000"  # noqa: S105 - made up, opens nothing

TEMPORARY_SECRET_ID = "AKIDEXAMPLEtemporary0000000000000000"  # noqa: S105 - made up, opens nothing
TEMPORARY_SECRET_KEY = "EXAMPLEkeyWithAToken000000000000"  # noqa: S105 - made up, opens nothing
TEMPORARY_TOKEN = "TOKENEXAMPLE0123456789"  # noqa: S105 - made up, opens nothing

DEMO_CREDENTIAL = Credential(Secret(DEMO_SECRET_ID), Secret(DEMO_SECRET_KEY), source="demo")
TEMPORARY_CREDENTIAL = Credential(
    Secret(TEMPORARY_SECRET_ID), Secret(TEMPORARY_SECRET_KEY), Secret(TEMPORARY_TOKEN), source="demo"
)
