"""What requests left behind, beside the polls they belong to: the tables `evidence` and `recent_evidence`.

The first keeps for ever what somebody will ask about: failures, changes, and what an operator asked for. The second is
a ring: what everything else left behind, until as many frames later another one takes its place. So the file has a
bound whatever is polled, without anybody having to clear up.
"""

import sqlite3
import zlib
from collections.abc import Sequence

import msgspec

from tui.adapters.journal.text import loaded_json, stored_json
from tui.core.entry import Entry, Fault, Poll, Reason
from tui.protocol.evidence import Evidence

RECENT = 10_000
"""Frames: nine minutes at 19 polls a second, some 3 MB."""

_EVIDENCE = msgspec.json.Decoder(Evidence)

_USUAL = (
    b'"broke_in":"receive"}"broke_in":"wait"}"broke_in":"send"}"broke_in":"tls"}"broke_in":"connect"},"proxy":"'
    b'["Transfer-Encoding","chunked"],["Via","1.1 "],["Server","nginx"],["Connection","keep-alive"],["X-TC-Token","('
    b' characters, digest ","token":"'
    b'{"meant":{"endpoint":"https://trtc.intl.tencentcloudapi.com","timestamp_s":17,"language":"en-US",'
    b'"agent":"trtc-tui/0.1.0","key":"AKID..","key_source":"environment","authorization":"","canonical":""},'
    b'"sent":{"method":"POST","target":"/","headers":[["Host","trtc.intl.tencentcloudapi.com"],'
    b'["Content-Type","application/json"],["X-TC-Action","DescribeCloudTranscription"],["X-TC-Version","2019-07-22"],'
    b'["X-TC-Region","ap-singapore"],["X-TC-Timestamp","17"],["X-TC-Language","en-US"],'
    b'["Authorization","TC3-HMAC-SHA256 Credential=AKID../20-/trtc/tc3_request, SignedHeaders=content-type;host, '
    b'Signature=**** digest "],["User-Agent","trtc-tui/0.1.0"],["Accept-Encoding","identity"],["Content-Length","9"]],'
    b'"body_sha256":"","body_bytes":9},"answered":{"http_version":"HTTP/1.1","http_status":200,"reason":"OK",'
    b'"headers":[["Date","Sun,  20:: GMT"],["Content-Type","application/json"],["Content-Length","1"]]},'
    b'"timing":{"slot_us":,"connect_us":,"tls_us":,"send_us":,"wait_us":,"receive_us":},"address":":443"}'
)
"""What evidence usually looks like, for zlib to begin with: 260 bytes instead of 650, in a quarter of the time. Files
were written with it: never to be edited."""
_WINDOW_BITS, _MEMORY_LEVEL = 12, 4
"""4 KiB, as evidence and the above need together: more takes ten times as long to set up."""

_KEEP = "INSERT OR REPLACE INTO evidence(frame, facts) VALUES(?, ?)"
_KEEP_RECENT = "INSERT OR REPLACE INTO recent_evidence(place, frame, facts) VALUES(?, ?, ?)"
_FIND = (
    "SELECT facts FROM evidence WHERE frame = :frame "
    "UNION ALL SELECT facts FROM recent_evidence WHERE place = :place AND frame = :frame"
)
_DROP = "DELETE FROM evidence WHERE frame = ?"


def keep(connection: sqlite3.Connection, frame: int, entry: Entry, evidence: Evidence, *, changed: bool) -> None:
    """Store what the poll at `frame` left behind, inside the caller's transaction.

    Args:
        changed: it told another word than the poll before.
    """
    facts = _packed(evidence)
    if changed or _is_asked_about(entry):
        connection.execute(_KEEP, (frame, facts))
    else:
        connection.execute(_KEEP_RECENT, (frame % RECENT, frame, facts))


def find(connection: sqlite3.Connection, frame: int) -> Evidence | None:
    """What the poll at `frame` left behind; None when nothing is kept of it.

    Raises:
        ValueError, zlib.error: the row is damaged.
    """
    found = connection.execute(_FIND, {"frame": frame, "place": frame % RECENT}).fetchone()
    return None if found is None else _unpacked(found[0])


def drop(connection: sqlite3.Connection, frames: Sequence[int]) -> None:
    """Forget what polls left behind that are deleted themselves, inside the caller's transaction."""
    connection.executemany(_DROP, [(frame,) for frame in frames])


def _is_asked_about(entry: Entry) -> bool:
    return isinstance(entry, Poll) and (isinstance(entry.answer, Fault) or entry.reason is Reason.YOU)


def _packed(evidence: Evidence) -> bytes:
    stored = stored_json(evidence)
    packer = zlib.compressobj(1, zlib.DEFLATED, _WINDOW_BITS, _MEMORY_LEVEL, zdict=_USUAL)
    return packer.compress(stored.encode() if isinstance(stored, str) else stored) + packer.flush()


def _unpacked(facts: bytes) -> Evidence:
    unpacker = zlib.decompressobj(zdict=_USUAL)
    stored = unpacker.decompress(facts) + unpacker.flush()
    try:
        return loaded_json(stored.decode(), _EVIDENCE)
    except UnicodeDecodeError:
        return loaded_json(stored, _EVIDENCE)
