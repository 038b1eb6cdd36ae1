"""Facts about the sources that ship."""

from pathlib import Path

from spiders.order import Scope
from spiders.source_files import sorted_out

SOURCES = Path(__file__).parents[2] / "sources"


def test_examples_are_sound_and_switched_off() -> None:
    files, wrong = sorted_out(SOURCES)

    assert (len(files), wrong) == (10, [])
    assert [file.path.stem for file in files] == [file.source.id for file in files]
    assert not any(file.source.enabled for file in files)


def test_feeds_of_the_examples_may_be_fetched() -> None:
    for file in sorted_out(SOURCES)[0]:
        scope = Scope(file.source)
        for feed in file.source.feeds:
            assert scope.on_site(feed), f"{file.path.name}: {feed} is on another domain"
