"""Keys, profiles, and a store in memory which can be told to fail."""

from datetime import UTC, datetime

from tui.adapters.credentials.errors import CredentialError
from tui.adapters.credentials.profiles import Profile
from tui.adapters.credentials.store import Probe, StoreState
from tui.core.secret import Credential, Secret

SECRET_ID = "AKIDEXAMPLEexample0000000000000001234"
SECRET_KEY = "CanaryKeyEXAMPLEexample0000000000"
TOKEN = "CanaryTokenEXAMPLE" * 20

KEY = Credential(Secret(SECRET_ID), Secret(SECRET_KEY))
OTHER_KEY = Credential(Secret("AKIDEXAMPLEexample0000000000000009876"), Secret("OtherKeyEXAMPLE"), Secret(TOKEN))

CREATED = datetime(2026, 11, 22, 10, tzinfo=UTC)
PROD = Profile(
    name="prod",
    store="os",
    region="ap-singapore",
    sdk_app_id=1400000000,
    endpoint="https://trtc.intl.tencentcloudapi.com",
    secret_id_masked="AKID..1234",
    journal="0123456789abcdef",
    created=CREATED,
)
BARE = Profile(name="test.2", store="os", secret_id_masked="AKID..9876", journal="fedcba9876543210", created=CREATED)


class MemoryStore:
    name = "os"
    title = "Memory"

    def __init__(self) -> None:
        self.keys: dict[str, Credential] = {}
        self.failing: dict[str, CredentialError] = {}
        """What a method of this name raises."""
        self.failing_once: dict[str, CredentialError] = {}
        self.forgetful = False
        self.calls: list[str] = []

    def probe(self) -> Probe:
        return Probe(StoreState.OK)

    def put(self, profile: str, credential: Credential) -> None:
        self._called("put")
        if not self.forgetful:
            self.keys[profile] = credential

    def get(self, profile: str) -> Credential | None:
        self._called("get")
        return self.keys.get(profile)

    def delete(self, profile: str) -> bool:
        self._called("delete")
        return self.keys.pop(profile, None) is not None

    def _called(self, method: str) -> None:
        self.calls.append(method)
        if method in self.failing_once:
            raise self.failing_once.pop(method)
        if method in self.failing:
            raise self.failing[method]
