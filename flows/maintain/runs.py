"""Which runs does Prefect still call running although they are dead?

A task run whose flow run is over can go no further, and neither can a flow run whose books the
warehouse closed as crashed. Both are closed, so that the UI shows what is.
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from articles.model import Frozen
from flows.server.api import Api
from warehouse import db

OVER = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
OPEN = ("PENDING", "RUNNING", "PAUSED", "SCHEDULED", "CANCELLING")
PAGE = 200  # of what the server gives at once
SETTLED = 10.0  # seconds: the server writes the states of task runs every 5


class Closed(Frozen):
    """What was closed."""

    flow_runs: int
    task_runs: int


def close_dead_runs(api: Api, crashed: Iterable[str], settled: float = SETTLED) -> Closed:
    """Close the flow runs named in `crashed`, and every task run whose flow run is over.

    Waits for `settled` seconds in between: the end of a task run may not be written yet.
    """
    flows = sum(_close_flow_run(api, flow_run_id) for flow_run_id in crashed)
    over_at = datetime.now(UTC)
    time.sleep(settled)
    tasks = 0
    while dead := _dead_task_runs(api, over_at):
        for task in dead:
            api.post(f"/task_runs/{task['id']}/set_state", _crashed("its flow run is over"))
        tasks += len(dead)
        if len(dead) < PAGE:
            break
    return Closed(flow_runs=flows, task_runs=tasks)


def crashed_flow_runs(connection: db.Connection) -> list[str]:
    """Return the flow runs whose books were closed as crashed in the last ninety days."""
    rows = connection.execute(
        "select flow_run_id from store.run where status = 'crashed' and flow_run_id is not null "
        "and ended_at > now()::timestamp - interval 90 days"
    ).fetchall()
    return [flow_run_id for (flow_run_id,) in rows]


def _close_flow_run(api: Api, flow_run_id: str) -> bool:
    """Close a flow run that is open; one that the server has forgotten is closed already."""
    found = api.post("/flow_runs/filter", {"flow_runs": {"id": {"any_": [flow_run_id]}}})
    if not found or found[0]["state_type"] not in OPEN:
        return False
    reason = "it was killed; the warehouse closed its books"
    api.post(f"/flow_runs/{flow_run_id}/set_state", _crashed(reason))
    return True


def _dead_task_runs(api: Api, over_at: datetime) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.post(
        "/task_runs/filter",
        {
            "flow_runs": {
                "state": {"type": {"any_": list(OVER)}},
                "end_time": {"before_": over_at.isoformat()},
            },
            "task_runs": {"state": {"type": {"any_": list(OPEN)}}},
            "limit": PAGE,
        },
    )
    return found


def _crashed(reason: str) -> dict[str, Any]:
    state = {"type": "CRASHED", "name": "Crashed", "message": f"Closed by maintain: {reason}."}
    return {"state": state, "force": True}
