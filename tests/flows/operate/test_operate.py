"""Facts about a mill that runs by itself: a real server, a real worker, real child processes."""

import fcntl
import gzip
import http.client
import json
import os
import re
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree
from urllib.parse import urlsplit

import pytest

from flows.operate import deployments
from flows.operate.rerun import SECOND_TRY
from flows.server.address import ServerAddress, worker_of
from flows.server.api import Api
from flows.server.control import up
from flows.settings import Settings
from tests.flows.operate.receiver import Receiver
from tests.flows.operate.runs import Run, awaited, deployment_id, ended, in_state, runs, start
from warehouse import query

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

DROPS = "ingest/drops"
PAGE = """Home | News | Sport

Ferry to Skarholm sails again

2025-03-04 08:15:00

The ferry to Skarholm sails again on Monday, two weeks after its engine failed in the harbour of
Vestby. The council had hired two fishing boats in the meantime, at a cost of 4,000 crowns a day.

"People have missed their doctor more than their newspaper," said the harbour master, Ada Lind, who
had answered the telephone herself since the first evening.

Subscribe to our newsletter
"""


@pytest.fixture
def api(home: Settings, server: ServerAddress) -> Api:
    """The server, with a worker that has brought everything."""
    up(home)
    return Api(server)


def test_scheduled_run_fires_and_loads_what_lies_in_the_drops(api: Api, home: Settings) -> None:
    (home.drops / "ferry.txt").write_text(PAGE, encoding="utf-8")
    drops = deployment_id(api, DROPS)
    every = {"interval": 60, "anchor_date": datetime.now(UTC).isoformat()}
    [made] = api.post(
        f"/deployments/{drops}/schedules", [{"schedule": every, "active": True, "slug": "soon"}]
    )

    def completed() -> Run | None:
        ours = [run for run in runs(api, drops) if run["auto_scheduled"]]
        return next((run for run in ours if run["state"]["type"] == "COMPLETED"), None)

    try:
        run = awaited(completed, 240)
    finally:
        api.delete(f"/deployments/{drops}/schedules/{made['id']}")

    assert run["name"].startswith("drops ")
    with query.connect(home.articles) as connection:
        [(title,)] = query.ask(connection, "select title from articles").tuples
    assert title == "Ferry to Skarholm sails again"
    mine = {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}}
    keys = {artifact["key"] for artifact in api.post("/artifacts/filter", mine)}
    assert keys == {"ledger", "funnel", "quarantine", "audit", "documents", "progress"}
    assert status_of(linked_docs(api, run["id"])) == 200
    assert 'newsmill_inputs_total{bucket="loaded"} 1.0' in home.metrics.read_text("utf-8")


def linked_docs(api: Api, run_id: str) -> str:
    """Return the address of the Data Docs in the report of a run's audit."""
    mine = {"flow_run_id": {"any_": [run_id]}, "key": {"any_": ["audit"]}}
    [audit] = api.post("/artifacts/filter", {"artifacts": mine})
    [address] = re.findall(r"\[Open the Data Docs\]\((.+)\)", audit["data"])
    return str(address)


def status_of(address: str) -> int:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", parts.path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_next_runs_are_planned_as_soon_as_deployments_are_brought(api: Api) -> None:
    up_again(api)

    planned = {run["deployment_id"] for run in in_future(api)}
    assert deployment_id(api, DROPS) in planned
    assert deployment_id(api, "quarantine/weekly") not in planned  # its schedule is paused


