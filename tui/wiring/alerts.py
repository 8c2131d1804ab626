"""Tuned alert rules over the real doors."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from tui.adapters.alert_file import AlertFile, AlertFileError
from tui.core.tuning import Tuning, TuningError, read_options, read_tuning
from tui.ui.alert_doors import AlertDoors
from tui.wiring.account import Account


def account_alerts(account: Account, options: Sequence[str] = ()) -> AlertDoors:
    """The rules as they are kept for an account; `options` of the command line count more, for as long as it runs.

    What is changed on the screen is kept together with them.
    """
    kept = _Kept(AlertFile(alert_path(account)), tuple(options))
    return AlertDoors(kept.load, kept.save)


def alert_path(account: Account) -> Path:
    """Where the tuning of an account is kept: beside how its screen is arranged."""
    return account.view_file.parents[1] / "alerts" / account.view_file.name


class _Kept(Struct, frozen=True):
    file: AlertFile
    options: tuple[str, ...]

    def load(self) -> tuple[Tuning, str]:
        try:
            tuning, complaint = _read(self.file.load())
        except AlertFileError as error:
            tuning, complaint = Tuning(), str(error)
        return read_options(self.options, tuning), complaint

    def save(self, tuning: Tuning) -> str:
        try:
            self.file.save(tuning.texts())
        except AlertFileError as error:
            return str(error)
        return ""


def _read(texts: dict[str, str]) -> tuple[Tuning, str]:
    """The settings this version knows; and what was wrong with the others."""
    tuning, complaint = Tuning(), ""
    for rule, text in texts.items():
        try:
            tuning = read_tuning({rule: text}, tuning)
        except TuningError as mistake:
            complaint = str(mistake)
    return tuning, complaint
