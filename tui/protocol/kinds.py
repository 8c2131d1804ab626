"""What can be asked about, where: one table of task kinds, one of sites, and the endpoint they are asked at."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from tui.core.task import TRANSCRIPTION
from tui.protocol.endpoint import Endpoint


class RegionError(ValueError):
    """The host does not offer the region; the message names those it does."""


class Site(Struct, frozen=True):
    """One of Tencent Cloud's two sites: own accounts, own region lists (tencent-api.md §0.9)."""

    name: str
    host: str
    """The nearest access point. Pinned hosts (`trtc.<region>.tencentcloudapi.com`) serve both sites alike."""
    language: str
    """Of error messages, for `X-TC-Language`. English on both: the advice beside them is English too."""


class TaskKind(Struct, frozen=True):
    """A kind of cloud task and the action that describes one."""

    name: str
    """As in `TaskRef.kind`."""
    action: str
    version: str
    service: str
    statuses: tuple[str, ...]
    """The documented words, in the order of a life."""
    regions: Mapping[str, tuple[str, ...]]
    """What `X-TC-Region` may be, by the name of the site."""


INTERNATIONAL = Site("international", "trtc.intl.tencentcloudapi.com", "en-US")
CHINA = Site("china", "trtc.tencentcloudapi.com", "en-US")

SITES: Mapping[str, Site] = MappingProxyType({site.name: site for site in (INTERNATIONAL, CHINA)})

KINDS: Mapping[str, TaskKind] = MappingProxyType(
    {
        TRANSCRIPTION: TaskKind(
            name=TRANSCRIPTION,
            action="DescribeCloudTranscription",
            version="2019-07-22",
            service="trtc",
            statuses=("Idle", "InProgress", "Exited"),
            regions=MappingProxyType(
                {
                    INTERNATIONAL.name: ("ap-guangzhou", "ap-hongkong", "ap-singapore"),
                    CHINA.name: ("ap-beijing", "ap-guangzhou", "ap-hongkong", "ap-shanghai"),
                }
            ),
        )
    }
)
"""Documents 647/78746 (international) and 647/129056 (China)."""


def site_of(endpoint: Endpoint) -> Site | None:
    """The site whose nearest access point this is; None for pinned, private and loopback hosts."""
    return next((site for site in SITES.values() if site.host == endpoint.name), None)


def offered_regions(kind: TaskKind, endpoint: Endpoint) -> tuple[str, ...]:
    """The regions of `kind` behind `endpoint`, sorted: of its site, or of all sites when the host tells none."""
    site = site_of(endpoint)
    if site is not None:
        return tuple(sorted(kind.regions.get(site.name, ())))
    return tuple(sorted({region for regions in kind.regions.values() for region in regions}))


def require_region(kind: TaskKind, endpoint: Endpoint, region: str) -> None:
    """Let `region` pass when `endpoint` offers it.

    Raises:
        RegionError: it does not; the message names the regions that are offered.
    """
    offered = offered_regions(kind, endpoint)
    if region not in offered:
        raise RegionError(f"region {region!r} is not offered on {endpoint.host}: use one of {', '.join(offered)}")
