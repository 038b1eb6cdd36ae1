"""Which sources are crawled together."""

from pathlib import Path

import pytest

from spiders.order import grouped
from spiders.source_files import SourceFile, SourceRefused, source_of


def source(name: str, home: str, more: str = "") -> SourceFile:
    text = f'id = "{name}"\npublisher = "P"\nhome = "{home}"\n{more}'
    return SourceFile(Path(f"{name}.toml"), source_of(text, name))


def test_sources_are_crawled_by_group() -> None:
    files = [
        source("a", "https://a.example/"),
        source("b", "https://b.example/", 'group = "slow"'),
        source("c", "https://c.example/"),
    ]

    assert grouped(files) == {"news": ["a", "c"], "slow": ["b"]}


def test_a_site_in_two_groups_is_refused() -> None:
    feeds = 'group = "slow"\nfeeds = ["https://feeds.herald.example/rss"]'
    files = [source("herald", "https://www.herald.example/"), source("b", "https://b.test/", feeds)]

    with pytest.raises(SourceRefused, match=r"herald\.toml and b\.toml: both ask feeds\.herald"):
        grouped(files)


def test_no_source_at_all_is_told() -> None:
    with pytest.raises(SourceRefused, match="no source is enabled"):
        grouped([])
