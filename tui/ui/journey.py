"""Going through the past: what the keys wish, where that leads, and playing it like a film.

Nothing here draws: arrivals go to `Show`, words to the last line.
"""

from collections.abc import Callable

from msgspec.structs import replace
from textual.timer import Timer

from tui.core.position import Way, Wish
from tui.core.task import TaskRef
from tui.engine.ports import JournalError
from tui.ui.player import Player
from tui.ui.show import Show
from tui.ui.travel import Travel

PLAY_S = 0.25
"""How often the past moves on while it is played."""


class Journey:
    """Where the screen is in time, and how it gets elsewhere."""

    def __init__(
        self,
        show: Show,
        open_travel: Callable[[int, Callable[[BaseException], None]], Travel],
        *,
        wanted: Callable[[], tuple[TaskRef, ...]],
        arrived: Callable[[], None],
        played: Callable[[], None],
        say: Callable[[str], None],
        every: Callable[[float, Callable[[], None]], Timer],
    ) -> None:
        self._show = show
        self._open_travel = open_travel
        self._wanted = wanted
        self._arrived = arrived
        self._played = played
        self._say = say
        self._every = every
        self._timer: Timer | None = None
        self._travel: Travel | None = None
        self._failure: BaseException | None = None
        self._entering = False
        """Wished from the newest facts, and nothing found yet."""
        self._last = Wish(Way.LAST)
        self._at_end = False
        self.player = Player()

    @property
    def away(self) -> bool:
        """Whether something else than the newest facts is shown, or soon will be."""
        return self._show.arrival is not None or self._entering

    @property
    def in_past(self) -> bool:
        """Whether keys go through what is recorded: away from the newest facts, or in a recording, which has no now."""
        return self.away or not self._show.scene.can_poll

    def at_end(self, task: TaskRef) -> bool:
        """Whether the last wish was a step of this task for which there was no further frame."""
        return self._at_end and self._last.task == task

    def go(self, wish: Wish) -> None:
        """Go somewhere, from the newest facts or from where one is; wishes are done one after the other."""
        self.stand()
        self._go(wish)

    def _go(self, wish: Wish) -> None:
        self._last, self._at_end = wish, False
        if self._travel is None:
            self._travel = self._open_travel(self._show.live.frame, self._failed)
            self._travel.listen(self._arrived)
        if not self.away:
            self._entering, shown = True, self._show.scene.snapshot
            self._travel.go(replace(wish, origin=shown.frame), self._wanted(), shown)
        else:
            self._travel.go(wish, self._wanted())

    def take(self) -> bool:
        """Show where the last wish has led; False when that changes nothing."""
        if self._failure is not None:
            return self._give_up(self._failure)
        arrival = self._travel.take() if self._travel is not None else None
        if arrival is None or not self.away:
            return False
        if arrival.told and not self.player.playing:
            self._say(arrival.told)
        self._at_end = not arrival.moved and self._last.way is Way.STEP and not self._last.back
        if self._entering and not arrival.moved:
            self._entering = False
            return False
        self._entering = False
        if arrival.task is not None:
            self._show.view = self._show.view.select(arrival.task)
        self._show.arrive(arrival)
        return True

    def come_back(self) -> None:
        """Back to the newest facts."""
        self.stand()
        self._entering, self._at_end = False, False
        self._show.come_back()

    def _failed(self, error: BaseException) -> None:
        self._failure = error
        self._arrived()

    def _give_up(self, failure: BaseException) -> bool:
        """The way is lost, and opened anew with the next wish; polls and recording go on."""
        self._failure, self._travel = None, None
        self.come_back()
        self._say(str(failure) if isinstance(failure, JournalError) else f"the past is lost by a bug: {failure!r}")
        return True

    def close(self) -> None:
        """The screen is closed."""
        travel, self._travel = self._travel, None
        if travel is not None:
            travel.stop()

    # Playing.

    def play(self, *, on: bool) -> None:
        """Let the past run on from here, or stand."""
        if not on or self._show.arrival is None:
            self.stand()
            if on:
                self._say("this is the end of what is recorded; g goes to its beginning")
            return
        self.player.start(self._show.arrival.snapshot)
        self._show.speed = self.player.speed_text
        self._timer = self._every(PLAY_S, self.play_on)

    def stand(self) -> None:
        """Stop playing."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        self.player.stop()
        self._show.speed = ""

    def play_on(self) -> None:
        """`PLAY_S` of the operator's time have passed."""
        arrival = self._show.arrival
        if not self.player.playing or arrival is None:
            return
        if arrival.snapshot.frame < arrival.newest:
            self._go(self.player.next(arrival.snapshot, PLAY_S))
            return
        self.stand()
        self._played()
        self._say("the end of what is recorded; L goes back to now")

    def faster(self, factor: float) -> None:
        """Play so many times as fast."""
        self.player.faster(factor)
        self._show.speed = self.player.speed_text if self.player.playing else ""
        self._say(f"replay {self.player.speed_text}")
