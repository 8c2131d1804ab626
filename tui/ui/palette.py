"""The command palette: every command, with its key."""

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui.ui.commands.catalogue import COMMANDS
from tui.ui.commands.command import Command


class CommandSearch(Provider):
    """Finds commands by title, key and id."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in COMMANDS.values():
            yield DiscoveryHit(_text(command), partial(self._run, command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Those that match."""
        matcher = self.matcher(query)
        for command in COMMANDS.values():
            score = matcher.match(text := _text(command))
            if score > 0:
                yield Hit(score, matcher.highlight(text), partial(self._run, command), help=command.help)

    async def _run(self, command: Command) -> None:
        await self.screen.run_action(f"command('{command.id}')")


def _text(command: Command) -> str:
    return f"{command.title}  {command.key_text}"
