"""Our own codes, for answers that never came or that the API did not write. They begin with `Transport.`"""

from tui.core.fault import WRONG_TASK, FaultClass
from tui.protocol.error_info import ErrorInfo, Owner

_NETWORK, _SERVICE = FaultClass.NETWORK, FaultClass.SERVICE
_PATH, _TENCENT = Owner.NETWORK, Owner.TENCENT

_CHECK_PATH = "Check network, VPN and HTTPS_PROXY; curl -v against the host shows which step fails."
_CHECK_PROXY = "Look at the answer's body: a proxy or captive portal wrote it; check HTTPS_PROXY, or sign in there."
_CHECK_ENDPOINT = "Check --endpoint; if it is Tencent's own host, look for a proxy that rewrites answers."
_CHECK_CA = "If a proxy inspects TLS, point SSL_CERT_FILE to its CA; if not, do not send a key from here."
_WAIT = "Wait: the tool asks again by itself; if it stays, check network, VPN and proxy."
_REPORT = "Keep the answer's body and its RequestId, and open a ticket with Tencent."
_LOGIN = "Store the key again without blanks or line ends: trtc-tui login."

_ROWS = (
    ErrorInfo("Transport.NameNotResolved", _NETWORK, _PATH, "the host's name was not resolved", _CHECK_PATH),
    ErrorInfo("Transport.ConnectFailed", _NETWORK, _PATH, "no connection to the host", _CHECK_PATH),
    ErrorInfo("Transport.ConnectTimeout", _NETWORK, _PATH, "the connection took too long to open", _CHECK_PATH),
    ErrorInfo("Transport.ProxyRefused", _NETWORK, _PATH, "the proxy would not connect", _CHECK_PATH),
    ErrorInfo("Transport.TlsFailed", _NETWORK, Owner.HOST_ADMIN, "the host's certificate is not trusted", _CHECK_CA),
    ErrorInfo("Transport.Timeout", _NETWORK, _PATH, "no complete answer in time", _WAIT),
    ErrorInfo("Transport.Reset", _NETWORK, _PATH, "the connection was reset", _WAIT),
    ErrorInfo("Transport.NoAnswer", _NETWORK, _PATH, "the connection ended without an HTTP answer", _WAIT),
    ErrorInfo("Transport.Truncated", _NETWORK, _PATH, "the answer broke off or arrived damaged", _WAIT),
    # A status other than 200, HTML, or JSON without Response never came from the API layer proper (tencent-api.md
    # §4.2). Whether a proxy or Tencent's own gateway wrote it cannot be told, so it counts as the path.
    ErrorInfo("Transport.HttpStatus", _NETWORK, _PATH, "the API does not use this HTTP status", _CHECK_PROXY),
    ErrorInfo("Transport.Redirect", _NETWORK, _PATH, "the answer points elsewhere; not followed", _CHECK_PROXY),
    ErrorInfo("Transport.Html", _NETWORK, _PATH, "a web page came instead of an answer", _CHECK_PROXY),
    ErrorInfo("Transport.NotJson", _NETWORK, _PATH, "the answer is no JSON object", _CHECK_ENDPOINT),
    ErrorInfo("Transport.NoResponse", _NETWORK, _PATH, "the answer is JSON without Response", _CHECK_ENDPOINT),
    ErrorInfo("Transport.TooLarge", _NETWORK, _PATH, "the answer is larger than 1 MiB", _CHECK_ENDPOINT),
    ErrorInfo("Transport.BadAnswer", _SERVICE, _TENCENT, "a field is missing or of a wrong type", _REPORT),
    ErrorInfo(WRONG_TASK, _SERVICE, _TENCENT, "the answer is about another task", _REPORT),
    ErrorInfo("Transport.NotSendable", FaultClass.AUTH, Owner.US, "the key cannot stand in an HTTP header", _LOGIN),
)

TRANSPORT_FAULTS = {row.code: row for row in _ROWS}
"""By code."""
