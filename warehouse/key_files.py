"""Where are the shingles of stored articles, so that a few are found among many millions?

A join reads every stored row. Beside the warehouse the same shingles lie in sorted files, in which
a batch costs the same whatever is stored. `store.key_file` says which files count: it is written in
the transaction of the batch, so that a file of a batch that failed is nobody's. The tables stay
the truth: without the files (another machine, a warehouse in memory) the join answers.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import duckdb
import numpy as np

from articles.identity.shingles import Traits
from articles.identity.uses import spans
from articles.identity.words import Keys
from warehouse.sorted_keys import NO_KEYS, SortedKeys, marked, merged
from warehouse.sql import statement
from warehouse.trait_files import KeyFile, TraitFiles, traits_of

NUMBER_BITS = np.uint64(26)
"""Of a shingle that give way to the number of the article: sixty million articles. A key of 38
bits is met by chance once among 200 million, and costs a comparison."""
NUMBER = np.uint64((1 << 26) - 1)
GROWTH = 4  # a file is merged into the one before until that is this many times as large
LARGEST = 1 << 28  # uses in a file that is not merged any more: 2 GB, of nine million articles
HELD = 1 << 22  # uses held in memory before they are written: 32 MB
AT_ONCE = 100_000  # articles of the tables that one file is made of
TRAITS, USES = "traits", "indexed"
BARE = "uses"  # files of uses that were written without marks, until they are merged


@dataclass(slots=True)
class KeyFiles:
    """The files that stand beside a warehouse."""

    connection: duckdb.DuckDBPyConnection
    folder: Path | None
    """None for a warehouse that is no file: nothing is kept beside it."""
    texts: TraitFiles
    """Those of them that hold what each text is compared by."""
    _kept: list[KeyFile] = field(default_factory=list)
    _arrays: dict[str, SortedKeys] = field(default_factory=dict)
    """What stands in the files of uses, by name: few, as they are merged."""
    _held: list[Keys] = field(default_factory=list)
    """Uses that are in no file yet, in the order of their articles."""
    _held_first: int = 0
    _held_last: int = 0

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection) -> "KeyFiles":
        """Return the files beside the warehouse that `connection` is open on.

        Only the one writer may ask, before it changes anything.
        """
        [(path,)] = connection.execute(
            "select path from duckdb_databases() "
            "where database_name = current_database() and type = 'duckdb'"
        ).fetchall() or [(None,)]
        if path is None:
            return cls(connection, None, TraitFiles(None))
        rows = connection.execute(statement("key_files")).fetchall()
        found = [KeyFile(*row) for row in rows]
        folder = Path(f"{path}.shingles")
        files = cls(connection, folder, TraitFiles(folder))
        files._keep(found)
        files._sweep()
        return files

    def _keep(self, files: Iterable[KeyFile]) -> None:
        """Take `files` for those that count."""
        self._kept = sorted(files, key=lambda each: each.first)
        self.texts.keep([each for each in self._kept if each.kind == TRAITS])

    def _sweep(self) -> None:
        """Delete the files that no longer count: of batches that failed, or merged into others."""
        if self.folder is not None and self.folder.exists():
            kept = {each.file for each in self._kept}
            for path in self.folder.iterdir():
                if path.name not in kept:
                    path.unlink()

    @property
    def covered(self) -> int:
        """The number up to which `uses` are kept; who shares words with others is in the tables."""
        return max((each.last for each in self._standing()), default=0)

    @property
    def last(self) -> int:
        """The highest number that any file was written for; it may be forgotten by now."""
        return max((each.last for each in self._kept), default=0)

    def _standing(self) -> Iterator[KeyFile]:
        """Yield the files of `uses` from the first article on, up to one that is missing."""
        reached = 0
        for each in self._kept:
            follows = each.kind in (USES, BARE) and each.first == reached + 1
            if follows and self._array(each) is not None:
                yield each
                reached = each.last

    def append(
        self, first: int, traits: Sequence[Traits], kept: Sequence[Keys], *, more: bool = False
    ) -> None:
        """Keep what texts are compared by, `first` the number of the first, and their sample.

        When `more` texts follow the sample may wait for `write_uses`: small files would be merged
        again and again.
        """
        last = first + len(traits) - 1
        if self.folder is None or not traits or last > NUMBER:
            return
        folder = self.folder
        self._write(folder, TRAITS, first, last, [traits_of(traits)])
        numbers = np.repeat(np.arange(first, last + 1, dtype=np.uint64), [len(k) for k in kept])
        self._held_first = self._held_first if self._held else first
        self._held_last = last
        self._held.append(np.concatenate(kept) >> NUMBER_BITS << NUMBER_BITS | numbers)
        if not more or sum(len(uses) for uses in self._held) > HELD:
            self.write_uses()

    def write_uses(self) -> None:
        """Write who uses the shingles of the texts for which `append` did not."""
        if self.folder is not None and self._held:
            uses = np.sort(np.concatenate(self._held))
            self._held = []
            self._keep_uses(self.folder, self._held_first, self._held_last, uses)

    def users(self, wanted: Keys, most: int) -> Keys:
        """Return who has each of the shingles `wanted`: the shingle << NUMBER_BITS | whose.

        `wanted` are sorted, without their last NUMBER_BITS. Of one that more than `most` articles
        of a file have, no more than these are returned.
        """
        found = [NO_KEYS]
        for each in self._standing():
            array = self._arrays[each.file]
            begins = array.places(wanted << NUMBER_BITS)
            hit = array.keys.take(begins, mode="clip") >> NUMBER_BITS == wanted
            begins, met = begins[hit], wanted[hit]
            ends = begins + 1
            more = array.keys.take(ends, mode="clip") >> NUMBER_BITS == met  # most have one user
            ends[more] = array.places((met[more] + np.uint64(1)) << NUMBER_BITS)
            found.append(array.keys[spans(begins, np.minimum(ends - begins, most))])
        return np.concatenate(found)

    def catch_up(self) -> None:
        """Make files of those articles that only the tables know of."""
        if self.folder is None:
            return
        folder, covered = self.folder, self.covered
        self.connection.execute("delete from store.key_file where first > ?", [covered])
        self._keep(each for each in self._kept if each.first <= covered)
        [(highest,)] = self.connection.execute(
            "select coalesce(max(number), 0) from store.fingerprint"
        ).fetchall()
        for first in range(covered + 1, highest + 1, AT_ONCE):
            last = min(first + AT_ONCE - 1, highest)
            rows = self.connection.sql(
                "select key, number from store.shingle where number between ? and ?",
                params=[first, last],
            ).to_arrow_table()
            keys, numbers = (rows[name].to_numpy().astype(np.uint64) for name in rows.column_names)
            self._keep_uses(folder, first, last, np.sort(keys << NUMBER_BITS | numbers))

    def _keep_uses(self, folder: Path, first: int, last: int, uses: Keys) -> None:
        """Write a file of uses, merged with those before it that are not much larger."""
        parts = [uses]
        while (before := self._mergeable(first, sum(len(part) for part in parts))) is not None:
            parts.append(self._arrays[before.file].keys)
            first = before.first
            self._kept.remove(before)
            self.connection.execute("delete from store.key_file where file = ?", [before.file])
        self._write(folder, USES, first, last, marked(merged(parts)))
        standing = {each.file for each in self._kept}
        self._arrays = {name: array for name, array in self._arrays.items() if name in standing}

    def _mergeable(self, first: int, size: int) -> KeyFile | None:
        """Return the file that ends before article `first`, if it is to be merged with `size`."""
        for each in self._standing():
            if each.last == first - 1 and len(self._arrays[each.file].keys) < min(
                GROWTH * size, LARGEST
            ):
                return each
        return None

    def _write(
        self, folder: Path, kind: str, first: int, last: int, blocks: Iterable[Keys]
    ) -> None:
        folder.mkdir(exist_ok=True)
        fresh = folder / f"{kind}-{first}-{last}.new"
        checksum = 0
        with fresh.open("wb") as out:
            for block in blocks:
                checksum = crc32(block.data, checksum)
                out.write(block.data)
            out.flush()
            os.fsync(out.fileno())
        file = f"{kind}-{first}-{last}-{checksum:08x}"
        fresh.replace(folder / file)
        self.connection.execute(
            "insert into store.key_file by name select ? as kind, ? as first, ? as last, ? as file",
            [kind, first, last, file],
        )
        self._keep([*self._kept, KeyFile(kind, first, last, file)])

    def _array(self, kept: KeyFile) -> SortedKeys | None:
        """Return what stands in a file of uses, None when it is missing."""
        if kept.file not in self._arrays and self.folder is not None:
            path = self.folder / kept.file
            if path.exists():  # and an empty file cannot be mapped
                mapped = np.memmap(path, np.uint64, "r") if path.stat().st_size else NO_KEYS
                stored = mapped.view(np.ndarray)  # cut 5 times as quickly
                bare = kept.kind == BARE
                self._arrays[kept.file] = (
                    SortedKeys(stored, NO_KEYS) if bare else SortedKeys.of(stored)
                )
        return self._arrays.get(kept.file)
