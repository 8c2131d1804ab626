"""The environment's proxy and CA variables, over a real CONNECT proxy and real TLS."""

import asyncio
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.adapters.api.conftest import Listen, OpenApi
from tests.adapters.api.hosts import KEY, TASK, Host, http
from tests.adapters.api.proxies import Proxy, self_signed
from tui.adapters.api import TencentApi
from tui.adapters.api_setup import ApiSetupError
from tui.adapters.clock import SystemClock
from tui.core.entry import Fault
from tui.protocol.endpoint import parse_endpoint

NAME = "trtc.example.test"
ENVIRONMENT = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in (*ENVIRONMENT, "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PEM file with a key and its own certificate for `NAME`, which is its own CA."""
    file = tmp_path_factory.mktemp("tls") / "host.pem"
    file.write_bytes(self_signed(NAME))
    return file


@pytest.fixture
def trusting(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture
async def tls_host(listen: Listen, certificate: Path) -> Host:
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(certificate)
    host = await listen(trust)
    host.says(http())
    return host


@pytest.fixture
async def proxy(tls_host: Host) -> AsyncIterator[Proxy]:
    proxy = Proxy(tls_host.port)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    yield proxy
    server.close()


async def code_of(api: TencentApi) -> str:
    answer = (await api.describe(TASK)).answer
    return answer.code if isinstance(answer, Fault) else answer.status


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
async def test_the_proxy_of_the_environment(
    proxy: Proxy, trusting: None, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, f"http://user:hunter2@127.0.0.1:{proxy.port}")
    api = open_api(f"https://{NAME}")

    assert [await code_of(api), await code_of(api)] == ["Idle", "Idle"]

    assert [head.split("\r\n")[0] for head in proxy.heads] == [f"CONNECT {NAME}:443 HTTP/1.1"]
    assert f"Proxy-Authorization: Basic {b64encode(b'user:hunter2').decode()}" in proxy.heads[0]


async def test_warming_up_opens_the_connection_the_polls_use(
    proxy: Proxy, tls_host: Host, trusting: None, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    api = open_api(f"https://{NAME}")

    await api.warm_up()
    await api.describe(TASK)

    warmth, poll = tls_host.visits
    assert warmth.head.startswith("OPTIONS / HTTP/1.1")
    assert "Authorization" not in warmth.head
    assert poll.head.startswith("POST / HTTP/1.1")
    assert tls_host.connections == 1


async def test_the_way_through_the_proxy_is_told_without_its_password(
    proxy: Proxy, trusting: None, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:hunter2@127.0.0.1:{proxy.port}")
    api = open_api(f"https://{NAME}")

    new, kept = [(await api.describe(TASK)).evidence for _ in range(2)]

    for left in (new, kept):
        assert left is not None
        assert (left.proxy, left.address) == (f"127.0.0.1:{proxy.port}",) * 2
        assert left.sent is not None
        assert left.sent.method == "POST"
        assert left.answered is not None
        assert left.answered.reason == "OK"
        assert "hunter2" not in repr(left)
        assert b64encode(b"user:hunter2").decode() not in repr(left)
    assert new is not None
    assert new.timing.connect_us is not None
    assert new.timing.tls_us is not None
    assert kept is not None
    assert kept.timing.tls_us is None


async def test_a_proxy_that_was_found_while_warming_up_is_told(
    proxy: Proxy, trusting: None, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    api = open_api(f"https://{NAME}")

    await api.warm_up()
    left = (await api.describe(TASK)).evidence

    assert left is not None
    assert left.proxy == f"127.0.0.1:{proxy.port}"


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
async def test_the_ca_of_the_environment(
    proxy: Proxy, certificate: Path, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    monkeypatch.setenv(variable, str(certificate))

    assert await code_of(open_api(f"https://{NAME}")) == "Idle"


async def test_the_way_through_the_proxy_is_no_latency(
    proxy: Proxy, trusting: None, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is timed begins when the request itself goes out, not with TCP, CONNECT and TLS."""
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")

    exchange = await open_api(f"https://{NAME}").describe(TASK)

    assert exchange.sent_us >= proxy.opened_us > 0


async def test_a_certificate_nobody_vouches_for(
    proxy: Proxy, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
    api = open_api(f"https://{NAME}")

    await api.warm_up()
    answer = (await api.describe(TASK)).answer

    assert isinstance(answer, Fault)
    assert answer.code == "Transport.TlsFailed"
    assert answer.message == f"{NAME}: self-signed certificate"


async def test_a_proxy_that_refuses(proxy: Proxy, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy.refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:hunter2@127.0.0.1:{proxy.port}")

    answer = (await open_api(f"https://{NAME}").describe(TASK)).answer

    assert isinstance(answer, Fault)
    assert answer.code == "Transport.ProxyRefused"
    assert answer.message == f"{NAME}: 407 Proxy Authentication Required"


async def test_a_proxy_that_refuses_leaves_its_answer_and_no_request(
    proxy: Proxy, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nServer: squid\r\n\r\n"
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:hunter2@127.0.0.1:{proxy.port}")

    left = (await open_api(f"https://{NAME}").describe(TASK)).evidence

    assert left is not None
    assert left.sent is None
    assert left.answered is not None
    assert (left.answered.http_status, dict(left.answered.headers)["Server"]) == (407, "squid")


async def test_no_proxy_is_asked_for_loopback(
    proxy: Proxy, host: Host, open_api: OpenApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.port}")
    host.says(http())

    assert await code_of(open_api(f"http://127.0.0.1:{host.port}")) == "Idle"
    assert await code_of(open_api(f"http://localhost:{host.port}")) == "Idle"
    assert await code_of(open_api(f"https://127.0.0.1:{proxy.target}")) == "Transport.TlsFailed"
    assert proxy.heads == []


@pytest.mark.parametrize("value", ["socks5://127.0.0.1:1", "ftp://h:1", "http://user:hunter2@h:x"])
def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", value)

    with pytest.raises(ApiSetupError, match="write HTTPS_PROXY=") as refusal:
        TencentApi(KEY, parse_endpoint(f"https://{NAME}"), SystemClock())
    assert "hunter2" not in str(refusal.value)
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_ca_file_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    with pytest.raises(ApiSetupError, match=r"SSL_CERT_FILE=.*ca\.pem holds no CA certificates"):
        TencentApi(KEY, parse_endpoint(f"https://{NAME}"), SystemClock())
