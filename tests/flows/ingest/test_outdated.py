"""Facts about the snapshot after a run that died between its load and its publication."""

from pathlib import Path

import pytest

from flows.ingest import stages
from flows.ingest.mill import open_mill
from flows.settings import Settings
from warehouse.publish import publish


def whole_run(settings: Settings, name: str) -> bool:
    """Run with nothing to mill; return whether the snapshot was found outdated."""
    with open_mill(settings, name, None, "ingest") as mill:
        stages.close_books(mill)
        return stages.is_outdated(mill)


def test_snapshot_is_published_again_after_a_run_that_died_before_it_did(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    assert whole_run(settings, "first")
    publish(settings.warehouse, settings.articles)
    assert not whole_run(settings, "second")

    with pytest.raises(OSError, match="disk"), open_mill(settings, "dies", None, "ingest"):
        raise OSError("the disk is full")

    assert whole_run(settings, "third")
    publish(settings.warehouse, settings.articles)
    assert not whole_run(settings, "fourth")
