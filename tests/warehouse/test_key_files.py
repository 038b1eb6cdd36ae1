"""What stands in files beside the warehouse is found there, and from the tables without them."""

from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest

from articles.identity.shingles import Traits
from tests.warehouse.given import batch, load, rows
from tests.warehouse.test_stories import LATER, story, told, words
from warehouse import db
from warehouse.key_files import NUMBER, NUMBER_BITS, KeyFiles
from warehouse.load import load_batch
from warehouse.maintain import RejudgeReport, rejudge
from warehouse.sorted_keys import BLOCK, FEW, SortedKeys, marked, merged
from warehouse.trait_files import OPEN

WHOLE = words(1)
COPY = f"{words(1)} A line more."


def files(folder: Path) -> list[str]:
    return sorted("-".join(path.name.split("-")[:3]) for path in folder.iterdir())


def test_files_hold_every_article_and_small_ones_are_merged(tmp_path: Path) -> None:
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("a", WHOLE, "x.com")), "b1")
        load(store, batch(story("b", COPY, "y.com", 2), story("c", words(2), "y.com")), "b2")
        KeyFiles.of(store)

        assert told(store) == [("b", "a", "syndication")]
        assert files(tmp_path / "w.duckdb.shingles") == ["indexed-1-3", "traits-1-1", "traits-2-3"]


@pytest.mark.parametrize("lost", ["*", "traits-*", "indexed-*"])
def test_copy_is_found_without_the_files(tmp_path: Path, lost: str) -> None:
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("a", WHOLE, "x.com")), "b1")
    for path in (tmp_path / "w.duckdb.shingles").glob(lost):
        path.unlink()
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("b", COPY, "y.com", 2)), "b2")

        assert told(store) == [("b", "a", "syndication")]


def test_lost_files_are_made_anew_by_judging_anew(tmp_path: Path) -> None:
    folder = tmp_path / "w.duckdb.shingles"
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("a", WHOLE, "x.com"), story("b", COPY, "y.com", 2)), "b1")
        rmtree(folder)
        rejudge(store, LATER)

        assert told(store) == [("b", "a", "syndication")]
        assert files(folder) == ["indexed-1-2"]


def test_files_of_a_batch_that_failed_are_nobodys(tmp_path: Path) -> None:
    folder = tmp_path / "w.duckdb.shingles"
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("a", WHOLE, "x.com")), "b1")
        before = files(folder)
        (folder / "traits-2-2-00000000").write_bytes(b"of a batch that failed")
        KeyFiles.of(store)

        assert files(folder) == before


def test_texts_loaded_without_stories_are_judged_later(tmp_path: Path) -> None:
    with db.connect(tmp_path / "w.duckdb") as store:
        both = batch(story("a", WHOLE, "x.com"), story("b", COPY, "y.com", 2))
        load_batch(store, "b1", both, run_id="r", loaded_at=LATER, stories=False)
        assert told(store) == []

        assert rejudge(store, LATER) == RejudgeReport(articles=2, remembered=2, changed=1)
        assert told(store) == [("b", "a", "syndication")]
        assert rows(store, "select count(*) from store.fingerprint") == [(2,)]


def test_links_of_an_older_warehouse_are_given_their_numbers(tmp_path: Path) -> None:
    numbers = "select number, canonical_number from store.link"
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("a", WHOLE, "x.com"), story("b", COPY, "y.com", 2)), "b1")
        assert rows(store, numbers) == [(2, 1)]
        store.execute("alter table store.link drop column number")
        store.execute("alter table store.link drop column canonical_number")
        store.execute("delete from store.migration where name = '0063_links_by_number.sql'")
    with db.connect(tmp_path / "w.duckdb") as store:
        assert rows(store, numbers) == [(2, 1)]


def test_articles_of_an_older_warehouse_are_given_their_lots(tmp_path: Path) -> None:
    lots = "select article_id, lot from store.fingerprint"
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("a", WHOLE, "x.com"), story("b", COPY, "y.com", 2)), "b1")
        drawn = rows(store, lots)
        store.execute("alter table store.fingerprint drop column lot")
        store.execute("delete from store.migration where name = '0065_lots.sql'")
    with db.connect(tmp_path / "w.duckdb") as store:
        assert rows(store, lots) == drawn


