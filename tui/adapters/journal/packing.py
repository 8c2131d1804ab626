"""JSON of the trail as small as it gets: hundreds of bytes each, and a hundred thousand of them."""

import zlib
from typing import TypeVar

import msgspec

from tui.adapters.journal.text import loaded_json, stored_json

_T = TypeVar("_T")

_COMMON = (
    b'{"count":1,"at_us":17},{"start_us":17"polling":true,"streak":0,"streak_class":null,"streak_since_us":0,'
    b'"blindness":null,"episode":null,"gap":null,"gaps":[{"since_us":17,"cause":"no poller","until_us":17}],'
    b'"gap_count":"seen_us":17"skew":{"offset_us":-,"error_us":5},"skew_at_us":17"latencies_us":[],"recent":[],'
    b'"peak":{"count":19,"at_us":17"tallies":[{"start_us":17","sent":190,"failed":0,"limited":0},'
    b'"polls":"failures":"throttled":0,"throttled_us":0,"strangers":0,"reason":"base"'
    b'{"frame":0,"at_us":17,"level":"info","kind":"poll","task":null,"text":"InProgress -> Exited","request_id":"'
    b'","bound_us":"count":1,"last_us":0}{"frame":0,"at_us":17,"level":"warn","kind":"error","task":null,"text":"'
    b'InternalError,"kind":"you","text":"watch by ","level":"alert","kind":"tool"'
    b'{"task":{"region":"ap-singapore","sdk_app_id":14000,"task_id":"","kind":"transcription"},"watched_us":17,'
    b'"name":"","stage":{"life":"Idle","word":"Idle","misses":0},"since_us":17,"since_bound_us":17,'
    b'"start_time_ms":17,"exited_seen":true,"exited_seen":false,"polls":,"errors":0,"seen_us":17,"trouble":'
    b'{"fault_class":"network","code":"FailedOperation","message":"","since_us":17,"count":1,"request_id":"","frame":'
    b'"trouble":null,"last":{"sent_us":17,"latency_us":,"word":"InProgress","request_id":"","http_status":200,'
    b'"http_status":null,"body":""},"runs":[{"word":"InProgress","fault_class":null,"first_us":17,"last_us":17,'
    b'"count":1,"request_id":"","gap":null},{"word":"Exited","fault_class":null,"first_us":17,"last_us":17,"count":'
    b'"request_id":"","gap":null},{"word":"Idle","fault_class":null,"first_us":17'
    b'"finding":{"at_us":17,"verdict":"impossible","text":"Exited -> Idle","request_id":""},"finding":null,"gap":null,'
    b'"held_us":null,"pinned":false,"asked_us":0}'
)
"""What such texts have in common, the most common last. Files are written by it: never to be edited."""


def packed(value: object) -> bytes:
    """A Struct as compressed JSON."""
    text = stored_json(value)
    squeeze = zlib.compressobj(zdict=_COMMON)
    return squeeze.compress(text.encode() if isinstance(text, str) else text) + squeeze.flush()


def unpacked(stored: bytes, decoder: msgspec.json.Decoder[_T]) -> _T:
    """The value `packed` was given.

    Raises:
        ValueError, zlib.error: it is no such value.
    """
    loosen = zlib.decompressobj(zdict=_COMMON)
    text = loosen.decompress(stored) + loosen.flush()
    try:
        return decoder.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return loaded_json(text, decoder)  # a lone surrogate, which msgspec neither writes nor reads
