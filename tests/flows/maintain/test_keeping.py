"""Facts about keeping a home: what is verified, deleted, copied and put back."""

import hashlib
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import write_segment
from articles.model import MediaType, RawDocument
from flows.maintain.backup import BackupRefused, back_up, backups, forget_old, restore
from flows.maintain.retention import Rule, rules, tidy
from flows.maintain.server_database import vacuum
from flows.maintain.verify import verify
from flows.settings import Settings
from tests.warehouse.given import article, batch, load, rows
from warehouse import db
from warehouse.batch import Delivery

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEGMENT = "2026/03/01/b1.warc.gz"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with two documents in its archive and its warehouse."""
    settings = Settings(home=tmp_path / "home")
    documents = [
        RawDocument(
            document_id=hashlib.sha256(payload).hexdigest(),
            payload=payload,
            media_type=MediaType.TEXT,
            origin=f"drop/{payload.decode()}.txt",
        )
        for payload in (b"ferry", b"harbour")
    ]
    places = write_segment(settings.archive, "2026/03/01/b1", documents, AT)
    met = [
        Delivery.of(document, len(document.payload), AT, place.file, place.offset)
        for document, place in zip(documents, places, strict=True)
    ]
    with db.connect(settings.warehouse) as store:
        load(store, batch(*((each, article(each.origin[5:-4])) for each in met)))
    return settings


def problems(settings: Settings) -> tuple[str, ...]:
    with db.connect(settings.warehouse) as store:
        return verify(store, settings.archive, 60).problems


def test_sound_archive_has_no_problem_and_each_segment_has_its_turn(settings: Settings) -> None:
    with db.connect(settings.warehouse) as store:
        found = verify(store, settings.archive, 60)

        assert (found.segments, found.checked, found.documents, found.problems) == (1, 1, 2, ())
        assert rows(store, "select archive_file, documents, problem from store.archive_check") == [
            (SEGMENT, 2, None)
        ]


def test_flipped_bit_is_found(settings: Settings) -> None:
    path = settings.archive / SEGMENT
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 4
    path.write_bytes(damaged)

    [problem] = problems(settings)

    assert SEGMENT in problem
    assert "Restore" in problem


def test_segment_cut_between_two_records_is_found(settings: Settings) -> None:
    path = settings.archive / SEGMENT
    whole = path.read_bytes()
    second = whole.index(b"\x1f\x8b", 2)
    path.write_bytes(whole[:second])

    assert "1 documents are not where they were stored" in problems(settings)[0]


def test_missing_segment_is_found(settings: Settings) -> None:
    (settings.archive / SEGMENT).unlink()

    assert "is gone" in problems(settings)[0]


def test_home_is_put_back_as_it_was(settings: Settings, tmp_path: Path) -> None:
    frontier = settings.home / "crawl" / "all" / "frontier.sqlite"
    frontier.parent.mkdir(parents=True)
    with sqlite3.connect(frontier) as writer:
        writer.execute("create table url (address text)")
        writer.execute("insert into url values ('https://tide.example/a')")
    writer.close()
    target = tmp_path / "disk"

    made = back_up(settings, target, AT)
    second = back_up(settings, target, AT + timedelta(days=1))
    other = Settings(home=tmp_path / "other")
    restore(target, other)

    assert [file.path for file in made.files] == [
        f"archive/{SEGMENT}",
        "warehouse.duckdb",
        "crawl/all/frontier.sqlite",
    ]
    assert second.files[0] == made.files[0]
    assert problems(other) == ()
    with db.connect(other.warehouse) as store:
        assert rows(store, "select count(*) from articles") == [(2,)]
    reader = sqlite3.connect(other.home / "crawl" / "all" / "frontier.sqlite")
    assert reader.execute("select * from url").fetchall() == [("https://tide.example/a",)]
    reader.close()


def test_damaged_backup_is_not_put_back(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "disk", AT)
    copy = tmp_path / "disk" / "archive" / SEGMENT
    copy.write_bytes(copy.read_bytes()[:-3] + b"xyz")
    other = Settings(home=tmp_path / "other")

    with pytest.raises(BackupRefused, match="not the file that was backed up"):
        restore(tmp_path / "disk", other)

    assert not other.warehouse.exists()


def test_segment_spoilt_in_the_backup_is_copied_again(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "disk"
    back_up(settings, target, AT)
    copy = target / "archive" / SEGMENT
    copy.write_bytes(copy.read_bytes()[:-3] + b"xyz")
    other = Settings(home=tmp_path / "other")

    back_up(settings, target, AT + timedelta(days=1))
    restore(target, other)

    assert problems(other) == ()


def test_copies_that_were_killed_do_not_pile_up(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "disk"
    for name in ("20260228T120000Z", "notes of mine"):
        (target / name).mkdir(parents=True)
        (target / name / "warehouse.duckdb.part").write_bytes(b"half of it")

    back_up(settings, target, AT)

    folders = sorted(path.name for path in target.iterdir())
    assert folders == ["20260301T120000Z", "archive", "notes of mine"]


def test_fetched_pages_that_are_not_milled_are_in_the_backup(
    settings: Settings, tmp_path: Path
) -> None:
    fetched = settings.home / "crawl" / "news" / "segments"
    fetched.mkdir(parents=True)
    for name in ("a-001.warc.gz", "a-002.warc.gz.part"):
        (fetched / name).write_bytes(name.encode())
    other = Settings(home=tmp_path / "other")

    back_up(settings, tmp_path / "disk", AT)
    restore(tmp_path / "disk", other)

    found = {path.name: path.read_bytes() for path in (other.crawls / "news/segments").iterdir()}
    assert found == {name: name.encode() for name in ("a-001.warc.gz", "a-002.warc.gz.part")}


def test_frontier_is_copied_from_a_home_with_signs_in_its_name(
    settings: Settings, tmp_path: Path
) -> None:
    odd = settings.home.rename(tmp_path / "100%41 ü &#1")
    frontier = odd / "crawl" / "all" / "frontier.sqlite"
    frontier.parent.mkdir(parents=True)
    with closing(sqlite3.connect(frontier)) as writer:
        writer.execute("create table url (address text)")
        writer.commit()

    back_up(Settings(home=odd), tmp_path / "disk", AT)

    copy = tmp_path / "disk" / "20260301T120000Z" / "crawl" / "all" / "frontier.sqlite"
    with closing(sqlite3.connect(copy)) as reader:
        assert reader.execute("select name from sqlite_master").fetchall() == [("url",)]


def test_backup_that_was_killed_is_none(tmp_path: Path) -> None:
    target = tmp_path / "disk"
    (target / "20260301T000000Z").mkdir(parents=True)

    assert backups(target) == []
    with pytest.raises(BackupRefused, match="no whole backup"):
        restore(target, Settings(home=tmp_path / "other"))


def test_full_home_and_target_inside_the_home_are_refused(
    settings: Settings, tmp_path: Path
) -> None:
    back_up(settings, tmp_path / "disk", AT)

    with pytest.raises(BackupRefused, match="already"):
        restore(tmp_path / "disk", settings)
    with pytest.raises(BackupRefused, match="another disk"):
        back_up(settings, settings.home / "copies", AT)


def test_oldest_backups_go_first(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "disk"
    for day in range(3):
        back_up(settings, target, AT + timedelta(days=day))

    assert forget_old(target, keep=2) == 1
    assert [path.name for path in backups(target)] == ["20260302T120000Z", "20260303T120000Z"]


def test_only_what_a_rule_gives_free_is_deleted(tmp_path: Path) -> None:
    rule = Rule(files="staging/*", days=1, because="Left by runs that are dead since yesterday.")
    for name in ("old", "young"):
        (tmp_path / "staging" / name).mkdir(parents=True)
        (tmp_path / "staging" / name / "batch.arrow").write_bytes(b"1234")
    elsewhere = tmp_path / "kept"
    elsewhere.write_text("mine")
    (tmp_path / "staging" / "link").symlink_to(elsewhere)
    aged(tmp_path / "staging" / "old", AT - timedelta(days=2))
    aged(tmp_path / "staging" / "young", AT)

    [done] = tidy(tmp_path, AT, [rule])

    assert (done.count, done.bytes) == (1, 4)
    assert sorted(path.name for path in (tmp_path / "staging").iterdir()) == ["link", "young"]
    assert elsewhere.read_text() == "mine"


def aged(folder: Path, moment: datetime) -> None:
    for path in (folder, *folder.iterdir()):
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_logs_of_a_quarter_ago_go(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    for name, days in (("2025-11-01", 100), ("2026-02-01", 28)):
        log = tmp_path / "logs" / f"{name}.jsonl"
        log.write_text("{}\n")
        moment = (AT - timedelta(days=days)).timestamp()
        os.utime(log, (moment, moment))

    tidy(tmp_path, AT)

    assert [path.name for path in (tmp_path / "logs").iterdir()] == ["2026-02-01.jsonl"]


def test_shipped_rules_touch_neither_archive_nor_warehouse(settings: Settings) -> None:
    before = sorted(path for path in settings.home.rglob("*") if path.is_file())

    tidy(settings.home, AT + timedelta(days=10_000))

    assert sorted(path for path in settings.home.rglob("*") if path.is_file()) == before
    assert all(".." not in rule.files for rule in rules())


def test_server_database_gives_its_free_pages_back(tmp_path: Path) -> None:
    database = tmp_path / "prefect.db"
    with sqlite3.connect(database) as writer:
        writer.execute("create table log (line text)")
        writer.executemany("insert into log values (?)", [("x" * 1000,)] * 2000)
        writer.execute("delete from log")
    writer.close()

    done = vacuum(database, free=10**12)

    assert done is not None
    assert done.problem is None
    assert done.after < done.before / 10
    assert vacuum(tmp_path / "none.db", free=10**12) is None
    full = vacuum(database, free=0)
    assert full is not None
    assert full.problem is not None
