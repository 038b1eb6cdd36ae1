"""Which environment variables make Prefect ours: private, quiet, patient?

Prefect reads its settings when it is imported, so they are put into the environment before that.
"""

import os
import sys
from pathlib import Path

from articles.errors import NewsmillError
from flows.server.address import ServerAddress

TOLD_TO_NOBODY = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
}
"""No word leaves the machine; the last one also saves a thread and an event every 10 s."""

SERVER_TUNING = {
    # A writer that waits beats one that fails: SQLite has one at a time, and disks are slow.
    "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
    "PREFECT_SERVER_DATABASE_CONNECTION_TIMEOUT": "60",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # Made for many users of one server, these look every 5 to 20 s; nothing here is in such haste.
    # Each look costs 10 to 20 ms: together they were half of what an idle server took.
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "20",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "30",
    "PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_LOOP_SECONDS": "30",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS": "30",
    "PREFECT_SERVER_SERVICES_FOREMAN_LOOP_SECONDS": "30",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_LOOP_SECONDS": "60",
    "PREFECT_SERVER_EVENTS_PROACTIVE_GRANULARITY": "PT10S",
    # Nobody suspends runs here, so nobody need look every 5 s whether a pause ran out.
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    # In memory, a restart forgets the leases and keeps the slots: taken for ever by nobody, they
    # would stop every later run of a deployment.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
        "prefect.server.concurrency.lease_storage.filesystem"
    ),
    # 170 runs a day, with their tasks, logs and artifacts, would stay for ever; after 90 days they
    # go. What the runs did stays in the warehouse.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(90 * 24 * 3600),
    # A flow run leaves about 30 events; heartbeats come on top.
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "5",
}

CLIENT_TUNING = {
    # A busy laptop answers late; a run must not fail for it.
    "PREFECT_API_REQUEST_TIMEOUT": "120",
    "PREFECT_CLIENT_MAX_RETRIES": "8",
    "PREFECT_CLIENT_RETRY_EXTRA_CODES": "500,502,503,504",
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "true",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",  # one lock file, one version
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",  # never a second, unseen server
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",  # so that a dead run can be told from a slow one
}


def server_environment(
    folder: Path, port: int, auth: str, origin: str | None = None
) -> dict[str, str]:
    """Return the variables of a server on `port` of the loopback interface.

    `folder` gets its database. Basic authentication with `auth`, CSRF tokens, and only the
    server's own two spellings of its origin may call it from a browser, or `origin` alone when
    a proxy stands before it.
    """
    own = f"http://127.0.0.1:{port}"
    return {
        **TOLD_TO_NOBODY,
        **SERVER_TUNING,
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": origin or f"{own},http://localhost:{port}",
        "PREFECT_UI_API_URL": f"{origin or own}/api",
        "PREFECT_UI_URL": f"{origin or own}/v2",  # for the links in messages
    }


def connect(address: ServerAddress, folder: Path) -> None:
    """Point this process at the server, with `folder` as the place for results and memos.

    Tuning that the user has set stays; which server it is and what opens it is ours to say.
    Raises PrefectImportedTooSoon when Prefect has read its settings already.
    """
    if "prefect" in sys.modules:
        raise PrefectImportedTooSoon
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, value in (TOLD_TO_NOBODY | CLIENT_TUNING).items():
        os.environ.setdefault(name, value)
    os.environ.update(identity(address, folder))


def identity(address: ServerAddress, folder: Path) -> dict[str, str]:
    """Return the variables that say which server a process belongs to, and what opens it."""
    return {
        "PREFECT_HOME": str(folder),
        "PREFECT_API_URL": address.api_url,
        "PREFECT_UI_URL": address.ui_url,
        **({"PREFECT_API_AUTH_STRING": address.auth} if address.auth else {}),
    }


class PrefectImportedTooSoon(NewsmillError):
    """Prefect was imported before its settings were in the environment."""

    def __init__(self) -> None:
        super().__init__(
            "prefect was imported before flows.server.environment.connect(): "
            "import flows after connecting"
        )
