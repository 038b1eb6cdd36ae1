"""How does a server get all that the mill needs, from the work pool to the automations?"""

import logging
import threading
from contextlib import suppress
from pathlib import Path

from httpx import HTTPError
from prefect.workers.process import ProcessWorker
from pydantic import ValidationError
from yaml import YAMLError

from articles.errors import NewsmillError
from flows.operate import automations, deployments
from flows.operate.channels import bring_channels
from flows.server.address import POOL
from flows.server.api import CONFLICT, Api, ApiError
from flows.server.writer import ensure_limit
from flows.settings import Settings
from spiders.order import grouped
from spiders.source_files import SourceRefused, sorted_out

RERUN = "rerun/rerun"
LOOK_SECONDS = 60.0  # between two looks at the files
LOG = logging.getLogger("prefect.newsmill")


def bring(api: Api, settings: Settings) -> None:
    """Bring everything; what is there already stays as it is."""
    settings.drops.mkdir(parents=True, exist_ok=True)
    ensure_limit(api)
    _ensure_pool(api)
    wanted = deployments.for_groups(deployments.table(), _groups(settings))
    ids = deployments.bring(api, wanted)
    channels = bring_channels(settings)
    automations.bring(api, automations.table(), ids[RERUN], channels)


def follow(api: Api, settings: Settings, over: threading.Event) -> None:
    """Bring everything anew whenever one of its files has changed, until `over`.

    A file that is wrong is logged and changes nothing; what was brought before goes on. A server
    that does not answer is tried again at the next look.
    """
    brought = _changed(settings)
    while not over.wait(LOOK_SECONDS):
        if (now := _changed(settings)) != brought and _brought(api, settings):
            brought = now


def _brought(api: Api, settings: Settings) -> bool:
    """Bring everything; False when it should be tried again as it is."""
    try:
        bring(api, settings)
    except (NewsmillError, SourceRefused, ValidationError, YAMLError) as wrong:
        LOG.error("not brought to the server: %s", wrong)
        return not isinstance(wrong, ApiError)
    except (HTTPError, OSError) as trouble:
        LOG.error("not brought to the server, tried again soon: %s", trouble)
        return False
    return True


def _changed(settings: Settings) -> list[tuple[Path, int]]:
    """Return the files that say what is brought, each with the time of its last change."""
    files = [deployments.TABLE, automations.TABLE, *sorted(settings.sources.glob("*.toml"))]
    found = []
    for path in files:
        with suppress(FileNotFoundError):  # an editor replaces it at this moment
            found.append((path, path.stat().st_mtime_ns))
    return found


def _groups(settings: Settings) -> dict[str, list[str]]:
    """Return the enabled sources by group; one whose file is wrong waits until it is mended."""
    sound, wrong = sorted_out(settings.sources)
    for told in wrong:
        LOG.error("not crawled until it is mended: %s", told)
    enabled = [file for file in sound if file.source.enabled]
    return grouped(enabled) if enabled else {}


def _ensure_pool(api: Api) -> None:
    template = ProcessWorker.get_default_base_job_template()
    pool = {"name": POOL, "type": ProcessWorker.type, "base_job_template": template}
    try:
        api.post("/work_pools/", pool)
    except ApiError as error:
        if error.status != CONFLICT:  # it is there
            raise
