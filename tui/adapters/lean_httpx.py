"""httpx without its command line: that would load click, pygments and half of rich with it, 3 MiB that nobody uses."""

import sys
from types import ModuleType

# An empty module in its place: httpx takes it for a command line whose dependencies are not installed.
sys.modules.setdefault("httpx._main", ModuleType("httpx._main"))

import httpx  # noqa: E402 - the line above is for what this one loads

__all__ = ["httpx"]
