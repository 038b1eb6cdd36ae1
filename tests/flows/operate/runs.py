"""Watch the flow runs of a server."""

import time
from collections.abc import Callable
from typing import Any

from flows.server.api import Api, ApiError

Run = dict[str, Any]


def deployment_id(api: Api, name: str) -> str:
    return str(api.get(f"/deployments/name/{name}")["id"])


def start(api: Api, name: str, **parameters: object) -> str:
    """Start a run as the button of the UI does."""
    path = f"/deployments/{deployment_id(api, name)}/create_flow_run"
    return str(api.post(path, {"parameters": parameters})["id"])


def runs(api: Api, deployment: str) -> list[Run]:
    wanted = {"deployments": {"id": {"any_": [deployment]}}}
    listed: list[Run] = api.post("/flow_runs/filter", {**wanted, "limit": 200})
    return listed


def awaited(look: Callable[[], Run | None], seconds: float) -> Run:
    """Return what `look` finds, asking again until it does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (found := look()) is not None:
            return found
        time.sleep(0.5)
    raise AssertionError(f"not seen within {seconds} s")


def in_state(api: Api, run_id: str, *states: str, seconds: float = 300) -> Run:
    """Return the run once it is in one of the states."""

    def look() -> Run | None:
        try:
            run: Run = api.get(f"/flow_runs/{run_id}")
        except ApiError as error:
            if error.status is not None:
                raise
            return None  # a server that is restarted or catches up gives no answer for a while
        return run if run["state"]["type"] in states else None

    return awaited(look, seconds)


def ended(api: Api, run_id: str, seconds: float = 300) -> str:
    """Return the type of the state in which the run ends."""
    run = in_state(api, run_id, "COMPLETED", "FAILED", "CRASHED", "CANCELLED", seconds=seconds)
    return str(run["state"]["type"])
