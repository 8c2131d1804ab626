"""A journal against the documentation."""

from pathlib import Path

from tui.adapters.journal.bundle import opened
from tui.adapters.journal.conduct import conduct
from tui.core.checking import findings
from tui.core.conformance import Found


def check(recording: Path) -> list[Found]:
    """What was found in a journal or a bundle, in order: seconds for 10 million polls.

    Raises:
        JournalError: it cannot be read.
    """
    with opened(recording) as journal:
        return list(findings(conduct(journal)))
