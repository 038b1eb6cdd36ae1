"""Who may write to the warehouse now, and how does the Prefect UI show it?

The lock of one file decides: the kernel frees it when its holder dies, whatever killed it. The
Prefect concurrency limit `newsmill-warehouse` of one slot shows the same in the UI. It follows the
lock and never decides: who holds the lock knows that a taken slot is the leftover of a dead run.
"""

import fcntl
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from articles.errors import NewsmillError
from flows.server.address import ServerAddress
from flows.server.api import CONFLICT, NOT_FOUND, Api, ApiError
from flows.server.resident import try_lock
from flows.server.tell import Tell
from flows.settings import Settings

LIMIT = "newsmill-warehouse"
LIMITS = "/v2/concurrency_limits"
LEASE_SECONDS = 300.0  # how long the UI would show a dead writer if no other run came
RENEW_SECONDS = 100.0
LOOK_SECONDS = 0.2  # between two tries for the lock
TOLD_EVERY = 30.0  # seconds between two lines about waiting


class WarehouseBusy(NewsmillError):
    """Another process writes to the warehouse, and did not finish in time."""


@contextmanager
def writer_slot(
    settings: Settings,
    address: ServerAddress | None,
    tell: Tell,
    *,
    flow_run_id: str | None = None,
) -> Iterator[None]:
    """Be the one writer of the home's warehouse while the block runs.

    Waits for `settings.writer_timeout` seconds, telling whom for, then raises WarehouseBusy.
    `address` shows the writer in the Prefect UI, with the flow run that holds the slot; a server
    that does not answer costs the display, never the run.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    lock = os.open(settings.warehouse_lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait(lock, settings, tell)
        with _shown(lock, address, tell, flow_run_id):
            yield
    finally:
        os.close(lock)


def ensure_limit(api: Api) -> None:
    """Have the limit of one writer exist on the server."""
    try:
        api.get(f"{LIMITS}/{LIMIT}")
    except ApiError as error:
        if error.status != NOT_FOUND:
            raise
    else:
        return
    try:
        api.post(f"{LIMITS}/", {"name": LIMIT, "limit": 1, "active": True})
    except ApiError as error:
        if error.status != CONFLICT:  # somebody else was quicker
            raise


def _wait(lock: int, settings: Settings, tell: Tell) -> None:
    began = time.monotonic()
    told = float("-inf")
    while not try_lock(lock, fcntl.LOCK_EX):
        waited = time.monotonic() - began
        if waited >= settings.writer_timeout:
            raise WarehouseBusy(
                f"{_holder(lock)} has held {settings.warehouse_lock} for the whole "
                f"{waited:.0f} s that this run waited; wait for it to end, stop it, or give "
                "NEWSMILL_WRITER_TIMEOUT more seconds"
            )
        if waited - told >= TOLD_EVERY:
            told = waited
            tell(f"waiting for the warehouse: {_holder(lock)} is writing")
        time.sleep(LOOK_SECONDS)


def _holder(lock: int) -> str:
    note = _read_note(lock)
    return f"process {note['pid']}" if "pid" in note else "another process"


def _read_note(lock: int) -> dict[str, Any]:
    """What the holder, dead or alive, wrote into the lock file."""
    try:
        note = json.loads(os.pread(lock, 4_096, 0) or b"{}")
    except ValueError:
        return {}  # killed while writing
    return note if isinstance(note, dict) else {}


def _write_note(lock: int, note: dict[str, Any]) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, json.dumps(note).encode(), 0)


@contextmanager
def _shown(
    lock: int, address: ServerAddress | None, tell: Tell, flow_run_id: str | None
) -> Iterator[None]:
    before = _read_note(lock)
    _write_note(lock, {"pid": os.getpid()})
    api = Api(address) if address is not None else None
    lease = _take_slot(api, before.get("lease"), flow_run_id, tell) if api is not None else None
    if api is None or lease is None:
        yield
        return
    _write_note(lock, {"pid": os.getpid(), "lease": lease})
    over = threading.Event()
    keeper = threading.Thread(target=_renew, args=(api, lease, over), daemon=True, name="lease")
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()
        _release(api, lease, tell)


def _take_slot(api: Api, stale: object, flow_run_id: str | None, tell: Tell) -> str | None:
    """Take the slot, after clearing away what a dead run left; None when the server is silent.

    The dead run's lease is given back by its id, or its end would later free our slot. A server
    that was restarted has forgotten its leases but not its count: so the count is set to nought.
    """
    holder = {"type": "flow_run", "id": flow_run_id} if flow_run_id is not None else None
    request = {
        "names": [LIMIT],
        "slots": 1,
        "mode": "concurrency",
        "lease_duration": LEASE_SECONDS,
        "holder": holder,
    }
    try:
        ensure_limit(api)
        if isinstance(stale, str):
            api.post(f"{LIMITS}/decrement-with-lease", {"lease_id": stale})
        api.patch(f"{LIMITS}/{LIMIT}", {"active_slots": 0})
        answer = api.post(f"{LIMITS}/increment-with-lease", request)
    except ApiError as error:
        tell(f"the Prefect UI will not show who writes: {error}")
        return None
    return str(answer["lease_id"])


def _renew(api: Api, lease: str, over: threading.Event) -> None:
    while not over.wait(RENEW_SECONDS):
        try:
            api.post(f"{LIMITS}/leases/{lease}/renew", {"lease_duration": LEASE_SECONDS})
        except ApiError:
            continue  # the display only; the next time may do


def _release(api: Api, lease: str, tell: Tell) -> None:
    try:
        api.post(f"{LIMITS}/decrement-with-lease", {"lease_id": lease})
    except ApiError as error:
        tell(f"the Prefect UI may show this writer for {LEASE_SECONDS:.0f} s more: {error}")
