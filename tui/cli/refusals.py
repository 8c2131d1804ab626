"""From what the floors below raise to the one line and the exit code for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from tui.adapters.api_setup import ApiSetupError
from tui.adapters.credentials.errors import CredentialError
from tui.cli.credential_refusals import refusal_of
from tui.cli.exits import Exit, Refusal
from tui.core.fault import FaultClass
from tui.engine.ports import JournalError, NoKey
from tui.protocol.endpoint import EndpointError
from tui.protocol.kinds import RegionError

FAULT_EXITS = {
    FaultClass.END: Exit.NO,
    FaultClass.OURS: Exit.USAGE,
    FaultClass.AUTH: Exit.AUTH,
    FaultClass.CLOCK: Exit.AUTH,
    FaultClass.THROTTLED: Exit.THROTTLED,
    FaultClass.NETWORK: Exit.NETWORK,
    FaultClass.SERVICE: Exit.SERVICE,
}
"""What a shell sees of a poll that told no status. A wrong clock is refused as a wrong signature is."""


@contextmanager
def refusing() -> Iterator[None]:
    """Turn errors of the user's making, or of this machine's, into a `Refusal`."""
    try:
        yield
    except CredentialError as error:
        raise refusal_of(error) from None
    except NoKey as error:
        raise Refusal(Exit.NO_STORE, str(error)) from None
    except (EndpointError, RegionError, JournalError, ApiSetupError) as error:
        raise Refusal(Exit.USAGE, str(error)) from None


def require_no_failure(failure: BaseException | None) -> None:
    """Let a session pass that ended because somebody wanted it to.

    Raises:
        Refusal: its engine ended by itself: this machine's doing, or a bug of ours.
    """
    if isinstance(failure, JournalError | ApiSetupError):
        raise Refusal(Exit.USAGE, str(failure))
    if failure is not None:
        cause = failure.exceptions[0] if isinstance(failure, BaseExceptionGroup) else failure
        raise Refusal(
            Exit.NO, f"the engine ended by a bug of trtc-tui, {type(cause).__name__}: {cause}. Nothing is lost"
        )
