"""What goes wrong at a server: whether it heals by itself, and what a user can do about it.

Each driver has exceptions of its own. They are told by name and by the status that they carry, so that no driver has to
be installed for another one's sake.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from ssl import SSLCertVerificationError
from typing import Any

from okrsite.publish.target import TargetError

_HEALING_CODES = frozenset(
    {
        *("SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequests"),
        *("InternalError", "ServiceUnavailable", "RequestTimeout", "OperationAborted", "XAmzContentSHA256Mismatch"),
        *("BadDigest", "IncompleteBody"),
    }
)
_HEALING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})
_HEALING_ERRNOS = frozenset(
    {
        *(errno.ECONNRESET, errno.ECONNREFUSED, errno.ECONNABORTED, errno.EPIPE, errno.ETIMEDOUT, errno.ENETUNREACH),
        *(errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETRESET, errno.EBUSY, errno.EAGAIN),
    }
)
_HEALING_KINDS = frozenset(
    {
        *("ConnectionError", "TimeoutError", "EOFError", "HTTPClientError", "ResponseParserError"),
        *("IncompleteRead", "ClientConnectionError", "ClientPayloadError", "SSHException", "NoValidConnectionsError"),
    }
)
_LASTING_KINDS = frozenset(
    {
        *("SSLError", "ProxyConnectionError", "AuthenticationException", "BadHostKeyException", "UnknownHost"),
        *("ConfigParseError", "IncompatiblePeer"),
    }
)
_REFUSED_CODES = frozenset(
    {"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "RequestTimeTooSkewed"}
)
_ELSEWHERE_CODES = frozenset(
    {"PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}
)
_NO_CREDENTIALS = frozenset(
    {
        *("NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "ProfileNotFound"),
        *("TokenRetrievalError", "NoAuthTokenError", "SSOError", "LoginError", "PasswordRequiredException"),
    }
)
_SECRET = re.compile(r"//[^/@\s]+@")


def is_transient(error: BaseException) -> bool:
    """Whether doing it again may help: the network, a server that is overworked or restarts."""
    chain = list(_chain(error))
    if any(_LASTING_KINDS & _kinds(each) or isinstance(each, SSLCertVerificationError) for each in chain):
        return False
    for each in chain:
        code, status = _told(each)
        if code in _HEALING_CODES:
            return True
        if status:
            return status in _HEALING_STATUSES
    return any(
        _HEALING_KINDS & _kinds(each) or (isinstance(each, OSError) and each.errno in _HEALING_ERRNOS) for each in chain
    )


def failure(error: BaseException, name: str) -> TargetError:
    """What to tell a user.

    Args:
        error: What a driver has raised.
        name: What the target is called, without credentials.
    """
    chain = list(_chain(error))
    kinds = frozenset[str]().union(*map(_kinds, chain))
    codes = {code for each in chain for code in (_told(each)[0],)}
    statuses = {status for each in chain for status in (_told(each)[1],)}
    numbers = {each.errno for each in chain if isinstance(each, OSError)}
    if kinds & _NO_CREDENTIALS:
        return TargetError(f"no credentials for {name}", f"{_hint(name, 'credentials')} ({without_secrets(error)})")
    if kinds & {"BadHostKeyException", "UnknownHost"}:
        return TargetError(
            f"{name} is not the server that is known, or not known at all", f"{without_secrets(error).rstrip('.')}"
        )
    if codes & _REFUSED_CODES or "AuthenticationException" in kinds:
        return TargetError(f"{name} does not accept the credentials: {without_secrets(error)}", _hint(name, "accepted"))
    if "NoSuchBucket" in codes:
        return TargetError(f"there is no bucket for {name}", _hint(name, "bucket"))
    if codes & _ELSEWHERE_CODES or 301 in statuses:
        return TargetError(f"the bucket of {name} is in another region", "name it in AWS_DEFAULT_REGION")
    if 403 in statuses or "PermissionError" in kinds:
        return TargetError(f"access to {name} was denied", _hint(name, "rights"))
    if numbers & {errno.ENOSPC, errno.EDQUOT}:
        return TargetError(f"{name} is full", "make room, for instance by `okrsite snapshots prune`")
    if "NotImplementedError" in kinds:
        return TargetError(f"nothing can be written to {name}", "publish into a folder, or to s3:// or sftp://")
    if is_transient(error) or kinds & {"gaierror", "SSLError"}:
        return TargetError(f"{name} cannot be reached ({without_secrets(error)})", _hint(name, "reached"))
    return TargetError(f"{name} failed: {without_secrets(error)}")


def without_secrets(told: object) -> str:
    """A text as it may be shown: on one line, with its kind where it is an error, and no user and password in it."""
    text = _SECRET.sub("//", " ".join(str(told).split())).removeprefix("[Errno None] ")
    if isinstance(told, BaseException):
        return text or type(told).__name__
    return text


def _hint(name: str, what: str) -> str:
    by_sftp = name.startswith(("sftp://", "ssh://"))
    return {
        "credentials": "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
        "accepted": "check user, key or password; keys come from the agent or ~/.ssh"
        if by_sftp
        else "check the key, its secret, and this machine's clock",
        "bucket": "make the bucket first; a store other than AWS is named by AWS_ENDPOINT_URL",
        "rights": "the user must be able to write there"
        if by_sftp
        else "it takes s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject",
        "reached": "check the network and the address"
        if by_sftp
        else "check the network; a store other than AWS is named by AWS_ENDPOINT_URL",
    }[what]


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from."""
    seen: BaseException | None = error
    for _ in range(10):
        if seen is None:
            return
        yield seen
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)


def _kinds(error: BaseException) -> frozenset[str]:
    return frozenset(kind.__name__ for kind in type(error).__mro__)


def _told(error: BaseException) -> tuple[str, int]:
    """The code and the HTTP status that an error carries; empty and 0 for none."""
    response: Any = getattr(error, "response", None)
    if isinstance(response, dict):
        status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        code = response.get("Error", {}).get("Code", "")
        return str(code), int(status) if isinstance(status, int) else 0
    for name in ("status", "status_code", "code"):
        status = getattr(error, name, None)
        if isinstance(status, int) and 300 <= status < 600:
            return "", status
    return "", 0
