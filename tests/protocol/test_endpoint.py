import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.protocol.endpoint import Endpoint, EndpointError, parse_endpoint


@pytest.mark.parametrize(
    ("text", "scheme", "host", "is_loopback"),
    [
        ("https://trtc.intl.tencentcloudapi.com", "https", "trtc.intl.tencentcloudapi.com", False),
        (" HTTPS://TRTC.tencentcloudapi.com:443/ ", "https", "trtc.tencentcloudapi.com", False),
        ("https://trtc.example.com:8443", "https", "trtc.example.com:8443", False),
        ("https://127.0.0.1", "https", "127.0.0.1", True),
        ("http://127.0.0.1:8080/", "http", "127.0.0.1:8080", True),
        ("http://127.9.8.7:80", "http", "127.9.8.7", True),
        ("http://localhost:443", "http", "localhost:443", True),
        ("http://[::1]:9000", "http", "[::1]:9000", True),
    ],
)
def test_endpoints_that_may_be_asked(text: str, scheme: str, host: str, *, is_loopback: bool) -> None:
    endpoint = parse_endpoint(text)

    assert (endpoint.scheme, endpoint.host, endpoint.is_loopback) == (scheme, host, is_loopback)
    assert endpoint.url == f"{scheme}://{host}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("http://trtc.tencentcloudapi.com", "plain http"),
        ("http://127.0.0.1.example.com", "plain http"),
        ("http://127.1", "plain http"),
        ("http://0.0.0.0:80", "plain http"),
        ("http://[::2]", "plain http"),
        ("ftp://127.0.0.1", "https scheme"),
        ("trtc.tencentcloudapi.com", "no scheme"),
        ("https://trtc.example.com/v2", "more than"),
        ("https://trtc.example.com?x=1", "more than"),
        ("https://trtc.example.com#x", "more than"),
        ("https://", "valid host"),
        ("https://a..b", "valid host"),
        ("https://-a.example", "valid host"),
        ("https://a b", "valid host"),
        ("https://腾讯.example", "valid host"),
        ("https://xn--a.example", "valid host"),
        (f"https://{'a' * 64}.example", "valid host"),
        ("https://[fe80::1%25eth0]", "valid host"),
        ("https://h:0", "valid port"),
        ("https://h:65536", "no URL"),
        ("https://h:http", "no URL"),
        ("https://[::1", "no URL"),
        ("", "no scheme"),
    ],
)
def test_endpoints_that_are_refused(text: str, reason: str) -> None:
    with pytest.raises(EndpointError, match=reason):
        parse_endpoint(text)


def test_a_password_in_an_endpoint_is_refused_and_not_repeated() -> None:
    with pytest.raises(EndpointError, match="no user or password") as refusal:
        parse_endpoint("https://user:hunter2@trtc.example.com")
    assert "hunter2" not in str(refusal.value)


def test_no_way_leads_to_plain_http_elsewhere() -> None:
    with pytest.raises(EndpointError, match="plain http"):
        Endpoint("http", "trtc.tencentcloudapi.com")


@given(st.text(max_size=60) | st.builds("https://{}".format, st.text(max_size=60)))
def test_any_text_is_an_endpoint_or_refused(text: str) -> None:
    try:
        endpoint = parse_endpoint(text)
    except EndpointError:
        return
    assert parse_endpoint(endpoint.url) == endpoint
