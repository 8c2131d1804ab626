"""For tests of login and logout."""

from pathlib import Path

import pytest

from tests.stores import KEY, SECRET_ID, SECRET_KEY, MemoryStore
from tui.adapters.credentials import profiles as profiles_module
from tui.adapters.credentials.profiles import Profiles
from tui.cli.exits import Exit, Refusal
from tui.cli.login import Settings, login
from tui.core.entry import Fault, Seen, Skew
from tui.core.fault import FaultClass
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.protocol.exchange import Exchange, Question
from tui.protocol.signing import Signature

NOW_US = 1_795_341_600_999_999
ACCOUNT = "00000000000000aa"
ENDED = Fault(FaultClass.END, "ResourceNotFound", "no such task")


def exchange(answer: Seen | Fault, skew: Skew | None = None) -> Exchange:
    signature = Signature(0, "", "", "", "", "", "", "")
    question = Question(TaskRef("ap-singapore", 1, "none"), "", (), b"", signature)
    return Exchange(question, 0, 0, answer, None, skew=skew)


class Desk:
    """A login at work, with everything around it in memory but for `profiles.toml`."""

    def __init__(self, folder: Path) -> None:
        self.store = MemoryStore()
        self.profiles = Profiles(folder / "profiles.toml")
        self.answer = exchange(ENDED)
        self.checked: list[tuple[Credential, Settings]] = []
        self.told: list[str] = []
        self.key: Credential | BaseException = KEY

    def login(self, name: str = "prod", given: Settings | None = None) -> None:
        login(
            name,
            given or Settings(),
            obtain=self._obtain,
            check=self._check,
            account=lambda *_: ACCOUNT,
            store=self.store,
            profiles=self.profiles,
            now_us=NOW_US,
            tell=self.told.append,
        )

    def refused(self, code: Exit) -> str:
        with pytest.raises(Refusal) as caught:
            self.login()
        assert caught.value.code is code
        assert SECRET_KEY not in str(caught.value)
        assert SECRET_ID not in str(caught.value)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    def untouched(self) -> bool:
        return not self.store.keys and not self.profiles.path.exists() and not self.told

    def _obtain(self) -> Credential:
        if isinstance(self.key, BaseException):
            raise self.key
        return self.key

    def _check(self, credential: Credential, settings: Settings) -> Exchange:
        assert self.store.keys.get("prod") != credential, "checked before it is stored"
        self.checked.append((credential, settings))
        return self.answer


def break_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(profiles_module, "replace_file", full)
