"""`trtc-tui [TASK…]`, also `trtc-tui watch`: the screen over the tasks of an account."""

import sys

from tui.cli.account_choice import Choice, choose, require_regions
from tui.cli.options import EndpointUrl, Profile, Region, SdkAppId, StateDir, TaskOption, Tasks
from tui.cli.refusals import refusing
from tui.cli.task_list import named_tasks
from tui.cli.terminal import require_screen, take_keyboard


def watch(
    tasks: Tasks = None,
    *,
    task: TaskOption = None,
    profile: Profile = None,
    region: Region = None,
    sdk_app_id: SdkAppId = None,
    endpoint: EndpointUrl = None,
    state_dir: StateDir = None,
) -> int:
    """Watch tasks on a screen; without TASK, those watched last time."""
    from tui.wiring.session import make_session

    require_screen()
    with refusing():
        account = choose(Choice(profile, region, sdk_app_id, endpoint, state_dir))
        named = named_tasks(
            [*(tasks or ()), *(task or ())], sys.stdin, region=account.region, sdk_app_id=account.sdk_app_id
        )
        require_regions(account, named)
        take_keyboard()
        session = make_session(account)
        session.open()
    try:
        from tui.wiring.screen import show

        for one in named:
            session.watch(one.task, one.name)
        return show(session, account)
    finally:
        session.stop()
