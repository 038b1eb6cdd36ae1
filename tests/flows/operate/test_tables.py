"""Facts about the tables of deployments, automations and day pages; nothing is started."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import ValidationError

from flows.operate import automations, deployments
from flows.operate.backfill import NoDayPages, only_day, toml
from spiders.source import Source
from spiders.source_files import source_of

ENTRY = """
name: newsmill
deployments:
  - name: drops
    entrypoint: flows.ingest.flow.ingest
    description: Mills.
    tags: [{tag}]
    {schedules}: [{{slug: daily, cron: "5 2 * * *", timezone: UTC}}]
    concurrency_limit: {{limit: 1, collision_strategy: CANCEL_NEW}}
    work_pool: {{name: newsmill}}
"""


def entry(folder: Path, tag: str = "ingest", schedules: str = "schedules") -> Path:
    path = folder / "prefect.yaml"
    path.write_text(ENTRY.format(tag=tag, schedules=schedules), encoding="utf-8")
    return path


def test_misspelt_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="shedules"):
        deployments.table(entry(tmp_path, schedules="shedules"))


def test_entry_for_groups_becomes_one_deployment_a_group(tmp_path: Path) -> None:
    table = deployments.table(entry(tmp_path, tag=deployments.EACH_GROUP))

    made = deployments.for_groups(table, {"news": ["gazette", "herald"], "wires": ["ritzau"]})

    assert [(each.name, each.parameters) for each in made] == [
        ("drops-news", {"sources": ["gazette", "herald"]}),
        ("drops-wires", {"sources": ["ritzau"]}),
    ]
    assert deployments.for_groups(table, {}) == ()


def test_every_deployment_has_a_flow_and_every_schedule_a_time_zone() -> None:
    for each in deployments.table():
        assert each.flow().name
        assert all(schedule.timezone == "UTC" for schedule in each.schedules)


def test_automation_that_tells_nobody_says_so() -> None:
    rerun = str(UUID(int=3))
    for each in automations.table():
        alone = automations.definition(each, rerun, [])["description"]
        heard = automations.definition(each, rerun, [UUID(int=1)])["description"]

        assert heard == each.description
        assert (automations.NOBODY in alone) == (each.tell is not None)


def test_every_automation_does_something_and_tells_every_channel() -> None:
    channels = [UUID(int=1), UUID(int=2)]

    for each in automations.table():
        actions = automations.definition(each, str(UUID(int=3)), channels)["actions"]
        assert actions
        assert len(actions) == 2 * (each.tell is not None) + (each.crash is not None) + each.rerun


def test_day_pages_alone_are_left_for_one_day() -> None:
    text = """
    id = "gazette"
    publisher = "The \\"Gazette\\" of Vestby"
    home = "https://gazette.example/"
    urls = ["https://gazette.example/one"]
    [[archives]]
    url = "https://gazette.example/{date:%Y/%m/%d}/"
    days = 30
    [politeness]
    delay = 2.5
    """
    source = source_of(text, "gazette.toml")

    alone = only_day(source, date(2025, 3, 4))

    assert source_of(toml(alone.model_dump(exclude_defaults=True)), "again") == alone
    assert alone.archives[0].addresses(date(2026, 1, 1)) == ["https://gazette.example/2025/03/04/"]
    assert (alone.front, alone.feeds, alone.urls) == (False, (), ())
    assert alone.politeness == source.politeness


def test_source_without_day_pages_cannot_be_filled_back() -> None:
    source = Source(id="gazette", publisher="Gazette", home="https://gazette.example/")

    with pytest.raises(NoDayPages, match="names no day pages"):
        only_day(source, date(2025, 3, 4))
