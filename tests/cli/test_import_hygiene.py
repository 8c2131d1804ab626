"""What a command does not need it does not load: start-up time, and floors that hold at run time too."""

import json
import subprocess
import sys
from pathlib import Path

from tests.pty.program import environment
from tests.pty.stage import Stage

HEAVY = {"textual", "rich", "httpx", "keyring", "secretstorage", "starlette", "uvicorn", "sqlite3", "rule_engine"}

LOADED = """
import json, sys
from tui.cli.main import run
code = run(sys.argv[1:])
json.dump({"code": code, "loaded": sorted({name.partition(".")[0] for name in sys.modules})}, sys.stdout)
"""


def loaded_by(program: str, *arguments: str, home: Path) -> tuple[int, set[str]]:
    """Exit code and top-level packages loaded after the command line `arguments` has run."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment(home),
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    return told["code"], set(told["loaded"])


def test_the_command_line_by_itself(home: Path) -> None:
    program = LOADED.replace("run(sys.argv[1:])", "0")
    assert loaded_by(program, home=home)[1] & HEAVY == set()


def test_recording_needs_no_screen(home: Path, stage: Stage) -> None:
    stage.plays("studio.", "InProgress")
    code, loaded = loaded_by(LOADED, "record", "studio.", "--for=0.5s", *stage.options, home=home)
    assert code == 0
    assert loaded & {"textual", "starlette", "uvicorn", "rule_engine"} == set()
    assert loaded & {"click", "pygments"} == set(), "httpx has loaded its own command line"
    assert {"httpx", "sqlite3"} <= loaded


def test_tailing_asks_nobody(home: Path, stage: Stage) -> None:
    loaded_by(LOADED, "record", "studio.", "--for=0.5s", *stage.options, home=home)
    code, loaded = loaded_by(LOADED, "tail", "--no-follow", "--lines=0", f"--endpoint={stage.url}", home=home)
    assert code == 0
    assert loaded & {"textual", "httpx", "keyring", "secretstorage", "starlette", "uvicorn", "rule_engine"} == set()


def test_a_command_that_is_refused_loads_nothing_heavy(home: Path) -> None:
    code, loaded = loaded_by(LOADED, "simulate", "--port=65536", home=home)
    assert code == 2
    assert loaded & HEAVY == set()


def test_a_list_of_tasks_needs_no_grammar(home: Path) -> None:
    program = LOADED.replace("from tui.cli.main import run", "import tui.ui.app, tui.wiring.screen").replace(
        "run(sys.argv[1:])", "0"
    )
    assert "rule_engine" not in loaded_by(program, home=home)[1]
