"""Giving memory back to the system."""

import sys


def give_back() -> None:
    """Hand back what was freed and is still kept: with glibc, every thread keeps its own.

    Worth its milliseconds after thousands of rows were read or written at once. Does nothing where it cannot be asked.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 - 5 ms; a first frame does not wait for them

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
