"""A time when nobody looked is in the journal, once, with its cause and its length."""

import signal
from pathlib import Path

from tests.sharing.crew import crew, let_pass, now_us
from tests.sharing.evidence import Evidence
from tui.core.entry import Gap, GapCause
from tui.core.timeline import fold

SLACK_US = 1_000_000
"""From the last look to the blow, and from waking to the first look: some slots of a busy host."""


def gap_of(evidence: Evidence, cause: GapCause, struck_us: int, mended_us: int) -> None:
    """There is exactly one, of this cause, from the last look before `struck_us` to the first after `mended_us`."""
    assert [entry.cause for _, entry in evidence.entries if isinstance(entry, Gap)] == [cause]
    tool = fold(evidence.entries).tool
    (gap,) = tool.gaps
    assert tool.gap is None
    assert gap.until_us is not None
    last_us = max(poll.at_us for poll in evidence.polls if poll.at_us < gap.since_us + SLACK_US)
    assert abs(gap.since_us - last_us) < SLACK_US
    dark_us = mended_us - struck_us
    assert dark_us - SLACK_US < gap.until_us - gap.since_us < dark_us + SLACK_US


def test_no_process_at_all(tmp_path: Path) -> None:
    with crew(tmp_path, workers=2) as all_of_us:
        first = all_of_us.join()
        first.hears("polling")
        let_pass(3)
        killed_us = first.strike(signal.SIGKILL)
        let_pass(3)
        second = all_of_us.join()
        second.hears("polling")
        _, back_us = all_of_us.first_after(killed_us, but=first)
        let_pass(3)
        second.leave()
        evidence = Evidence(all_of_us)
    evidence.holds()
    gap_of(evidence, GapCause.NO_POLLER, killed_us, back_us)


def test_the_only_process_stopped_and_continued(tmp_path: Path) -> None:
    with crew(tmp_path, workers=1) as all_of_us:
        only = all_of_us.join()
        only.hears("polling")
        let_pass(3)
        stopped_us = only.strike(signal.SIGSTOP)
        let_pass(4)
        only.strike(signal.SIGCONT)
        woken_us = now_us()
        let_pass(3)
        only.leave()
        evidence = Evidence(all_of_us)
    evidence.holds()
    gap_of(evidence, GapCause.ASLEEP, stopped_us, woken_us)
