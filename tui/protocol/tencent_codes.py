"""Tencent's error codes as data: the one place to correct when the real service teaches otherwise.

Sources: the error list of DescribeCloudTranscription (document 647/78746), the common codes (213/33281) and those
of the TRTC product worth knowing (647/34270); classes and advice are ours (tencent-api.md §4.3).
"""

from tui.core.fault import FaultClass
from tui.protocol.error_info import ErrorInfo, Owner

_END, _OURS, _AUTH, _CLOCK = FaultClass.END, FaultClass.OURS, FaultClass.AUTH, FaultClass.CLOCK
_THROTTLED, _SERVICE = FaultClass.THROTTLED, FaultClass.SERVICE
_YOU, _CAM, _HOST, _TENCENT, _NOBODY = Owner.US, Owner.CAM_ADMIN, Owner.HOST_ADMIN, Owner.TENCENT, Owner.NOBODY

_OVER = "Nothing to do when the task has ended; if it never lived, check TaskId, SdkAppId and region."
_CHECK_KEY = "Check that the key exists, is enabled, and was stored without blanks; then trtc-tui login."
_RENEW = "Get new temporary keys and store them: trtc-tui login."
_GRANT = "Ask for QcloudTRTCReadonlyAccess, or a CAM policy that allows this action on this SdkAppId."
_ACCOUNT = "Complete the account's identity verification in the Tencent Cloud console."
_NTP = "Set this host's clock (NTP); until then the tool signs with the server's time."
_ALLOW_IP = "Ask for this host's public address in the account's IP rules."
_SLOWER = "The tool slows down by itself; look for others polling with the same account."
_QUOTA = "Ask Tencent for a higher quota, by ticket."
_LATER = "Wait: the tool asks again by itself; if it stays, open a ticket with the RequestId."
_SDKAPPID = "Check --sdk-app-id: it must be the application of the room, under the account of this key."
_TASKID = "Check the TaskId: copy it whole, with any leading - and trailing dot."
_REGION = "Check --region against the regions the endpoint offers."
_ENDPOINT = "Check --endpoint: it must be a host of the trtc service."
_ASK_TENCENT = "Open a ticket with the RequestId: the account cannot use this operation."
_TOOL = "Update trtc-tui; if it stays, report it with the request from the inspector."
_READ_MESSAGE = "Read the message: it names what is wrong; check SdkAppId, TaskId and region."

_SEED = (
    ErrorInfo("AuthFailure", _AUTH, _YOU, "signature or authentication error", _CHECK_KEY),
    ErrorInfo("AuthFailure.UnauthorizedOperation", _AUTH, _CAM, "the key has no permission", _GRANT),
    ErrorInfo(
        "AuthFailure.UnsupportedOperation", _AUTH, _TENCENT, "operation not supported for this key", _ASK_TENCENT
    ),
    # Undocumented which code follows the end (tencent-api.md §9.2). The bare code is listed for Describe and says
    # nothing else; `core.lifecycle` asks again before it believes it.
    ErrorInfo("FailedOperation", _END, _NOBODY, "operation failed, as after the end of a task", _OVER),
    ErrorInfo("FailedOperation.CTUnsupportMethod", _OURS, _YOU, "not supported for this transcription", _READ_MESSAGE),
    ErrorInfo("InternalError", _SERVICE, _TENCENT, "internal error", _LATER),
    ErrorInfo("InternalError.CTInternalError", _SERVICE, _TENCENT, "internal error of the transcription", _LATER),
    ErrorInfo("InvalidParameter", _OURS, _YOU, "a parameter is wrong", _READ_MESSAGE),
    ErrorInfo("InvalidParameter.SdkAppId", _OURS, _YOU, "the SdkAppId is wrong", _SDKAPPID),
    ErrorInfo("MissingParameter.RoomId", _OURS, _YOU, "RoomId is missing", _TOOL),
    ErrorInfo("MissingParameter.SdkAppId", _OURS, _YOU, "SdkAppId is missing", _SDKAPPID),
    ErrorInfo("MissingParameter.TaskId", _OURS, _YOU, "TaskId is missing", _TASKID),
    ErrorInfo("MissingParameter.UserId", _OURS, _YOU, "UserId is missing", _TOOL),
    ErrorInfo("ResourceNotFound", _END, _NOBODY, "no such task, or it has ended", _OVER),
)
"""Those the page of the action lists."""

