"""Does docs/operate.md tell the truth about deployments, automations, settings and files?"""

import re

import pytest
import yaml

from flows.maintain.jobs import JOBS
from flows.operate import automations, deployments
from flows.settings import Settings
from tests.conftest import ROOT

GUIDE = (ROOT / "docs/operate.md").read_text("utf-8")


def first_cells(header: str) -> list[str]:
    """Return the first cell of each row of the table that begins with `header`."""
    rows = GUIDE[GUIDE.index(f"| {header} |") :].split("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip().strip("`") for row in rows]


def test_deployments_of_the_guide_are_those_of_the_table() -> None:
    assert sorted(first_cells("deployment")) == sorted(
        f"{each.flow().name}/{each.name}" for each in deployments.table()
    )


def test_automations_of_the_guide_are_those_of_the_table() -> None:
    assert first_cells("automation") == [each.name for each in automations.table()]


def test_every_job_of_the_night_is_told() -> None:
    upkeep = (ROOT / "docs/upkeep.md").read_text("utf-8")
    night = upkeep[upkeep.index("## Every night") : upkeep.index("## Backup and restore")]

    told = re.findall(r"^\d\. ", night, re.MULTILINE)

    assert len(told) == len(JOBS) + len(("sources", "publication and backup", "health"))


def test_variables_of_the_guide_are_settings() -> None:
    names = set(re.findall(r"NEWSMILL_([A-Z_]+)", GUIDE))

    assert {name.lower() for name in names} <= set(Settings.model_fields)


def test_pictures_and_files_of_the_guide_are_there() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", GUIDE)

    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []


@pytest.mark.parametrize("path", sorted((ROOT / "deploy").rglob("*.service")), ids=str)
def test_units_start_what_there_is(path: object) -> None:
    [module] = re.findall(r"^ExecStart=.* -m ([\w.]+) --foreground$", str(read(path)), re.MULTILINE)

    assert (ROOT / f"{module.replace('.', '/')}.py").exists()


def test_compose_file_starts_what_there_is() -> None:
    services = yaml.safe_load(read(ROOT / "deploy/compose.yaml"))["services"]

    modules = [services[name]["command"].split()[2] for name in ("server", "worker")]
    assert modules == ["flows.server.serve", "flows.operate.work"]
    assert services["server"]["ports"] == ["127.0.0.1:4200:4200"]


@pytest.mark.parametrize("name", ["server", "worker"])
def test_containers_find_the_sources_and_the_settings_of_the_checkout(name: str) -> None:
    service = yaml.safe_load(read(ROOT / "deploy/compose.yaml"))["services"][name]

    folder = service["environment"]["NEWSMILL_SOURCES"]
    assert f"../sources:{folder}:ro" in service["volumes"]
    assert service["env_file"] == [{"path": "mill.env", "required": False}]


def test_image_is_made_without_this_machines_environment_homes_and_secrets() -> None:
    """With a `.venv` copied in, `make setup` would find nothing to do, and its Python not there."""
    left_out = set(read(ROOT / ".dockerignore").splitlines())

    assert {".git", ".venv", "data", "**/*.env"} <= left_out
    assert not {
        name for name in left_out if name.strip("/*") in ("", "deploy", "requirements.lock")
    }


def read(path: object) -> str:
    return (ROOT / str(path)).read_text("utf-8")
