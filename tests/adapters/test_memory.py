import platform
import subprocess
import sys

import pytest

FREED = """
from pathlib import Path
from tui.adapters.memory import give_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

rows = [bytes(1000) for _ in range(60_000)]
last = rows[-1]  # it stands behind all others, so that the C library cannot give them back by itself
del rows
before = resident()
give_back()
print(before - resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be asked")
def test_freed_memory_goes_back_to_the_system() -> None:
    told = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 30_000_000