_COMMON = (
    ErrorInfo("ActionOffline", _OURS, _TENCENT, "the action was withdrawn", _TOOL),
    ErrorInfo("AuthFailure.InvalidAuthorization", _AUTH, _YOU, "the Authorization header is malformed", _CHECK_KEY),
    ErrorInfo("AuthFailure.InvalidSecretId", _AUTH, _YOU, "the SecretId is of another kind of key", _CHECK_KEY),
    ErrorInfo("AuthFailure.MFAFailure", _AUTH, _YOU, "multi-factor check failed", _RENEW),
    ErrorInfo("AuthFailure.SecretIdNotFound", _AUTH, _YOU, "the key is unknown, deleted or disabled", _CHECK_KEY),
    ErrorInfo("AuthFailure.SignatureExpire", _CLOCK, _HOST, "this clock is more than 5 minutes off", _NTP),
    ErrorInfo("AuthFailure.SignatureFailure", _AUTH, _YOU, "the signature does not match the SecretKey", _CHECK_KEY),
    ErrorInfo("AuthFailure.TokenFailure", _AUTH, _YOU, "the temporary key's token is wrong or expired", _RENEW),
    ErrorInfo("DryRunOperation", _OURS, _YOU, "DryRun was set", _TOOL),
    ErrorInfo("InvalidAction", _OURS, _YOU, "no such action", _ENDPOINT),
    ErrorInfo("InvalidParameterValue", _OURS, _YOU, "a value is wrong", _READ_MESSAGE),
    ErrorInfo("InvalidRequest", _OURS, _YOU, "the body is malformed", _TOOL),
    ErrorInfo("IpInBlacklist", _AUTH, _CAM, "this address is on the account's black list", _ALLOW_IP),
    ErrorInfo("IpNotInWhitelist", _AUTH, _CAM, "this address is not on the account's white list", _ALLOW_IP),
    # A quota, not a rate: slowing down does not bring it back, so the rate must not be blamed for it.
    ErrorInfo("LimitExceeded", _SERVICE, _YOU, "a quota is used up", _QUOTA),
    ErrorInfo("MissingParameter", _OURS, _YOU, "a parameter is missing", _READ_MESSAGE),
    ErrorInfo("NoSuchProduct", _OURS, _YOU, "no such product on this host", _ENDPOINT),
    ErrorInfo("NoSuchVersion", _OURS, _YOU, "no such version, or a proxy changed the Host header", _ENDPOINT),
    ErrorInfo("RequestLimitExceeded", _THROTTLED, _YOU, "over the request rate", _SLOWER),
    ErrorInfo("RequestLimitExceeded.GlobalRegionUinLimitExceeded", _THROTTLED, _YOU, "account over its rate", _SLOWER),
    ErrorInfo("RequestLimitExceeded.IPLimitExceeded", _THROTTLED, _YOU, "this address is over its rate", _SLOWER),
    ErrorInfo("RequestLimitExceeded.UinLimitExceeded", _THROTTLED, _YOU, "account over its rate", _SLOWER),
    ErrorInfo("RequestSizeLimitExceeded", _OURS, _YOU, "the request is too big", _TASKID),
    ErrorInfo("ResourceInUse", _SERVICE, _TENCENT, "the resource is busy", _LATER),
    ErrorInfo("ResourceInsufficient", _SERVICE, _TENCENT, "not enough resources", _LATER),
    ErrorInfo("ResourceUnavailable", _SERVICE, _TENCENT, "the resource is not available", _LATER),
    ErrorInfo("ResponseSizeLimitExceeded", _OURS, _TENCENT, "the answer is too big", _ASK_TENCENT),
    ErrorInfo("ServiceUnavailable", _SERVICE, _TENCENT, "the service is unavailable just now", _LATER),
    ErrorInfo("UnauthorizedOperation", _AUTH, _CAM, "not authorised", _GRANT),
    ErrorInfo("UnknownParameter", _OURS, _YOU, "an undefined parameter was sent", _TOOL),
    ErrorInfo("UnsupportedOperation", _OURS, _YOU, "operation not supported", _READ_MESSAGE),
    ErrorInfo("UnsupportedProtocol", _OURS, _YOU, "neither GET nor POST", _TOOL),
    ErrorInfo("UnsupportedRegion", _OURS, _YOU, "the action is not offered in this region", _REGION),
)
"""The rest of the common codes."""

