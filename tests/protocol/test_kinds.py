import pytest

from tui.protocol.endpoint import parse_endpoint
from tui.protocol.kinds import CHINA, INTERNATIONAL, KINDS, SITES, RegionError, offered_regions, require_region, site_of

TRANSCRIPTION = KINDS["transcription"]
ALL = ("ap-beijing", "ap-guangzhou", "ap-hongkong", "ap-shanghai", "ap-singapore")


@pytest.mark.parametrize(
    ("endpoint", "site", "regions"),
    [
        ("https://trtc.intl.tencentcloudapi.com", INTERNATIONAL, ("ap-guangzhou", "ap-hongkong", "ap-singapore")),
        ("https://trtc.tencentcloudapi.com", CHINA, ("ap-beijing", "ap-guangzhou", "ap-hongkong", "ap-shanghai")),
        ("https://trtc.ap-singapore.tencentcloudapi.com", None, ALL),
        ("https://trtc.internal.tencentcloudapi.com", None, ALL),
        ("http://127.0.0.1:8080", None, ALL),
    ],
)
def test_what_an_endpoint_offers(endpoint: str, site: object, regions: tuple[str, ...]) -> None:
    assert site_of(parse_endpoint(endpoint)) is site
    assert offered_regions(TRANSCRIPTION, parse_endpoint(endpoint)) == regions


def test_a_region_that_is_not_offered_is_refused_with_those_that_are() -> None:
    endpoint = parse_endpoint(f"https://{INTERNATIONAL.host}")

    require_region(TRANSCRIPTION, endpoint, "ap-singapore")
    with pytest.raises(RegionError) as refusal:
        require_region(TRANSCRIPTION, endpoint, "ap-shanghai")
    assert str(refusal.value) == (
        "region 'ap-shanghai' is not offered on trtc.intl.tencentcloudapi.com: "
        "use one of ap-guangzhou, ap-hongkong, ap-singapore"
    )


def test_a_kind_names_regions_for_known_sites_only() -> None:
    for kind in KINDS.values():
        assert set(kind.regions) <= set(SITES)
