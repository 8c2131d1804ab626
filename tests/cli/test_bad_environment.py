"""Variables of the environment that the API door cannot use: one line, from commands with and without a screen."""

from pathlib import Path

import pytest

from tests.pty.program import run
from tests.pty.terminal import screen

NOWHERE = ["--endpoint", "https://127.0.0.1:9", "--region", "ap-singapore", "--sdk-app-id", "1400000000"]


@pytest.mark.parametrize("command", ["describe", "record"])
def test_a_ca_file_without_certificates_is_named(command: str, tmp_path: Path) -> None:
    empty = tmp_path / "ca.pem"
    empty.write_text("")
    ended = run(command, "studio.", *NOWHERE, home=tmp_path, changes={"SSL_CERT_FILE": str(empty)})
    assert ended.code == 2
    assert ended.err.splitlines()[-1].startswith(f"trtc-tui: SSL_CERT_FILE={empty}")
    assert "Traceback" not in ended.err


def test_the_screen_gives_way_to_the_line(tmp_path: Path) -> None:
    empty = tmp_path / "ca.pem"
    empty.write_text("")
    with screen(["watch", "studio.", *NOWHERE], tmp_path, changes={"SSL_CERT_FILE": str(empty)}) as s:
        s.shows("SSL_CERT_FILE")
        s.quits_with(2)
