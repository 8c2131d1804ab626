"""The screen over a session."""

import gc
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tui.adapters.clock import SystemClock
from tui.adapters.view_file import ViewFile, ViewFileError
from tui.core.breakpoint import Breakpoint
from tui.core.task import TaskRef
from tui.engine.session import Session
from tui.render.header import Identity
from tui.render.view import View, from_json, to_json
from tui.ui.app import TrtcApp
from tui.ui.pages import Page
from tui.ui.source import Source
from tui.wiring.account import Account
from tui.wiring.alerts import account_alerts
from tui.wiring.breaks import account_breaks
from tui.wiring.looking_back import open_lookups, open_scrubbing
from tui.wiring.travel import open_travel

GLANCE_S = 0.2
"""A first frame without the tasks would only be drawn to be drawn again."""


def show(session: Session, account: Account, breaks: Sequence[Breakpoint] = (), alerts: Sequence[str] = ()) -> int:
    """Show `session` until the operator leaves, and poll from the first frame on; the exit code.

    Args:
        breaks: what the command line wants to stop at, beside what is kept for the account.
        alerts: how it tunes the alert rules, as `core.tuning.read_options` reads it.
    """
    view_file = ViewFile(account.view_file)
    source = Source(
        asks=session,
        take=session.take,
        listen=session.listen,
        shown=partial(_begin, session),
        attend=session.attend,
        failure=lambda: session.failure,
        now_us=SystemClock().now_us,
        load_view=lambda: _load(view_file),
        save_view=lambda view: _save(view_file, view),
        open_travel=partial(open_travel, account.journal),
        open_scrubbing=partial(open_scrubbing, account.journal),
        open_lookups=partial(open_lookups, account.journal),
        open_recording=_open_recording,
        close=_nothing,
        identity=Identity(
            profile=account.profile,
            region=account.region or "",
            sdk_app_id=account.sdk_app_id,
            key_source=account.key_source,
            masked_id=account.masked_id,
        ),
        breaks=account_breaks(session, account, breaks),
        alerts=account_alerts(account, alerts),
        inspector=partial(_inspector, account),
    )
    app = TrtcApp(source)
    session.wait_glance(GLANCE_S)
    app.run()
    return app.return_code or 0


def replay(file: Path, frame: int | None, breaks: Sequence[Breakpoint] = ()) -> int:
    """Show the recording in `file`, at `frame` or at its end, until the operator leaves; the exit code.

    Args:
        breaks: what the command line wants to stop at.

    Raises:
        JournalError: it cannot be read.
    """
    source = _open_recording(file, breaks)
    gc.enable()
    app = TrtcApp(source, frame)
    app.run()
    return app.return_code or 0


def _open_recording(file: Path, breaks: Sequence[Breakpoint] = ()) -> Source:
    from tui.wiring.recording import open_recording

    return open_recording(file, breaks)


def _nothing() -> None:
    """A session is stopped by whoever made it."""


def _begin(session: Session) -> None:
    """The first frame is drawn: what was put off for it may come."""
    # Values have no cycles, but Textual's messages do: 10,000 of them waiting are 1 MB, and looked through in 1 ms.
    gc.set_threshold(10_000, 10, 10)
    gc.freeze()
    gc.enable()
    session.poll()


def _inspector(account: Account, task: TaskRef, name: str, frame: int) -> Page:
    from tui.ui.dialogs.inspector import Inspector
    from tui.wiring.inspection import JournalInspector

    return Inspector(JournalInspector(account.journal, account.endpoint, account.keys), task, name, frame)


def _load(file: ViewFile) -> View:
    try:
        return from_json(file.load() or "")
    except ViewFileError:
        return View()  # how things looked is not worth an error before the first screen


def _save(file: ViewFile, view: View) -> None:
    try:
        file.save(to_json(view))
    except ViewFileError:
        return  # the journal says it louder when the disk is full
