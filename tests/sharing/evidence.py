"""What server and journal together prove."""

from collections import Counter
from pathlib import Path

from tests.sharing.crew import Crew
from tui.adapters.journal import JournalReader
from tui.core.entry import Entry, Poll
from tui.engine.poller import IN_FLIGHT
from tui.simulator.traffic import LIMIT, Arrival

SECOND_US = 1_000_000


def most_in_a_second(times_us: list[int]) -> int:
    """The most of them that any half-open second holds."""
    most, first = 0, 0
    for last, at_us in enumerate(times_us):
        while at_us - times_us[first] >= SECOND_US:
            first += 1
        most = max(most, last - first + 1)
    return most


def rate_per_s(times_us: list[int], from_us: int, to_us: int) -> float:
    """How many of them there were a second, in that time."""
    return sum(from_us <= at_us < to_us for at_us in times_us) * 1e6 / (to_us - from_us)


def entries_of(journal: Path) -> list[tuple[int, Entry]]:
    """Everything, in order."""
    reader = JournalReader(journal)
    entries: list[tuple[int, Entry]] = []
    while found := reader.after(entries[-1][0] if entries else 0):
        entries += found
    reader.close()
    return entries


class Evidence:
    """Gathered when all workers are gone."""

    def __init__(self, crew: Crew) -> None:
        self.arrivals: list[Arrival] = crew.server.arrivals()
        self.entries = entries_of(crew.journal)
        self.times_us = sorted(arrival.at_us for arrival in self.arrivals)
        self._struck_us = {member.secret_id: member.struck_us for member in crew.members}

    @property
    def polls(self) -> list[Poll]:
        return [entry for _, entry in self.entries if isinstance(entry, Poll)]

    @property
    def most(self) -> int:
        """The most arrivals in any second."""
        return most_in_a_second(self.times_us)

    @property
    def lost(self) -> list[Arrival]:
        """Requests of the workers that are not in the journal."""
        written = {poll.request_id for poll in self.polls}
        return [one for one in self.arrivals if one.secret_id in self._struck_us and one.request_id not in written]

    def holds(self) -> None:
        """The limit was kept, and the journal is the truth."""
        self.limit_was_kept()
        self.nothing_is_doubled()
        self.nothing_is_missing()

    def limit_was_kept(self) -> None:
        assert self.most <= LIMIT, self._busiest_second()

    def _busiest_second(self) -> str:
        """For a failure: who sent what when, and when it was sent according to the journal."""
        times_us = self.times_us
        end = max(range(len(times_us)), key=lambda last: most_in_a_second(times_us[max(0, last - LIMIT) : last + 1]))
        sent = {poll.request_id: (poll.sent_us, poll.reason) for poll in self.polls}
        return "\n".join(
            f"{arrival.at_us} {arrival.secret_id} {sent.get(arrival.request_id)}"
            for arrival in self.arrivals
            if -2 * SECOND_US < arrival.at_us - times_us[end] < SECOND_US
        )

    def nothing_is_doubled(self) -> None:
        assert [frame for frame, _ in self.entries] == list(range(1, len(self.entries) + 1))
        written = Counter(poll.request_id for poll in self.polls)
        assert set(written.values()) <= {1}
        assert written.keys() <= {arrival.request_id for arrival in self.arrivals}

    def nothing_is_missing(self) -> None:
        """But for what was under way when its sender was killed, stopped or ended."""
        excused: Counter[tuple[str, int]] = Counter()
        for arrival in self.lost:
            strikes = [at_us for at_us in self._struck_us[arrival.secret_id] if abs(arrival.at_us - at_us) < SECOND_US]
            assert strikes, f"{arrival} is not in the journal"
            excused[arrival.secret_id, strikes[0]] += 1
        assert max(excused.values(), default=0) <= IN_FLIGHT
