"""Any order of events: processes campaign, renew, send, stop, wake, leave and die, and the clock runs."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.adapters.journal.boots import SetClock
from tui.adapters.journal import JournalReader
from tui.adapters.journal.lease import JournalLease
from tui.core.lease import TTL_US, Tenure
from tui.engine.ports import Deposed

PROCESSES = 3
some = st.integers(0, PROCESSES - 1)


class Contest(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "journal.sqlite3"
        self.clock = SetClock()
        self.leases = [self.opened() for _ in range(PROCESSES)]
        self.tenures: dict[int, Tenure] = {}
        """What each process believes."""
        self.renewed_us: dict[int, int] = {}
        self.poller: int | None = None
        self.epoch = 0
        self.last_us = 0
        self.spacing_us = 0
        self.reader = JournalReader(self.path)
        self.reader._boot = self.clock.boot

    def opened(self) -> JournalLease:
        lease = JournalLease(self.path, "somebody")
        lease._boot = self.clock.boot
        return lease

    def teardown(self) -> None:
        self.reader.close()
        for lease in self.leases:
            lease.close()
        self.folder.cleanup()

    @rule(number=some)
    def campaign(self, number: int) -> None:
        if number == self.poller:
            return
        tenure = self.leases[number].campaign()
        if self.poller is None:
            assert tenure is not None
        elif self.clock.now_us - self.renewed_us[self.poller] <= TTL_US:
            assert tenure is None
        else:
            assert tenure is not None
        if tenure is not None:
            assert tenure.epoch > self.epoch
            assert bool(tenure.predecessor) is (self.poller is not None or self.poller_died)
            self.epoch, self.poller, self.poller_died = tenure.epoch, number, False
            self.tenures[number] = tenure
            self.renewed_us[number] = self.clock.now_us

    poller_died = False

    def refused(self, number: int, tenure: Tenure) -> bool:
        """Whether `number` must be told that it polls no more."""
        return self.poller != number or tenure.epoch != self.epoch

    @rule(number=some)
    def renew(self, number: int) -> None:
        if tenure := self.tenures.get(number):
            try:
                self.leases[number].renew(tenure)
            except Deposed:
                assert self.refused(number, tenure)
                del self.tenures[number]
            else:
                assert not self.refused(number, tenure)
                self.renewed_us[number] = self.clock.now_us

    @rule(number=some, interval_us=st.integers(1_000, 1_000_000))
    def reserve(self, number: int, interval_us: int) -> None:
        if tenure := self.tenures.get(number):
            try:
                slot = self.leases[number].reserve(tenure, interval_us)
            except Deposed:
                assert self.refused(number, tenure)
                del self.tenures[number]
            else:
                assert not self.refused(number, tenure)
                self.take(slot.at_us)
                self.spacing_us = interval_us

    @rule(number=some)
    def describe(self, number: int) -> None:
        self.take(self.leases[number].reserve(None).at_us)
        self.spacing_us = self.spacing_us or 55_556

    def take(self, at_us: int) -> None:
        assert at_us == max(self.clock.now_us, self.last_us + self.spacing_us)
        self.last_us = at_us

    @rule(number=some)
    def leave(self, number: int) -> None:
        if tenure := self.tenures.pop(number, None):
            self.leases[number].release(tenure)
            if not self.refused(number, tenure):
                self.poller = None

    @rule(number=some)
    def die(self, number: int) -> None:
        had_lock = self.leases[number]._lock.take() if number == self.poller else False
        row_says_so = self.reader._connection.execute("SELECT locked FROM lease").fetchall() == [(1,)]
        self.leases[number].close()
        self.leases[number] = self.opened()
        self.tenures.pop(number, None)
        if number == self.poller and had_lock and row_says_so:
            self.poller, self.poller_died = None, True

    @rule(duration_us=st.integers(0, 2 * TTL_US))
    def time_passes(self, duration_us: int) -> None:
        self.clock.now_us += duration_us

    @invariant()
    def the_present_poller_is_told(self) -> None:
        view = self.reader.lease()
        if self.poller is not None and self.clock.now_us - self.renewed_us[self.poller] <= TTL_US:
            assert view.owner == self.leases[self.poller]._owner or self.poller not in self.tenures
            assert view.rate_per_s > 0


TestContest = Contest.TestCase
TestContest.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
