"""Facts about the sources that ship."""

from pathlib import Path

from spiders.order import Scope
from spiders.source_files import read_sources

SOURCES = Path(__file__).parents[2] / "sources"


def test_examples_are_sound_and_switched_off() -> None:
    files = list(read_sources(SOURCES))

    assert len(files) == 10
    assert [file.path.stem for file in files] == [file.source.id for file in files]
    assert not any(file.source.enabled for file in files)


def test_feeds_of_the_examples_may_be_fetched() -> None:
    for file in read_sources(SOURCES):
        scope = Scope(file.source)
        for feed in file.source.feeds:
            assert scope.on_site(feed), f"{file.path.name}: {feed} is on another domain"
