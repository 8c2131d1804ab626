"""Vectors V1 to V8 of tencent-api.md §3.1; the key pair is the public example of Tencent's documentation."""

import hashlib
import hmac

import pytest

from tui.core.secret import Credential, Secret
from tui.protocol.signing import Signature, derived_key, sign

EXAMPLE = Credential(Secret("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"), Secret("Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"))
TASK_ID = "m9-bVVU7nhKM5X3GsED6KNGVG********ndibWSn631uT6pbhE4PcPDSsggE."
NOON_S = 1_772_433_534
SIGNING_KEY_OF_MARCH_2 = "551ba9b0bc5d554beb6b5950265b2f05fecd5953e00997b88635eb689d71f616"

SDK_TASK_FIRST = f'{{"TaskId": "{TASK_ID}", "SdkAppId": 1400000000}}'
SDK_APP_FIRST = f'{{"SdkAppId": 1400000000, "TaskId": "{TASK_ID}"}}'
COMPACT_TASK_FIRST = f'{{"TaskId":"{TASK_ID}","SdkAppId":1400000000}}'
COMPACT_APP_FIRST = f'{{"SdkAppId":1400000000,"TaskId":"{TASK_ID}"}}'
AS_DOCUMENTED = f'{{\n    "TaskId": "{TASK_ID}",\n    "SdkAppId": 1400000000\n}}'
ROOM_ESCAPED = (
    r'{"SdkAppId": 1400000000, "RoomId": "\u4f1a\u8bae\u5ba4-366", "RoomIdType": 1, "AsrParam": {"Lang": '
    r'"bigmodel-zh", "HotWordList": "\u817e\u8baf\u4e91|10,\u8bed\u97f3\u8bc6\u522b|5"}}'
)
ROOM_RAW = (
    '{"SdkAppId":1400000000,"RoomId":"会议室-366","RoomIdType":1,"AsrParam":{"Lang":"bigmodel-zh",'
    '"HotWordList":"腾讯云|10,语音识别|5"}}'
)
CVM_BODY = r'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
CVM_S = 1_551_113_065


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def signed(body: str, host: str = "trtc.intl.tencentcloudapi.com", timestamp_s: int = NOON_S) -> Signature:
    return sign(EXAMPLE, host=host, service="trtc", body=body.encode(), timestamp_s=timestamp_s)


