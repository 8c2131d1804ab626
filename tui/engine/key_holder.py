"""The key of a running engine: waited for when it is missing, looked for again when it is refused."""

import asyncio
from collections.abc import Callable

from tui.core.secret import Credential
from tui.engine.ports import Clock, Keys, NoKey

KEY_EVERY_US = 3_000_000
"""How often a missing or refused key is looked for again."""


class KeyHolder:
    """Holds the key that is in use."""

    def __init__(self, keys: Keys, clock: Clock, waits: Callable[[str], None]) -> None:
        self._keys = keys
        self._clock = clock
        self._waits = waits
        self._credential: Credential | None = None

    @property
    def credential(self) -> Credential:
        """The key in use, once `first` has returned."""
        if self._credential is None:
            raise RuntimeError("the key is used before it is there")
        return self._credential

    async def first(self) -> Credential:
        """The key, waited for as long as it takes."""
        while True:
            try:
                self._credential = await asyncio.to_thread(self._keys.read)
            except NoKey as reason:
                self._waits(str(reason))
                await self._clock.sleep_us(KEY_EVERY_US)
            else:
                self._waits("")
                return self._credential

    async def another(self, wanted: Callable[[], bool]) -> Credential:
        """Wait until, while `wanted`, the store has another key than the one in use; then that is in use."""
        while True:
            await self._clock.sleep_us(KEY_EVERY_US)
            if not wanted():
                continue
            before = self._credential
            if await self.first() != before:
                return self.credential