def test_texts_of_a_warehouse_without_figures_are_read_anew(tmp_path: Path) -> None:
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("a", WHOLE, "x.com"), story("b", COPY, "y.com", 2)), "b1")
        store.execute("delete from store.migration where name = '0064_figures.sql'")
    with db.connect(tmp_path / "w.duckdb") as store:
        assert rows(store, "select number from store.link") == [(None,)]
        load(store, batch(story("c", words(3), "z.com")), "b2")

        assert rejudge(store, LATER) == RejudgeReport(articles=3, remembered=2, changed=0)
        assert told(store) == [("b", "a", "syndication")]


def test_files_larger_than_a_block_are_merged_in_order() -> None:
    every = np.arange(4 * BLOCK, dtype=np.uint64)

    blocks = list(merged([every[1::2], every[0::4], every[2::4]]))

    assert len(blocks) == 2
    assert np.array_equal(np.concatenate(blocks), every)


@pytest.mark.parametrize("more", [0, 1, 511, 512])
def test_keys_are_found_by_their_marks_as_without(more: int) -> None:
    random = np.random.default_rng(more)
    every = np.sort(random.integers(0, 2**40, FEW + more, np.uint64))
    stored = SortedKeys.of(np.concatenate(list(marked(np.array_split(every, 7)))))
    wanted = np.sort(
        np.concatenate([random.choice(every, 500), random.integers(0, 2**41, 500, np.uint64)])
    )

    assert np.array_equal(stored.keys, every)
    assert np.array_equal(stored.places(wanted), every.searchsorted(wanted))


def test_files_of_uses_without_marks_are_read_and_merged(tmp_path: Path) -> None:
    folder = tmp_path / "w.duckdb.shingles"
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("a", WHOLE, "x.com")), "b1")
        store.execute("update store.key_file set kind = 'uses' where kind = 'indexed'")
        load(store, batch(story("b", COPY, "y.com", 2)), "b2")
        KeyFiles.of(store)

        assert told(store) == [("b", "a", "syndication")]
        assert files(folder) == ["indexed-1-2", "traits-1-1", "traits-2-2"]


def test_texts_without_a_word_leave_files_that_can_be_asked(tmp_path: Path) -> None:
    with db.connect(tmp_path / "w.duckdb") as store:
        load(store, batch(story("a", "!!!", "x.com")), "b1")
        load(store, batch(story("b", WHOLE, "y.com", 2)), "b2")

        assert told(store) == []


def test_sample_of_texts_that_come_in_several_lots_is_written_once(tmp_path: Path) -> None:
    folder = tmp_path / "w.duckdb.shingles"
    with db.connect(tmp_path / "w.duckdb") as store:
        kept = KeyFiles.of(store)
        for number in range(1, 5):
            keys = np.arange(number, number + 3, dtype=np.uint64) << NUMBER_BITS
            kept.append(number, [Traits(keys, keys)], [keys], more=number < 4)

        users = kept.users(np.array([3, 9], np.uint64), most=9) & NUMBER
        assert files(folder)[0] == "indexed-1-4"
        assert (users.tolist(), kept.covered) == ([1, 2, 3], 4)


def test_samples_are_read_together_where_texts_stand_together(tmp_path: Path) -> None:
    with db.connect(tmp_path / "w.duckdb") as store:
        kept = KeyFiles.of(store)
        texts = [np.arange(n, n + 500, dtype=np.uint64) for n in range(1, 41)]
        kept.append(1, [Traits(keys, keys) for keys in texts[:30]], texts[:30])
        kept.append(31, [Traits(keys, keys) for keys in texts[30:]], texts[30:])

        for numbers in ([2], [1, 30], [1, 2, 3, 29, 31, 40, 99]):
            found = kept.texts.samples(dict.fromkeys(numbers, 2))

            assert {number: sample.tolist() for number, sample in found.items()} == {
                number: [number, number + 1] for number in numbers if number < 41
            }


def test_texts_are_found_in_more_files_than_are_open_at_once(tmp_path: Path) -> None:
    with db.connect(tmp_path / "w.duckdb") as store:
        files = KeyFiles.of(store)
        numbers = range(1, 2 * OPEN)
        for number in numbers:
            keys = np.array([number], np.uint64)
            files.append(number, [Traits(keys, keys + keys)], [keys])
        for number in (*numbers, *reversed(numbers)):
            found = files.texts.get(number)

            assert found is not None
            assert [each.tolist() for each in found] == [[number], [2 * number]]
