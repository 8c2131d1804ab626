"""`profiles`: what is known of each profile. Reads no secret and asks no store."""

from collections.abc import Callable

from tui.adapters.credentials.profiles import Profile, Profiles
from tui.cli.credential_refusals import refusing
from tui.render.text import cells, column

_HEADINGS = ("NAME", "STORE", "REGION", "SDKAPPID", "SECRETID", "ENDPOINT")
_GAP = "  "


def list_profiles(profiles: Profiles, tell: Callable[[str], None]) -> None:
    """Tell one line per profile under a line of headings.

    Raises:
        Refusal: `profiles.toml` cannot be used.
    """
    with refusing():
        known = profiles.load()
    if not known:
        tell("No profiles yet: type trtc-tui login --profile NAME")
        return
    rows = [_HEADINGS, *(_row(profile) for profile in known.values())]
    widths = [max(cells(row[index]) for row in rows) for index in range(len(_HEADINGS))]
    for row in rows:
        tell(_GAP.join(column(text, width) for text, width in zip(row, widths, strict=True)).rstrip())


def _row(profile: Profile) -> tuple[str, ...]:
    return (
        profile.name,
        profile.store,
        profile.region or "-",
        str(profile.sdk_app_id or "-"),
        profile.secret_id_masked,
        profile.endpoint or "-",
    )
