"""A journal against the documentation."""

from pathlib import Path

from tui.adapters.journal.conduct import conduct
from tui.core.checking import findings
from tui.core.conformance import Found


def check(journal: Path) -> list[Found]:
    """What was found, in order: seconds for 10 million polls.

    Raises:
        JournalError: it cannot be read.
    """
    return list(findings(conduct(journal)))
