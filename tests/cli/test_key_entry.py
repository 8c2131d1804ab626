import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from tests.stores import SECRET_ID, SECRET_KEY, TOKEN
from tui.adapters.credentials.errors import BadKey
from tui.cli.exits import Exit, Refusal
from tui.cli.key_entry import ask_key, piped_key

DRIVER = str(Path(__file__).with_name("login_driver.py"))
ROOT = str(Path(__file__).parents[2])


def answering(*lines: str) -> Callable[[str], str]:
    left = iter(lines)

    def ask(prompt: str) -> str:
        assert "not shown" in prompt
        line = next(left, None)
        if line is None:
            raise EOFError
        return line

    return ask


def test_a_permanent_key_is_two_questions() -> None:
    key = ask_key(answering(SECRET_ID, SECRET_KEY), with_token=False, is_terminal=True)
    assert (key.secret_id.reveal(), key.secret_key.reveal(), key.token) == (SECRET_ID, SECRET_KEY, None)


def test_a_temporary_key_is_three() -> None:
    key = ask_key(answering(SECRET_ID, SECRET_KEY, TOKEN), with_token=True, is_terminal=True)
    assert key.token is not None
    assert key.token.reveal() == TOKEN


def test_nobody_to_ask() -> None:
    with pytest.raises(Refusal, match="standard input is no terminal") as caught:
        ask_key(answering(), with_token=False, is_terminal=False)
    assert caught.value.code is Exit.USAGE


@pytest.mark.parametrize("lines", [(), (SECRET_ID,)])
def test_the_input_ends(lines: tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="Nothing was saved") as caught:
        ask_key(answering(*lines), with_token=False, is_terminal=True)
    assert caught.value.code is Exit.USAGE


def test_a_token_was_announced_and_is_empty() -> None:
    with pytest.raises(Refusal, match="token is empty"):
        ask_key(answering(SECRET_ID, SECRET_KEY, ""), with_token=True, is_terminal=True)


@pytest.mark.parametrize("lines", [(f" {SECRET_ID}", SECRET_KEY), (SECRET_ID, f"{SECRET_KEY} "), ("", SECRET_KEY)])
def test_a_slip_of_the_hand_is_refused_unseen(lines: tuple[str, str]) -> None:
    with pytest.raises(BadKey) as caught:
        ask_key(answering(*lines), with_token=False, is_terminal=True)
    assert "EXAMPLE" not in str(caught.value)


def test_a_piped_key() -> None:
    key = piped_key(io.StringIO(f'{{"secret_id": "{SECRET_ID}", "secret_key": "{SECRET_KEY}", "token": "{TOKEN}"}}\n'))
    assert (key.secret_id.reveal(), key.secret_key.reveal()) == (SECRET_ID, SECRET_KEY)
    assert key.token is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Canary",
        '["Canary"]',
        '{"Canary": "Canary"}',
        '{"secret_id": "Canary"}',
        '{"secret_id": "Canary", "secret_key": 1}',
        '{"secret_id": "Canary", "secret_key": "Canary", "tokn": "Canary"}',
        '{"secret_id": "\ud800", "secret_key": "Canary"}',
    ],
)
def test_what_is_not_that_object_is_refused_unseen(text: str) -> None:
    with pytest.raises(Refusal, match="takes one JSON object") as caught:
        piped_key(io.StringIO(text))
    assert caught.value.code is Exit.USAGE
    assert "Canary" not in str(caught.value)
    assert caught.value.__context__ is None


def test_bytes_that_are_no_text() -> None:
    stream = io.TextIOWrapper(io.BytesIO(b'{"secret_id": "\xff"}'), encoding="utf-8")
    with pytest.raises(Refusal, match="takes one JSON object") as caught:
        piped_key(stream)
    assert caught.value.__context__ is None


def test_piped_values_are_checked_like_typed_ones() -> None:
    with pytest.raises(BadKey, match="secret_key has blanks"):
        piped_key(io.StringIO('{"secret_id": "id", "secret_key": "key "}'))


class TestAtATerminal:
    @pytest.fixture
    def start(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., "pexpect.spawn[str]"]:
        monkeypatch.setenv("PYTHONPATH", ROOT)

        def start(*options: str) -> "pexpect.spawn[str]":
            return pexpect.spawn(sys.executable, [DRIVER, str(tmp_path), *options], encoding="utf-8", timeout=20)

        return start

    def test_what_is_typed_is_not_shown(self, start: Callable[..., "pexpect.spawn[str]"], tmp_path: Path) -> None:
        terminal = start("--token")
        shown = []
        for prompt, text in (("SecretId", SECRET_ID), ("SecretKey", SECRET_KEY), ("Token", TOKEN)):
            terminal.expect(rf"{prompt} \(not shown\): ")
            shown.append(str(terminal.before))
            terminal.waitnoecho(10)
            terminal.sendline(text)
        terminal.expect(pexpect.EOF)
        shown.append(str(terminal.before))
        terminal.close()
        assert terminal.exitstatus == 0
        assert "Saved profile 'prod' in Memory (SecretId AKID..1234, region ap-singapore)." in shown[-1]
        assert "token stored" in shown[-1]
        for secret in (SECRET_ID, SECRET_KEY, TOKEN):
            assert secret not in "".join(shown)
            assert secret not in (tmp_path / "profiles.toml").read_text()

    @pytest.mark.parametrize(
        ("key", "told"),
        [("c", "interrupted"), ("d", "refused 2: The input ended before the key was complete. Nothing was saved.")],
    )
    def test_going_away_is_one_line_of_its_own(
        self, start: Callable[..., "pexpect.spawn[str]"], tmp_path: Path, key: str, told: str
    ) -> None:
        terminal = start()
        terminal.expect(r"SecretId \(not shown\): ")
        terminal.waitnoecho(10)
        terminal.sendline(SECRET_ID)
        terminal.expect(r"SecretKey \(not shown\): ")
        terminal.waitnoecho(10)
        terminal.sendcontrol(key)
        terminal.expect(pexpect.EOF)
        assert str(terminal.before).splitlines() == ["", told]
        terminal.close()
        assert terminal.exitstatus == 1
        assert list(tmp_path.iterdir()) == []


def test_a_pipe_instead_of_a_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, DRIVER, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": ROOT},
        input=f"{SECRET_ID}\n{SECRET_KEY}\n", capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip
    assert done.stdout == ""
    assert done.stderr.startswith("refused 2: login asks for the key, and standard input is no terminal")
    assert list(tmp_path.iterdir()) == []
