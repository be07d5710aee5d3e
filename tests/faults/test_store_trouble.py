"""The store throttles, fails, is not there, or may not be used."""

from __future__ import annotations

import pytest

from adapter.errors import StoreError
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.warm_store import WarmStore
from tests.faults.calls import counted, counting, run
from tests.faults.conftest import Start
from tests.state.stores.places import Aws
from tests.support import aws
from tests.support.proxy import LossyProxy

pytestmark = pytest.mark.end_to_end

THROTTLED = ("ProvisionedThroughputExceededException", 400)
BROKEN = ("InternalServerError", 500)


@pytest.mark.parametrize("refusal", [THROTTLED, BROKEN], ids=["throttled", "5xx"])
@pytest.mark.parametrize("operation", ["GetItem", "UpdateItem"])
def test_trouble_that_passes_is_not_seen(
    troubled: WarmStore, proxy: LossyProxy, environment: Start, operation: str, refusal: tuple[str, int]
) -> None:
    """The client tries again; every call counts once and its function runs once."""
    runs: list[int] = []
    endpoint = counting(inside=lambda: runs.append(1))
    for _ in range(3):
        proxy.refuse(operation, *refusal, times=1)
        run(endpoint, troubled)
    assert counted(environment()) == len(runs) == 3


@pytest.mark.parametrize("refusal", [THROTTLED, BROKEN], ids=["throttled", "5xx"])
def test_trouble_that_stays_is_told_and_changes_nothing(
    troubled: WarmStore, proxy: LossyProxy, environment: Start, refusal: tuple[str, int]
) -> None:
    """The error names action and table; afterwards the call works as if nothing had been."""
    endpoint = counting()
    run(endpoint, troubled)
    proxy.refuse("UpdateItem", *refusal, times=50)
    with pytest.raises(StoreError, match="dynamodb:UpdateItem"):
        run(endpoint, troubled)
    proxy.refuse("UpdateItem", *refusal, times=0)
    assert counted(environment()) == 1
    assert run(endpoint, troubled).data[0] == 2


def test_a_table_that_does_not_exist_is_named_with_the_remedy(remote: Aws) -> None:
    """Whoever reads the log knows which table, which action, and what to do."""
    warm_store = WarmStore(DynamoDBStore(remote.dynamodb, "no-such-table"))
    with pytest.raises(StoreError, match=r"dynamodb:GetItem.*no-such-table") as error:
        run(counting(), warm_store)
    assert "ADAPTER_STORE" in str(error.value)


def test_missing_permission_is_named_with_the_remedy(troubled: WarmStore, proxy: LossyProxy) -> None:
    """The role lacks an action: the message names it, the table, and the policy's remedy."""
    proxy.refuse("GetItem", "AccessDeniedException", 400, times=1)
    with pytest.raises(StoreError, match=r"dynamodb:GetItem") as error:
        run(counting(), troubled)
    assert "role" in str(error.value)


def test_a_store_that_is_not_there_is_told(remote: Aws) -> None:
    """Nothing listens; the call fails with the address, in time."""
    with aws.dynamodb("http://127.0.0.1:1", attempts=1) as client:
        warm_store = WarmStore(DynamoDBStore(client, remote.table))
        with pytest.raises(StoreError, match=r"127\.0\.0\.1:1"):
            run(counting(), warm_store)
