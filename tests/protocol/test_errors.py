import pytest

from tui.core.fault import BLINDING, FaultClass
from tui.protocol.errors import ERRORS, TRANSPORT_FAULTS, Owner, explain

PAGE_OF_THE_ACTION = """
AuthFailure AuthFailure.UnauthorizedOperation AuthFailure.UnsupportedOperation FailedOperation
FailedOperation.CTUnsupportMethod InternalError InternalError.CTInternalError InvalidParameter InvalidParameter.SdkAppId
MissingParameter.RoomId MissingParameter.SdkAppId MissingParameter.TaskId MissingParameter.UserId ResourceNotFound
"""
"""Copied from the page of DescribeCloudTranscription."""

PAGE_OF_COMMON_CODES = """
ActionOffline AuthFailure.InvalidAuthorization AuthFailure.InvalidSecretId AuthFailure.MFAFailure
AuthFailure.SecretIdNotFound AuthFailure.SignatureExpire AuthFailure.SignatureFailure AuthFailure.TokenFailure
AuthFailure.UnauthorizedOperation DryRunOperation FailedOperation InternalError InvalidAction InvalidParameter
InvalidParameterValue InvalidRequest IpInBlacklist IpNotInWhitelist LimitExceeded MissingParameter NoSuchProduct
NoSuchVersion RequestLimitExceeded RequestLimitExceeded.GlobalRegionUinLimitExceeded
RequestLimitExceeded.IPLimitExceeded RequestLimitExceeded.UinLimitExceeded RequestSizeLimitExceeded ResourceInUse
ResourceInsufficient ResourceNotFound ResourceUnavailable ResponseSizeLimitExceeded ServiceUnavailable
UnauthorizedOperation UnknownParameter UnsupportedOperation UnsupportedProtocol UnsupportedRegion
"""
"""Copied from the published list."""

OF_THE_ACTION = PAGE_OF_THE_ACTION.split()
COMMON = PAGE_OF_COMMON_CODES.split()


def test_the_lists_are_whole() -> None:
    assert (len(OF_THE_ACTION), len(set(COMMON))) == (14, 38)


@pytest.mark.parametrize("code", sorted({*OF_THE_ACTION, *COMMON}))
def test_every_documented_code_is_known(code: str) -> None:
    assert code in ERRORS
    assert explain(code) is ERRORS[code]


@pytest.mark.parametrize("code", sorted(ERRORS))
def test_every_code_says_what_to_do(code: str) -> None:
    info = ERRORS[code]

    assert info.code == code
    assert info.meaning
    assert info.advice.endswith(".")
    assert "\n" not in info.meaning + info.advice


@pytest.mark.parametrize("code", sorted(TRANSPORT_FAULTS))
def test_a_fault_on_the_way_is_never_the_end_of_a_task(code: str) -> None:
    assert code.startswith("Transport.")
    assert TRANSPORT_FAULTS[code].fault_class in BLINDING


@pytest.mark.parametrize(
    ("code", "fault_class", "owner", "retry"),
    [
        ("ResourceNotFound", FaultClass.END, Owner.NOBODY, False),
        ("ResourceNotFound.Task", FaultClass.END, Owner.NOBODY, False),
        ("FailedOperation.TaskFinished", FaultClass.END, Owner.NOBODY, False),
        ("AuthFailure.SignatureExpire", FaultClass.CLOCK, Owner.HOST_ADMIN, True),
        ("AuthFailure.NewSort", FaultClass.AUTH, Owner.US, False),
        ("AuthFailure.UnauthorizedOperation", FaultClass.AUTH, Owner.CAM_ADMIN, False),
        ("UnauthorizedOperation.NewSort", FaultClass.AUTH, Owner.CAM_ADMIN, False),
        ("RequestLimitExceeded.NewSort", FaultClass.THROTTLED, Owner.US, True),
        ("FailedOperation.RestrictedFrequency", FaultClass.THROTTLED, Owner.US, True),
        ("InvalidParameter.TaskId", FaultClass.OURS, Owner.US, False),
        ("MissingParameter.NewSort", FaultClass.OURS, Owner.US, False),
        ("InternalError.NewSort", FaultClass.SERVICE, Owner.TENCENT, True),
        ("Transport.ConnectFailed", FaultClass.NETWORK, Owner.NETWORK, True),
    ],
)
def test_classes_and_owners(code: str, fault_class: FaultClass, owner: Owner, *, retry: bool) -> None:
    info = explain(code)

    assert (info.code, info.fault_class, info.owner, info.retry) == (code, fault_class, owner, retry)


def test_an_unknown_family_counts_as_the_service_and_says_so() -> None:
    info = explain("Brand.New")

    assert (info.code, info.fault_class) == ("Brand.New", FaultClass.SERVICE)
    assert "does not know" in info.meaning


def test_an_unknown_kind_of_a_known_family_says_so() -> None:
    assert explain("InvalidParameter.NewSort").meaning == "a parameter is wrong (unknown kind of InvalidParameter)"


def test_an_unknown_failed_operation_is_not_taken_for_the_end() -> None:
    assert explain("FailedOperation").fault_class is FaultClass.END
    assert explain("FailedOperation.NewSort").fault_class is FaultClass.SERVICE


def test_one_forbidden_application_does_not_stop_the_others() -> None:
    """AUTH stops all polling; this code is about one SdkAppId."""
    assert explain("UnauthorizedOperation.SdkAppId").fault_class is FaultClass.OURS
