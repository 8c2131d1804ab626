"""Tuned alert rules from a file and from the command line."""

from pathlib import Path

import pytest

from tui.core.tuning import Tuning, read_options
from tui.protocol.endpoint import parse_endpoint
from tui.simulator.keys import DEMO_CREDENTIAL
from tui.wiring.account import Account, FixedKeys
from tui.wiring.alerts import account_alerts, alert_path


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return Account(
        profile="test",
        journal=tmp_path / "journals" / "a.sqlite3",
        view_file=tmp_path / "views" / "a.json",
        endpoint=parse_endpoint("http://127.0.0.1:1"),
        region=None,
        sdk_app_id=None,
        keys=FixedKeys(DEMO_CREDENTIAL),
        key_source="a test",
        masked_id="",
    )


def test_what_was_tuned_is_there_after_a_restart(account: Account) -> None:
    assert account_alerts(account).load() == (Tuning(), "")
    tuned = read_options(["idle-long=120s", "exit-unseen=off"])
    assert account_alerts(account).save(tuned) == ""
    again, complaint = account_alerts(account).load()
    assert (again.texts(), complaint) == (tuned.texts(), "")


def test_an_option_counts_more_than_what_was_kept(account: Account) -> None:
    account_alerts(account).save(read_options(["idle-long=120s", "stale=30s"]))
    tuning, _ = account_alerts(account, ["idle-long=60s"]).load()
    assert tuning.texts() == {"idle-long": "60s", "stale": "30s"}
    assert account_alerts(account).load()[0].texts() == {"idle-long": "120s", "stale": "30s"}


def test_a_rule_of_another_version_hinders_no_other(account: Account) -> None:
    path = alert_path(account)
    path.parent.mkdir(parents=True)
    path.write_text('{"of another version": "7s", "idle-long": "120s"}')
    tuning, complaint = account_alerts(account).load()
    assert tuning.texts() == {"idle-long": "120s"}
    assert complaint.startswith("there is no alert rule 'of another version'")


def test_what_is_damaged_is_said_and_stays(account: Account) -> None:
    path = alert_path(account)
    path.parent.mkdir(parents=True)
    path.write_text("{")
    tuning, complaint = account_alerts(account, ["stale=30s"]).load()
    assert tuning.texts() == {"stale": "30s"}
    assert "are damaged" in complaint
    assert "are damaged" in account_alerts(account).save(tuning)
    assert path.read_text() == "{"
