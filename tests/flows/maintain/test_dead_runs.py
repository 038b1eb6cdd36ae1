"""Facts about runs that are dead, and that the Prefect server still calls running."""

from pathlib import Path
from threading import Timer
from uuid import uuid4

import pytest

from flows.maintain.runs import Closed, close_dead_runs
from flows.server.api import Api
from flows.server.ensure import ensure_server
from flows.settings import Settings

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("samples")]


@pytest.fixture(scope="module")
def api(mill_home: Path) -> Api:
    return Api(ensure_server(Settings(home=mill_home)))


def flow_run(api: Api, state: str) -> str:
    flow = api.post("/flows/", {"name": f"made-up {uuid4()}"})
    run = api.post("/flow_runs/", {"flow_id": flow["id"], "state": {"type": state, "name": state}})
    return str(run["id"])


def task_run(api: Api, flow_run_id: str) -> str:
    run = api.post(
        "/task_runs/",
        {
            "flow_run_id": flow_run_id,
            "task_key": "load",
            "dynamic_key": str(uuid4()),
            "state": {"type": "RUNNING", "name": "Running"},
        },
    )
    return str(run["id"])


def test_task_run_of_a_dead_flow_run_is_closed_and_that_of_a_living_one_is_not(api: Api) -> None:
    dead = task_run(api, flow_run(api, "CRASHED"))
    alive = task_run(api, flow_run(api, "RUNNING"))

    closed = close_dead_runs(api, [], settled=0)

    assert closed.task_runs >= 1
    assert api.get(f"/task_runs/{dead}")["state_type"] == "CRASHED"
    assert api.get(f"/task_runs/{alive}")["state_type"] == "RUNNING"
    assert close_dead_runs(api, [], settled=0) == Closed(flow_runs=0, task_runs=0)


def test_flow_run_whose_books_were_closed_as_crashed_is_closed_too(api: Api) -> None:
    killed, over = flow_run(api, "RUNNING"), flow_run(api, "COMPLETED")
    of_killed = task_run(api, killed)

    closed = close_dead_runs(api, [killed, over, str(uuid4())], settled=0)

    assert closed.flow_runs == 1
    assert api.get(f"/flow_runs/{killed}")["state_type"] == "CRASHED"
    assert api.get(f"/flow_runs/{over}")["state_type"] == "COMPLETED"
    assert api.get(f"/task_runs/{of_killed}")["state_type"] == "CRASHED"


def test_task_run_whose_end_is_still_being_written_is_left_alone(api: Api) -> None:
    over = flow_run(api, "RUNNING")
    last = task_run(api, over)
    soon = Timer(1.0, end, args=[api, over])  # as a run does that ends while maintain waits
    soon.start()

    close_dead_runs(api, [], settled=3.0)

    soon.join()
    assert api.get(f"/flow_runs/{over}")["state_type"] == "COMPLETED"
    assert api.get(f"/task_runs/{last}")["state_type"] == "RUNNING"


def end(api: Api, flow_run_id: str) -> None:
    state = {"type": "COMPLETED", "name": "Completed"}
    api.post(f"/flow_runs/{flow_run_id}/set_state", {"state": state, "force": True})
