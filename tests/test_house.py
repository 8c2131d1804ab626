"""The rules of the house, checked by their own tools: what CI would refuse, a test refuses first."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

RULES = {
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "floors": ("lint-imports",),
}


@pytest.mark.parametrize("rule", RULES)
def test_rule(rule: str) -> None:
    tool, *arguments = RULES[rule]
    done = subprocess.run(
        [Path(sys.executable).with_name(tool), *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"\n{done.stdout}{done.stderr}"
