"""`--alert`: what is wrong with a setting is said before there is a screen."""

from pathlib import Path

import pytest

from tests.pty.program import run


@pytest.mark.parametrize("command", ["watch", "demo"])
@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("idel-long=120s", "--alert: there is no alert rule 'idel-long': did you mean idle-long?"),
        ("idle-long=soon", "--alert: 'soon' is no setting of idle-long: write 300s (1 to 604800), on or off"),
        ("blind=off", "--alert: blind cannot be switched off: the tool cannot see, or nobody polls"),
    ],
)
def test_a_mistake_names_the_nearest_rule_or_what_to_write(home: Path, command: str, setting: str, told: str) -> None:
    ended = run(command, f"--alert={setting}", home=home)
    assert (ended.code, ended.out, ended.complaint) == (2, "", told)


@pytest.mark.parametrize("command", ["watch", "demo"])
def test_what_is_a_setting_is_no_mistake(home: Path, command: str) -> None:
    ended = run(command, "--alert=idle-long=120s", "--alert=exit-unseen=off", home=home)
    assert "--alert" not in ended.complaint, "there is no terminal, and nothing else is wrong"
