"""`python -m tui` and the command `trtc-tui`."""

import sys

from tui.cli.main import run


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
