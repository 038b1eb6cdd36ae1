"""Which flows run by themselves, and how does the server learn of them?

`prefect.yaml` is the table, in Prefect's own format. A deployment that the server has is changed
in place: its runs, and the schedules that somebody paused in the UI, stay as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from prefect import Flow
from prefect.utilities.callables import parameter_schema
from pydantic import BaseModel, ConfigDict, Field

from flows.server.api import NOT_FOUND, Api, ApiError
from flows.server.resident import CODE

TABLE = CODE / "prefect.yaml"
EACH_GROUP = "each-source-group"
"""Tag of an entry that stands for one deployment a group of enabled sources."""
STAY = {"prefect.deployments.steps.set_working_directory": {"directory": str(CODE)}}
"""Without it Prefect copies the whole checkout, environment and all, for each run."""


class _Entry(BaseModel):
    """An unknown key is a mistake: a misspelt `shedules` would mean that nothing ever runs."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Schedule(_Entry):
    """When a deployment runs by itself."""

    slug: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    """Names the schedule, so that a changed cron line keeps its being paused."""
    cron: str
    timezone: str
    active: bool = True
    """How it is brought for the first time; afterwards the UI decides."""


class ConcurrencyLimit(_Entry):
    """How many runs of a deployment go on at once, and what becomes of one more."""

    limit: Annotated[int, Field(ge=1)]
    collision_strategy: Literal["ENQUEUE", "CANCEL_NEW"]


class WorkPool(_Entry):
    """Where the runs are started."""

    name: str


class Deployment(_Entry):
    """A flow with its schedules, its limit and the parameters that it starts with."""

    name: str
    entrypoint: Annotated[str, Field(pattern=r"^\w+(\.\w+)+$")]
    """Module and name of the flow, such as `flows.ingest.flow.ingest`."""
    description: str
    work_pool: WorkPool
    concurrency_limit: ConcurrencyLimit
    schedules: tuple[Schedule, ...] = ()
    parameters: dict[str, Any] = {}
    tags: tuple[str, ...] = ()

    def flow(self) -> Flow[..., Any]:
        """Import the flow."""
        module, _, name = self.entrypoint.rpartition(".")
        found = getattr(import_module(module), name)
        if not isinstance(found, Flow):
            raise TypeError(f"{self.entrypoint} of {TABLE.name} is {type(found)}, not a flow")
        return found


class DeploymentTable(_Entry):
    """All of `prefect.yaml`."""

    name: str
    deployments: tuple[Deployment, ...]


def table(path: Path = TABLE) -> tuple[Deployment, ...]:
    """Return the deployments that `path` lists; raises ValidationError, with the entry at fault."""
    text = path.read_text(encoding="utf-8")
    return DeploymentTable.model_validate(yaml.safe_load(text)).deployments


def for_groups(
    deployments: Iterable[Deployment], groups: Mapping[str, Sequence[str]]
) -> tuple[Deployment, ...]:
    """Return the deployments, those tagged EACH_GROUP once for each group of sources."""
    return tuple(
        made
        for each in deployments
        for made in (_of_groups(each, groups) if EACH_GROUP in each.tags else [each])
    )


def _of_groups(deployment: Deployment, groups: Mapping[str, Sequence[str]]) -> list[Deployment]:
    return [
        deployment.model_copy(
            update={
                "name": f"{deployment.name}-{group}",
                "parameters": {**deployment.parameters, "sources": list(members)},
            }
        )
        for group, members in groups.items()
    ]


def bring(api: Api, deployments: tuple[Deployment, ...]) -> dict[str, str]:
    """Make or change each deployment on the server; return their ids by `flow/name`.

    Those of groups of sources that are no more go. The next runs are planned at once; the server
    would come to it within half a minute, and until then show none.
    """
    ids = {
        f"{flow.name}/{each.name}": _bring(api, each, flow)
        for each, flow in ((each, each.flow()) for each in deployments)
    }
    of_groups = {"deployments": {"tags": {"all_": [EACH_GROUP]}}}
    for there in api.post("/deployments/filter", of_groups):
        if there["id"] not in ids.values():
            api.delete(f"/deployments/{there['id']}")
    for deployment_id in ids.values():
        api.post(f"/deployments/{deployment_id}/schedule", {})
    return ids


def _bring(api: Api, deployment: Deployment, flow: Flow[..., Any]) -> str:
    facts = _facts(deployment, flow)
    try:
        known = api.get(f"/deployments/name/{flow.name}/{deployment.name}")
    except ApiError as error:
        if error.status != NOT_FOUND:
            raise
    else:
        slugs = {schedule["slug"] for schedule in known["schedules"]}
        schedules = [_schedule(each, new=each.slug not in slugs) for each in deployment.schedules]
        api.patch(f"/deployments/{known['id']}", {**facts, "schedules": schedules})
        return str(known["id"])
    flow_id = api.post("/flows/", {"name": flow.name})["id"]
    schedules = [_schedule(each, new=True) for each in deployment.schedules]
    made = api.post(
        "/deployments/",
        {**facts, "name": deployment.name, "flow_id": flow_id, "schedules": schedules},
    )
    return str(made["id"])


def _facts(deployment: Deployment, flow: Flow[..., Any]) -> dict[str, Any]:
    limit = deployment.concurrency_limit
    return {
        "entrypoint": deployment.entrypoint,
        "pull_steps": [STAY],
        "description": deployment.description,
        "work_pool_name": deployment.work_pool.name,
        "concurrency_limit": limit.limit,
        "concurrency_options": {"collision_strategy": limit.collision_strategy},
        "parameters": deployment.parameters,
        "parameter_openapi_schema": parameter_schema(flow).model_dump_for_openapi(),
        "enforce_parameter_schema": True,
        "tags": list(deployment.tags),
    }


def _schedule(schedule: Schedule, *, new: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "slug": schedule.slug,
        "schedule": {"cron": schedule.cron, "timezone": schedule.timezone},
    }
    return {**told, "active": schedule.active} if new else told