_PRODUCT = (
    ErrorInfo("AuthFailure.UnRealNameAuthenticated", _AUTH, _YOU, "the account's identity is not verified", _ACCOUNT),
    ErrorInfo("FailedOperation.TaskNotExist", _END, _NOBODY, "no such task, or it has ended", _OVER),
    ErrorInfo("FailedOperation.TaskFinished", _END, _NOBODY, "the task has ended", _OVER),
    ErrorInfo("FailedOperation.TaskExist", _OURS, _YOU, "the task exists already", _READ_MESSAGE),
    ErrorInfo("FailedOperation.QueryTaskInfoFailed", _SERVICE, _TENCENT, "the task could not be looked up", _LATER),
    ErrorInfo("FailedOperation.RestrictedConcurrency", _SERVICE, _YOU, "too many tasks at once", _QUOTA),
    ErrorInfo("FailedOperation.RestrictedFrequency", _THROTTLED, _YOU, "called too often", _SLOWER),
    ErrorInfo("FailedOperation.NotAbility", _OURS, _YOU, "the feature is not enabled", _ASK_TENCENT),
    ErrorInfo("FailedOperation.NotAllowed", _OURS, _YOU, "the operation is not allowed", _ASK_TENCENT),
    # The room or its user gone does not say that the task is: an end is never guessed.
    ErrorInfo("FailedOperation.RoomNotExist", _OURS, _YOU, "no such room", _READ_MESSAGE),
    ErrorInfo("FailedOperation.UserNotExist", _OURS, _YOU, "no such user", _READ_MESSAGE),
    ErrorInfo("FailedOperation.SdkAppIdNotExist", _OURS, _YOU, "no such SdkAppId", _SDKAPPID),
    ErrorInfo("FailedOperation.SdkAppIdNotUnderAppId", _OURS, _YOU, "the SdkAppId is of another account", _SDKAPPID),
    ErrorInfo("InternalError.DBError", _SERVICE, _TENCENT, "internal database error", _LATER),
    ErrorInfo("InternalError.HttpParaseFalied", _SERVICE, _TENCENT, "internal error (spelt so by Tencent)", _LATER),
    ErrorInfo("InternalError.InternalError", _SERVICE, _TENCENT, "internal error", _LATER),
    ErrorInfo("InvalidParameter.OutOfRange", _OURS, _YOU, "a value is out of range", _READ_MESSAGE),
    ErrorInfo("InvalidParameter.SdkAppid", _OURS, _YOU, "the SdkAppId is wrong (spelt so by Tencent)", _SDKAPPID),
    ErrorInfo("InvalidParameter.TaskId", _OURS, _YOU, "the TaskId is malformed", _TASKID),
    ErrorInfo("InvalidParameter.UserSig", _OURS, _YOU, "the UserSig is wrong or expired", _READ_MESSAGE),
    ErrorInfo("MissingParameter.Region", _OURS, _YOU, "Region is missing", _REGION),
    ErrorInfo("ResourceInsufficient.RequestRejection", _SERVICE, _TENCENT, "not enough resources", _LATER),
    ErrorInfo("ResourceNotFound.ResourceNotFound", _END, _NOBODY, "no such task, or it has ended", _OVER),
    # About one application only: it must not stop the polling of the others, as AUTH would.
    ErrorInfo("UnauthorizedOperation.SdkAppId", _OURS, _CAM, "no right to this SdkAppId", _GRANT),
)
"""Codes of the product that the page of the action does not list, but that may come all the same."""

TENCENT_CODES = {row.code: row for row in (*_SEED, *_COMMON, *_PRODUCT)}
"""By code."""

UNKNOWN = ErrorInfo("", _SERVICE, _TENCENT, "a code this version does not know", _LATER)
"""For a code whose family is unknown too: it tells nothing of the task, so the tool waits and asks again."""

UNKNOWN_FAILED_OPERATION = ErrorInfo("FailedOperation", _SERVICE, _TENCENT, "operation failed", _LATER)
"""For an unknown code of the family: its bare code means the end, yet an unknown word must never be taken for it."""
