"""Facts about source files."""

from datetime import date
from pathlib import Path

import pytest

from spiders.source import DateArchive, Section
from spiders.source_files import (
    SourceFile,
    SourceRefused,
    chosen,
    sorted_out,
    source_of,
)

LEAST = 'id = "gazette"\npublisher = "The Gazette"\nhome = "https://gazette.example/"\n'


def test_three_lines_make_a_source() -> None:
    source = source_of(LEAST, "gazette.toml")

    assert (source.id, source.feeds, source.sitemaps, source.enabled) == (
        "gazette",
        "auto",
        "auto",
        True,
    )


@pytest.mark.parametrize(
    ("more", "told"),
    [
        pytest.param(
            "publsher = 1\n",
            "g.toml:4: unknown key 'publsher'; did you mean 'publisher'?",
            id="top",
        ),
        pytest.param(
            "[politeness]\ndelay = 2.0\ndely = 3\n",
            "g.toml:6: unknown key 'dely'; did you mean 'delay'?",
            id="table",
        ),
        pytest.param(
            '[[sections]]\nurl = "https://g.example/a"\n[[sections]]\npage = 2\n'
            'url = "https://g.example/b"\n',
            "g.toml:7: unknown key 'page'; did you mean 'pages'?",
            id="second-of-an-array",
        ),
        pytest.param("zzz = 1\n", "g.toml:4: unknown key 'zzz'", id="nothing-like-it"),
        pytest.param(
            'feeds = ["file:///etc/passwd"]\n',
            "g.toml:4: feeds: no http or https address",
            id="file-address",
        ),
        pytest.param(
            '[links]\ndeny = ["("]\n',
            "g.toml:5: links.deny: no regular expression: missing ), unterminated subpattern at "
            "position 0",
            id="pattern",
        ),
        pytest.param(
            '[politeness]\nconcurrency = "2"\n',
            "g.toml:5: politeness.concurrency: Input should be a valid integer",
            id="type",
        ),
        pytest.param(
            '[[archives]]\nurl = "https://g.example/{day}"\n',
            "g.toml:5: archives.url: give the day as `{date:%Y/%m/%d}`",
            id="archive-without-a-day",
        ),
        pytest.param(
            '[[sections]]\nurl = "https://g.example/{pge}"\n',
            "g.toml:5: sections.url: {pge} stands for nothing; `{page}` does",
            id="misspelt-page",
        ),
        pytest.param(
            "[expectations]\narticles_a_day = [400, 40]\n",
            "g.toml:5: expectations.articles_a_day: the lower bound comes first",
            id="bounds",
        ),
    ],
)
def test_wrong_file_is_refused_with_its_line(more: str, told: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        source_of(LEAST + more, "g.toml")
    assert str(refused.value) == told


def test_missing_key_is_named() -> None:
    with pytest.raises(SourceRefused, match=r"g\.toml: the key 'home' is missing"):
        source_of('id = "g"\npublisher = "G"\n', "g.toml")


def test_broken_toml_is_refused_with_its_line() -> None:
    with pytest.raises(SourceRefused, match=r"g\.toml: .*line 2"):
        source_of('id = "g"\nhome = \n', "g.toml")


def test_source_that_nothing_lists_is_refused() -> None:
    with pytest.raises(SourceRefused, match="nothing lists its pages"):
        source_of(LEAST + 'front = false\nfeeds = []\nsitemaps = "none"\n', "g.toml")


def test_span_may_have_a_unit() -> None:
    source = source_of(LEAST + '[revisit]\nfirst = "30m"\nuntil = "2w"\npoll_least = 60\n', "g")

    assert (source.revisit.first, source.revisit.until, source.revisit.poll_least) == (
        1800,
        1_209_600,
        60,
    )


def test_sections_and_archives_know_their_addresses() -> None:
    section = Section(url="https://g.example/a?page={page}", pages=2)
    archive = DateArchive(url="https://g.example/{date:%Y/%m/%d}/", days=2)

    assert section.addresses() == ["https://g.example/a?page=1", "https://g.example/a?page=2"]
    assert archive.addresses(date(2026, 3, 1)) == [
        "https://g.example/2026/03/01/",
        "https://g.example/2026/02/28/",
    ]


def test_list_of_addresses_lies_beside_its_source(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("# 2019\nhttps://gazette.example/a\n\nhttps://g.example/b\n")
    (tmp_path / "g.toml").write_text(LEAST + 'url_lists = ["old.txt"]\n')
    [file], _ = sorted_out(tmp_path)

    assert file.listed_urls() == ["https://gazette.example/a", "https://g.example/b"]


def test_source_whose_list_is_gone_keeps_no_other_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(LEAST + 'url_lists = ["old.txt"]\n')
    (tmp_path / "b.toml").write_text(LEAST.replace("gazette", "echo"))

    sound, wrong = sorted_out(tmp_path)

    assert [file.path.name for file in sound] == ["b.toml"]
    [told] = wrong
    assert "a.toml: url_lists: " in told
    assert told.endswith("old.txt: no such file")


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(LEAST)

    with pytest.raises(SourceRefused, match=r"a\.toml and .*b\.toml: both have the id"):
        chosen(tmp_path, [])


def test_file_that_is_no_utf_8_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(LEAST.encode("utf-8") + "# Café".encode("latin-1"))

    with pytest.raises(SourceRefused, match=r"a\.toml: TOML is UTF-8"):
        chosen(tmp_path, [])


def test_wrong_files_are_told_together_and_keep_no_other_source_from_being_crawled(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.toml").write_text("id = 1\n")
    (tmp_path / "b.toml").write_text(LEAST)
    (tmp_path / "c.toml").write_text("[[")

    with pytest.raises(SourceRefused, match=r"(?s)a\.toml.*c\.toml"):
        chosen(tmp_path, [])
    with pytest.raises(SourceRefused, match=r"a\.toml"):
        chosen(tmp_path, ["herald"])  # which may be the wrong one
    assert [file.source.id for file in chosen(tmp_path, ["gazette"])] == ["gazette"]


def test_sources_are_chosen_by_name_or_by_being_enabled(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(LEAST)
    (tmp_path / "b.toml").write_text(LEAST.replace("gazette", "herald") + "enabled = false\n")

    def ids(files: list[SourceFile]) -> list[str]:
        return [file.source.id for file in files]

    assert ids(chosen(tmp_path, [])) == ["gazette"]
    assert ids(chosen(tmp_path, ["herald"])) == ["herald"]
    with pytest.raises(SourceRefused, match="no source 'heral'; did you mean 'herald'"):
        chosen(tmp_path, ["heral"])
