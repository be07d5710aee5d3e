"""What AWS refused or did not answer, as one sentence with its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

from adapter.errors import StoreError

AwsError = (ClientError, BotoCoreError)
"""Everything botocore raises."""

# Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
# and https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
DENIED = {"AccessDenied", "AccessDeniedException"}
CREDENTIALS = {
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
THROTTLED = {
    "ProvisionedThroughputExceeded",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "SlowDown",
    "ThrottlingError",
    "ThrottlingException",
}
# A right that no policy knows; the writes of a transaction need their own.
# Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
RIGHTS = {"dynamodb:TransactWriteItems": "dynamodb:UpdateItem"}
MISSING = {"NoSuchBucket", "ResourceNotFoundException"}


def code_of(error: BaseException | None) -> str:
    """Return the service's name for ``error``, such as ``ThrottlingException``; empty if it never answered."""
    return str(error.response.get("Error", {}).get("Code", "")) if isinstance(error, ClientError) else ""


def attempts_in(answer: Mapping[str, Any]) -> int:
    """Return how often botocore sent the request that ``answer`` is for."""
    return int(answer.get("ResponseMetadata", {}).get("RetryAttempts", 0)) + 1


def attempts_of(error: BaseException) -> int:
    """Return how often botocore sent the request that ended in ``error``; without an answer it counts as one."""
    return attempts_in(error.response) if isinstance(error, ClientError) else 1


def never_happened(error: BaseException | None) -> bool:
    """Whether the service saw the request exactly once and refused it, so that nothing can have changed."""
    if not isinstance(error, ClientError):
        return False
    answer = error.response.get("ResponseMetadata", {})
    return answer.get("RetryAttempts", 1) == 0 and 400 <= answer.get("HTTPStatusCode", 500) < 500


def explain(error: ClientError | BotoCoreError, *, action: str, resource: str, client: Any) -> StoreError:
    """Return what went wrong, for a human.

    Args:
        error: what botocore raised.
        action: as AWS names it, such as ``dynamodb:UpdateItem``.
        resource: such as ``table 'scores'``.
        client: which sent the request.
    """
    region = client.meta.region_name
    where = f"{action} on {resource} in {region}"
    if isinstance(error, NoCredentialsError | PartialCredentialsError):
        return StoreError(f"{where} was not sent: {_text(error)}. {_CREDENTIALS_REMEDY}")
    if isinstance(error, BotoCoreError):
        return StoreError(
            f"{where} got no answer: {_text(error)}. Check that {client.meta.endpoint_url} can be reached from here "
            f"(in a VPC: its endpoint and route), then try again."
        )
    code = code_of(error)
    said = error.response.get("Error", {}).get("Message", "")
    remedy = _remedy(code, action, resource, attempts_of(error))
    return StoreError(f"{where} was refused: {code}: {said.rstrip('.')}. {remedy}")


def malformed(found: object, *, action: str, resource: str, client: Any) -> StoreError:
    """Return what to say of an answer that claims success and does not have the service's form.

    Args:
        found: the answer, or what the client's parser raised; kept out of the text, for it may hold a state.
        action: as AWS names it.
        resource: such as ``table 'scores'``.
        client: which sent the request.
    """
    return StoreError(
        f"{action} on {resource} in {client.meta.region_name} was answered with something else than AWS's answer "
        f"({type(found).__name__}). Nothing is known of what was done. Check what answers at "
        f"{client.meta.endpoint_url}: a proxy or a sign-in page may stand before it."
    )


_CREDENTIALS_REMEDY = "Give the process valid AWS credentials: a role, a profile, or AWS_ACCESS_KEY_ID and its secret."


def _remedy(code: str, action: str, resource: str, attempts: int) -> str:
    if code in MISSING:
        return (
            f"Deploy the template that makes {resource}, or name one of this account and region "
            f"in ADAPTER_STORE and ADAPTER_STATE_BUCKET."
        )
    if code in DENIED:
        return f"Give the function's role {RIGHTS.get(action, action)} on {resource}."
    if code in CREDENTIALS:
        return _CREDENTIALS_REMEDY
    if code in THROTTLED:
        return (
            f"It was tried {attempts} times. Spread the writes over more keys (one item takes 1,000 write units "
            f"a second), or raise the limit of {resource}."
        )
    return "Try again; if it stays, look up this code in the service's documentation."


def _text(error: BaseException) -> str:
    return str(error).strip().rstrip(".")
