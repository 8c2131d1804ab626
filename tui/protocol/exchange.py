"""One question and what came back: the facts a poll entry is made of, and those only an inspector wants."""

from msgspec import Struct

from tui.core.entry import Fault, Poll, Reason, Seen, Skew
from tui.core.secret import Credential
from tui.core.task import TaskRef
from tui.protocol.evidence import Evidence, Meant, digest
from tui.protocol.signing import Signature


class Question(Struct, frozen=True):
    """A signed request, ready to be sent byte for byte."""

    task: TaskRef
    url: str
    headers: tuple[tuple[str, str], ...]
    """In the order in which they are sent; hold the SecretId and the token: not for screens."""
    body: bytes
    signature: Signature

    def meant(self, credential: Credential, agent: str) -> Meant:
        """What an inspector has to know of it, when it was signed with `credential` and goes out as `agent`."""
        return Meant(
            self.url.removesuffix("/"),
            self.signature.timestamp_s,
            dict(self.headers)["X-TC-Language"],
            agent,
            credential.masked_id,
            credential.source,
            digest(self.signature.authorization),
            digest(self.signature.canonical_request),
            digest(credential.token.reveal()) if credential.token is not None else "",
        )


class Exchange(Struct, frozen=True):
    """A question, its answer or failure, and when."""

    question: Question
    sent_us: int
    """This host's clock when the request was handed to the socket, µs UTC, uncorrected."""
    latency_us: int
    answer: Seen | Fault
    request_id: str | None
    http_status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    skew: Skew | None = None
    evidence: Evidence | None = None
    """None from who keeps none."""

    def as_poll(self, reason: Reason) -> Poll:
        """The journal's record of this exchange."""
        return Poll(self.question.task, self.sent_us, self.latency_us, reason, self.answer, self.request_id, self.skew)
