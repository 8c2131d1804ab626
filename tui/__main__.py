"""`python -m tui` and the command `trtc-tui`."""

import gc
import sys

# A start makes many objects that stay: looking for garbage among them costs a twentieth of the time to the first frame.
# `cli.main` switches it on again, or whoever has drawn that frame.
gc.disable()
# A screen that waits for the poller must not wait long.
sys.setswitchinterval(0.001)

from tui.cli.main import run  # noqa: E402 - the line above is for what this one loads


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
