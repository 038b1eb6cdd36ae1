"""The flow `rerun`: a crashed run is started once more."""

from uuid import UUID

from prefect import flow, get_run_logger

from articles.errors import NewsmillError
from flows.server.address import find
from flows.server.api import Api
from flows.settings import Settings

SECOND_TRY = "rerun"
"""Tag of a run that is the second try of another: it gets no third."""


class NoServer(NewsmillError):
    """A rerun needs the server that knows the crashed run."""


@flow(name="rerun", flow_run_name="rerun {flow_run_id}")
def rerun(flow_run_id: UUID) -> str | None:
    """Start a crashed run of a deployment once more, with its parameters.

    However often this is called for a run, one rerun comes of it: the server knows the second by
    its key. A run by hand (`newsmill ingest`) has no deployment, and whoever started it decides.

    Args:
        flow_run_id: Id of the crashed flow run, as at the end of the address of its page.
    """
    settings = Settings()
    address = find(settings.prefect)
    if address is None:
        raise NoServer(f"no Prefect server runs for {settings.home}; `newsmill up` starts one")
    api = Api(address)
    crashed = api.get(f"/flow_runs/{flow_run_id}")
    if crashed["deployment_id"] is None or SECOND_TRY in crashed["tags"]:
        get_run_logger().info("run %s is not started again", crashed["name"])
        return None
    started = api.post(
        f"/deployments/{crashed['deployment_id']}/create_flow_run",
        {
            "parameters": crashed["parameters"],
            "idempotency_key": f"rerun-{flow_run_id}",
            "tags": [*crashed["tags"], SECOND_TRY],
        },
    )
    get_run_logger().info("run %s is started again as %s", crashed["name"], started["name"])
    return str(started["id"])