VECTORS = {
    "V1": (
        SDK_TASK_FIRST,
        99,
        "96b339898a75333e6f545f01ea7da309d63a7fc8275eb44c840c397ae2d1e850",
        "2e78385783be16f6052e7314e1347be586cfad674c96fd8c0143515c2439d062",
        "3c89086495afcc54e9b7a5094aa619817232f52f81a37702666acc8227692736",
    ),
    "V1b as documented": (
        AS_DOCUMENTED,
        109,
        "b35c90c580d4e56086723a993783a185a5ff9c967265a8e451df15d593a9b627",
        "8eeaa1175d9a605f9625385de9de5ca3c2ea0a46844a134783504cfdf6607546",
        "4f5f8424ff281490c302c4f691a85b3cb2d4abd6fbd6aba8318dcbd2e1e7e293",
    ),
    "V1b compact, TaskId first": (
        COMPACT_TASK_FIRST,
        96,
        "8d110da873e5f0fb20b952e520c9d8b92ef1c24bab282a2469ba1e1c8b4fc45d",
        "28112da38de79eeed8cef77d7da007e1ba8d66378b7790a3f8a17e97ee1f435d",
        "891667f0d3d76ffce9b22745d2ac4862c1351aca993b8da99957d4ca7888dc31",
    ),
    "V1b compact, SdkAppId first": (
        COMPACT_APP_FIRST,
        96,
        "4b701bf9a1bfccdaab8f33cc5dc6d633896f1e57b55d0136044371394630b4a7",
        "a089819d947f4cc3f552169e3bc28aec14b1bb051d50c94e5fa5e6df2f3834ad",
        "8e5837d74f6945392405b950dc47f64220ef858675140d6851f6f56e388108b0",
    ),
    "V1b spaced, SdkAppId first": (
        SDK_APP_FIRST,
        99,
        "3b0b62b0c90773977e714c6b1dd9bc61f566011e3b6360de21b5a1cca1d2d206",
        "58f4d8c273cd6a757a79fe3e9c02abf979b1e1cda0cbbbf699af3dedc302e845",
        "772ea331c7ab99458040e15dc3f56b3ac9712ab9ed65dc7fba9592af1292c7d2",
    ),
    "V2 non-ASCII, escaped": (
        ROOM_ESCAPED,
        181,
        "57768b01c53e19e4ca676151117925e52aaa518ddac54308ba8ef280d7a169dd",
        "e794aab6681e9997de54a6d0b84e3fe406ebd945969754ff59fea833765721e2",
        "fbc2cad1e9d605c9878097fb22555960973ccda2bbc8310ab6c29df7245ab572",
    ),
    "V2b non-ASCII, raw": (
        ROOM_RAW,
        141,
        "d73220754cdd8abd75ff28dee3372222d6bb06bce8c6119cc271903f936d3b52",
        "9bf8774a2d9298e2f833485686ad1adbb88c4fe4db8361276b243ea6e0a6ff6b",
        "7796867fc54e351b3f1a72457749e9a10523c975f41d48e47254fda98805e465",
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_a_vector_of_march_2(name: str) -> None:
    body, length, payload, request, signature = VECTORS[name]

    made = signed(body)

    assert len(body.encode()) == length
    assert made.hashed_payload == payload
    assert sha256(made.canonical_request) == request
    assert made.signature == signature
    assert made.authorization == (
        f"TC3-HMAC-SHA256 Credential={EXAMPLE.secret_id.reveal()}/2026-03-02/trtc/tc3_request, "
        f"SignedHeaders=content-type;host, Signature={signature}"
    )


def test_v1_keeps_every_text_for_the_inspector() -> None:
    made = signed(SDK_TASK_FIRST)

    assert made.canonical_request == (
        "POST\n/\n\ncontent-type:application/json\nhost:trtc.intl.tencentcloudapi.com\n\ncontent-type;host\n"
        "96b339898a75333e6f545f01ea7da309d63a7fc8275eb44c840c397ae2d1e850"
    )
    assert made.string_to_sign == (
        "TC3-HMAC-SHA256\n1772433534\n2026-03-02/trtc/tc3_request\n"
        "2e78385783be16f6052e7314e1347be586cfad674c96fd8c0143515c2439d062"
    )
    assert (made.timestamp_s, made.scope) == (NOON_S, "2026-03-02/trtc/tc3_request")


def test_v3_a_token_is_not_part_of_the_signature() -> None:
    temporary = Credential(EXAMPLE.secret_id, EXAMPLE.secret_key, Secret("TOKENEXAMPLE0123456789"))
    host = "trtc.tencentcloudapi.com"

    made = sign(temporary, host=host, service="trtc", body=SDK_APP_FIRST.encode(), timestamp_s=NOON_S)

    assert sha256(made.canonical_request) == "0446d0553921cd81c0fb967d62b00f2e523b57cff44189d8e3cbbca086ac795a"
    assert made.signature == "07880170707c12d629e6d01b7fbb62905925ee7a38a0a3fbbaf3e4f8cc43e3c6"
    assert made == signed(SDK_APP_FIRST, host)


@pytest.mark.parametrize(
    ("timestamp_s", "date", "key", "signature"),
    [
        (
            1_772_409_599,
            "2026-03-01",
            "f0ef26f132c75e1db5331e73574698ad53edb36837b460c6d27ddf01142ccb7e",
            "62897931a7201a962e85df2bc84e84ce1651dbbe698d9c028418f05524fa4a5c",
        ),
        (
            1_772_409_600,
            "2026-03-02",
            SIGNING_KEY_OF_MARCH_2,
            "4698ea6e336280fb576ffd2162d617d854b2268dbc7ea5127e737f69849909c2",
        ),
    ],
)
def test_v4_the_second_before_and_after_midnight(timestamp_s: int, date: str, key: str, signature: str) -> None:
    made = signed(SDK_APP_FIRST, "trtc.ap-singapore.tencentcloudapi.com", timestamp_s)

    assert sha256(made.canonical_request) == "a3c126174e49037d997eceb91bb453c68ee6f867e64157a62322875ab0469aa8"
    assert made.scope == f"{date}/trtc/tc3_request"
    assert derived_key(EXAMPLE.secret_key, date, "trtc").hex() == key
    assert made.signature == signature


def test_v5_get_signs_the_query() -> None:
    made = sign(
        EXAMPLE,
        host="trtc.intl.tencentcloudapi.com",
        service="trtc",
        body=b"",
        timestamp_s=NOON_S,
        content_type="application/x-www-form-urlencoded",
        method="GET",
        query=f"SdkAppId=1400000000&TaskId={TASK_ID.replace('*', '%2A')}",
    )

    assert made.hashed_payload == sha256("")
    assert sha256(made.canonical_request) == "5e1a7b558dcc645dc5c07fcc005022ceb337890e12f540c59aeb2e6f3ad8d3cc"
    assert made.signature == "b8da49d09d73b5c92957397a65cb92911e7b702068d18b5b90a6b59d96b3d3f9"


def test_v6_as_published_by_tencent() -> None:
    made = sign(
        EXAMPLE,
        host="cvm.tencentcloudapi.com",
        service="cvm",
        body=CVM_BODY.encode(),
        timestamp_s=CVM_S,
        content_type="application/json; charset=utf-8",
    )

    assert made.hashed_payload == "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064"
    assert sha256(made.canonical_request) == "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031"
    assert made.signature == "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    key = derived_key(EXAMPLE.secret_key, "2019-02-25", "cvm")
    assert key.hex() == "ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1"


def test_v7_a_third_header_with_the_published_signing_key() -> None:
    made = sign(
        EXAMPLE,
        host="cvm.tencentcloudapi.com",
        service="cvm",
        body=CVM_BODY.encode(),
        timestamp_s=CVM_S,
        content_type="application/json; charset=utf-8",
        extra_headers=(("X-TC-Action", "DescribeInstances"),),
    )

    assert made.signed_headers == "content-type;host;x-tc-action"
    assert sha256(made.canonical_request) == "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84"
    published_key = bytes.fromhex("b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af")
    by_published_key = hmac.new(published_key, made.string_to_sign.encode(), hashlib.sha256).hexdigest()
    assert by_published_key == "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"


def test_v8_the_third_header_for_this_product() -> None:
    made = sign(
        EXAMPLE,
        host="trtc.intl.tencentcloudapi.com",
        service="trtc",
        body=SDK_APP_FIRST.encode(),
        timestamp_s=NOON_S,
        extra_headers=(("X-TC-Action", "DescribeCloudTranscription"),),
    )

    assert sha256(made.canonical_request) == "f9400e10c2f039b1ac0846557c948e100cc91cc266c01b1394ce2e7dca108e95"
    assert made.signature == "9a7bd66e07a0c82c73ed4ff7880dda0d3d1be08255b372fed04dafef9e90219e"


def test_the_signing_key_is_derived_once_per_utc_day() -> None:
    derived_key.cache_clear()

    for timestamp_s in (1_772_409_600, NOON_S, 1_772_495_999):
        signed(SDK_APP_FIRST, timestamp_s=timestamp_s)
    assert derived_key.cache_info().misses == 1
    signed(SDK_APP_FIRST, timestamp_s=1_772_496_000)
    assert derived_key.cache_info().misses == 2


def test_no_text_of_a_credential_shows_the_key() -> None:
    assert EXAMPLE.secret_key.reveal() not in repr(EXAMPLE) + repr(signed(SDK_APP_FIRST))