def in_future(api: Api) -> list[Run]:
    scheduled: list[Run] = api.post(
        "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    )
    return scheduled


def test_schedule_paused_in_the_ui_stays_paused(api: Api) -> None:
    drops = deployment_id(api, DROPS)
    [schedule] = api.get(f"/deployments/{drops}")["schedules"]
    api.patch(f"/deployments/{drops}/schedules/{schedule['id']}", {"active": False})
    automations = api.post("/automations/filter", {})

    up_again(api)

    [after] = api.get(f"/deployments/{drops}")["schedules"]
    assert (after["id"], after["active"]) == (schedule["id"], False)
    assert api.post("/automations/filter", {}) == automations


def up_again(api: Api) -> None:
    deployments.bring(api, deployments.table())


def test_form_of_the_ui_explains_each_parameter(api: Api) -> None:
    for deployment in api.post("/deployments/filter", {}):
        for name, about in deployment["parameter_openapi_schema"]["properties"].items():
            assert about.get("description"), f"{deployment['name']}: {name}"
        assert deployment["description"]
        assert deployment["global_concurrency_limit"]["limit"] >= 1
        assert all(each["schedule"]["timezone"] for each in deployment["schedules"])


@pytest.mark.parametrize(
    ("event", "payload", "told"),
    [
        pytest.param(
            "newsmill.source.quiet",
            {"cause": "403 since Tuesday"},
            "403 since Tuesday",
            id="source",
        ),
        pytest.param(
            "newsmill.batch.held", {"because": ["a <b>{{ 7*7 }}</b>"]}, "{{ 7*7 }}", id="held"
        ),
    ],
)
def test_event_is_told_to_the_webhook(
    api: Api, receiver: Receiver, event: str, payload: dict[str, object], told: str
) -> None:
    api.post(
        "/events",
        [
            {
                "occurred": datetime.now(UTC).isoformat(),
                "event": event,
                "resource": {"prefect.resource.id": "newsmill.source.gazette"},
                "payload": payload,
                "id": os.urandom(16).hex(),
            }
        ],
    )

    message = receiver.awaited(told)

    assert message["subject"].startswith("newsmill: ")


def test_missing_drop_is_a_failed_run_that_says_so_and_the_next_repairs(
    api: Api, server: ServerAddress, home: Settings, receiver: Receiver
) -> None:
    rmtree(home.drops)
    failed = start(api, DROPS)

    assert ended(api, failed) == "FAILED"
    assert "does not exist" in api.get(f"/flow_runs/{failed}")["state"]["message"]
    told = receiver.awaited("newsmill: ingest failed")
    assert f"{server.ui_url}/runs/flow-run/{failed}" in told["body"]

    home.drops.mkdir()
    (home.drops / "ferry.txt").write_text(PAGE, encoding="utf-8")
    assert ended(api, start(api, DROPS)) == "COMPLETED"


def test_refusal_is_waived_from_the_form_of_the_ui(api: Api, home: Settings) -> None:
    cut = home.drops / "cut.txt.gz"
    cut.write_bytes(gzip.compress(PAGE.encode())[:200])
    assert ended(api, start(api, DROPS)) == "COMPLETED"
    form = {"decision": "waive", "document": str(cut), "because": "sent again", "by": "Ada"}

    assert ended(api, start(api, "quarantine/weekly", **form)) == "COMPLETED"

    with query.connect(home.articles) as connection:
        sql = "select decision, decided_by, because, documents from decisions"
        [decision] = query.ask(connection, sql).tuples
    assert decision == ("waive", "Ada", "sent again", 1)
    nothing = start(api, "quarantine/weekly", **form)
    assert ended(api, nothing) == "FAILED"
    assert "nothing to waive" in api.get(f"/flow_runs/{nothing}")["state"]["message"]


def test_run_killed_with_its_worker_is_shown_crashed_and_run_again_once(
    api: Api, home: Settings, receiver: Receiver
) -> None:
    home.warehouse_lock.touch()
    with home.warehouse_lock.open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # so that the run waits, alive
        run_id = start(api, DROPS)
        in_state(api, run_id, "RUNNING")
        worker = worker_of(home.prefect).state()
        assert worker is not None
        for pid in [worker.pid, *children(worker.pid)]:
            os.kill(pid, signal.SIGKILL)
        killed = datetime.now(UTC)
        crashed = in_state(api, run_id, "CRASHED", seconds=200)
    shown = datetime.fromisoformat(crashed["state"]["timestamp"])
    assert shown - killed < timedelta(seconds=120)
    receiver.awaited("newsmill: ingest crashed")

    up(home)

    def second() -> Run | None:
        ours = runs(api, deployment_id(api, DROPS))
        return next((run for run in ours if SECOND_TRY in run["tags"]), None)

    again = awaited(second, 120)
    assert ended(api, again["id"]) == "COMPLETED"
    start(api, "rerun/rerun", flow_run_id=run_id)
    rerun = start(api, "rerun/rerun", flow_run_id=again["id"])
    assert ended(api, rerun) == "COMPLETED"
    seconds = [r for r in runs(api, deployment_id(api, DROPS)) if SECOND_TRY in r["tags"]]
    assert [run["id"] for run in seconds] == [again["id"]]


def children(pid: int) -> list[int]:
    """Return the processes below `pid`."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *children(child)]
    return found


@pytest.mark.usefixtures("api")
def test_worker_started_by_a_script_in_the_background_stops_when_told(home: Settings) -> None:
    """A shell that has no terminal starts what stands before its `&` with SIGINT ignored."""
    worker = worker_of(home.prefect)
    worker.stop()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        up(home)
    finally:
        signal.signal(signal.SIGINT, before)
    state = worker.state()
    assert state is not None

    os.kill(state.pid, signal.SIGTERM)  # as systemd does; `down` would have SIGKILL after 11 s

    assert worker.wait_for_death(30)
    up(home)


def test_nothing_left_the_machine(api: Api, witness: Path, home: Settings) -> None:
    assert ended(api, start(api, DROPS)) == "COMPLETED"

    assert not witness.exists() or witness.read_text("utf-8") == ""
    [log] = home.logs.glob("*.jsonl")
    assert all(json.loads(line)["run"] for line in log.read_text("ascii").splitlines())
