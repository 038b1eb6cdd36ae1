"""What happens by itself when something happened, and how does the server learn of it?

`automations.yaml` is the table. An automation that says already what it should is not touched,
because a change would forget which runs it is watching.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from pydantic import BaseModel, ConfigDict

from flows.server.api import Api

TABLE = Path(__file__).with_name("automations.yaml")
PREFIX = "newsmill: "
"""Begins the name of each automation that is ours."""
NOBODY = " Nobody is told yet: set one of NEWSMILL_NOTIFY_MAIL, _SLACK and _WEBHOOK for the worker."
"""Ends the description of one that would tell; the UI shows no more than that it does nothing."""


class Message(BaseModel):
    """What people are told; both are Jinja templates."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject: str
    body: str


class Automation(BaseModel):
    """A trigger in Prefect's own words, and what follows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    description: str
    trigger: dict[str, Any]
    crash: str | None = None
    """Close the run as crashed, with this message."""
    rerun: bool = False
    tell: Message | None = None


def table(path: Path = TABLE) -> tuple[Automation, ...]:
    """Return the automations that `path` lists."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(Automation.model_validate(each) for each in listed)


def bring(
    api: Api, automations: Sequence[Automation], rerun_id: str, channels: Sequence[UUID]
) -> None:
    """Make each automation on the server, or change it; those of ours that are no more go.

    `rerun_id` is the deployment that reruns, `channels` are the blocks that tell people. Whether
    one is enabled is decided in the UI.
    """
    listed = api.post("/automations/filter", {"limit": 200})
    known = {each["name"]: each for each in listed if each["name"].startswith(PREFIX)}
    for each in automations:
        wanted = definition(each, rerun_id, channels)
        there = known.pop(wanted["name"], None)
        if there is None:
            api.post("/automations/", {**wanted, "enabled": True})
        elif not _covers(there, wanted):
            api.put(f"/automations/{there['id']}", {**wanted, "enabled": there["enabled"]})
    for stale in known.values():
        api.delete(f"/automations/{stale['id']}")


def definition(automation: Automation, rerun_id: str, channels: Sequence[UUID]) -> dict[str, Any]:
    """Return an automation as Prefect's API has it."""
    silent = automation.tell is not None and not channels
    return {
        "name": PREFIX + automation.name,
        "description": automation.description + (NOBODY if silent else ""),
        "trigger": automation.trigger,
        "actions": _actions(automation, rerun_id, channels) or [{"type": "do-nothing"}],
    }


def _actions(
    automation: Automation, rerun_id: str, channels: Sequence[UUID]
) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = []
    if automation.crash is not None:
        actions.append(
            {"type": "change-flow-run-state", "state": "CRASHED", "message": automation.crash}
        )
    if automation.rerun:
        template = {"__prefect_kind": "jinja", "template": "{{ flow_run.id }}"}
        actions.append(
            {
                "type": "run-deployment",
                "source": "selected",
                "deployment_id": rerun_id,
                "parameters": {"flow_run_id": template},
            }
        )
    if automation.tell is not None:
        told = automation.tell.model_dump()
        actions += [
            {"type": "send-notification", "block_document_id": str(block), **told}
            for block in channels
        ]
    return actions


def _covers(there: Any, wanted: Any) -> bool:
    """Tell whether all that is wanted stands there; the server adds ids and defaults."""
    if isinstance(wanted, dict):
        return isinstance(there, dict) and all(
            key in there and _covers(there[key], value) for key, value in wanted.items()
        )
    if isinstance(wanted, list):
        if all(isinstance(each, str) for each in wanted):  # sets, which come in any order
            return bool(sorted(there) == sorted(wanted))
        return len(there) == len(wanted) and all(map(_covers, there, wanted))
    return bool(there == wanted)
