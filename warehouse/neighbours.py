"""Which stored articles share words with others, and how much?

Every article leaves the lowest of its shingles (`articles.identity`) in `store.shingle` and in the
files beside the warehouse. Who has them too is a candidate; all shingles of both decide.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from articles.identity.figures import agreement
from articles.identity.relation import (
    THRESHOLDS,
    Overlap,
    Usage,
    Verdict,
    compared,
    is_form,
    is_hopeless,
    is_middling,
    overlaps,
    same_article,
    specific,
)
from articles.identity.shingles import NO_TRAITS, Traits, traits
from articles.identity.uses import COMMON, UNDATED, Numbers, Shared, Uses
from articles.identity.words import Keys
from warehouse.key_files import NUMBER, NUMBER_BITS, KeyFiles
from warehouse.sorted_keys import NO_KEYS
from warehouse.sql import statement
from warehouse.standing import FAR, HOUR_US, Standing, ask_about, distinct

FORETOLD = 0.2
"""Share of kept shingles in common that is looked into: half of what `Thresholds.middling` asks,
as a sample of ten may show half of the truth."""
OLD = 8
"""Kept shingles in common, all of them used on other days, that make a form without a look at the
texts: of a copy, 0.30 of whose words are of its days, that happens once in 70 times."""
ELSEWHERE = 8
"""Articles of other days that are looked at for the words of a form: more found no other copies.
First those that share most of what is of other days to any article of these days too."""


class Card(NamedTuple):
    """What ranks an article among those of its story."""

    number: int
    article_id: str
    published_us: int
    """Microseconds since 1970, UTC; FAR when the page states none."""
    words: int
    publisher: str | None
    keys: int
    """How many shingles are kept of it."""
    canonical: int | None = None
    """Number of the article that it repeats as far as is known; None for a canonical one."""

    @property
    def rank(self) -> tuple[int, int, str]:
        """The earliest published first, then the longest, then the lowest id."""
        return (self.published_us, -self.words, self.article_id)

    @property
    def hour(self) -> int | None:
        """Hours since 1970, None when undated."""
        return None if self.published_us == FAR else self.published_us // HOUR_US


@dataclass(slots=True)
class Neighbours:
    """What is known of some articles and of all that share words with them."""

    connection: duckdb.DuckDBPyConnection
    files: KeyFiles
    cards: dict[int, Card] = field(default_factory=dict)
    _everybody: Standing | None = None
    """All articles, where all are asked about."""
    _read: dict[int, Traits] = field(default_factory=dict)
    """What the texts of articles that the files do not keep are compared by."""
    _elsewhere: dict[int, list[int]] = field(default_factory=dict)
    """Who shares most words with an article, among those that are not of its days."""
    _unlike: dict[int, list[int]] = field(default_factory=dict)
    """Who uses the commonest words of an undated article without being like it."""

    def meet(self, numbers: Iterable[int]) -> dict[int, list[int]]:
        """Return, for each of some articles whose cards are known, those that may be the same.

        The kept shingles are a sample, so their overlap foretells that of the texts.
        """
        asked = np.array(sorted(numbers), np.int64)
        self.read(asked.tolist())
        samples = self._samples(asked.tolist())
        sample = np.concatenate([NO_KEYS, *samples]) >> NUMBER_BITS
        owners = np.repeat(np.arange(len(asked)), [len(each) for each in samples])
        uses, standing = self._uses(sample)
        users, kept = standing.numbers, standing.kept
        pairs = uses.shared(np.searchsorted(users, asked), sample, owners, THRESHOLDS.hours)
        size = np.minimum(pairs.looked_at, kept[pairs.other])
        likely = pairs.shared >= FORETOLD * size
        pairs, size = Shared(*(column[likely] for column in pairs)), size[likely]
        self._note_unlike(uses, sample, np.searchsorted(users, asked)[owners], pairs, standing)
        one, other, shared = pairs.one, pairs.other, pairs.shared
        hours = uses.hours
        dated = (hours[one] != UNDATED) & (hours[other] != UNDATED)
        between = np.abs(hours[one] - hours[other])
        enough = (shared >= OLD) | (pairs.looked_at < kept[one])
        is_form = dated & (pairs.specific == 0) & enough & (shared < _fewest_of_alone(size))
        near: dict[int, list[int]] = {number: [] for number in asked.tolist()}
        for each, found in _grouped(users[one[~is_form]], users[other[~is_form]]):
            near[each] = found.tolist()
        met = np.flatnonzero(np.isin(one, one[~is_form]) & dated & (between > THRESHOLDS.hours))
        is_close = between[met] <= 2 * THRESHOLDS.hours
        order = met[np.lexsort((standing.lots[other[met]], -shared[met], is_close, one[met]))]
        for each, found in _grouped(users[one[order]], users[other[order]]):
            self._elsewhere[each] = found[:ELSEWHERE].tolist()
        return near

    def _note_unlike(
        self,
        uses: Uses,
        sample: Keys,
        owners: Numbers,
        alike: Shared,
        standing: Standing,
    ) -> None:
        """Take note of who is unlike the undated ones among `owners`."""
        undated = uses.hours[owners] == UNDATED
        if undated.any():
            one, other = uses.unlike(sample[undated], owners[undated], alike, standing.shortest)
            for each, found in _grouped(standing.numbers[one], standing.numbers[other]):
                self._unlike[each] = found.tolist()

    def _uses(self, sample: Keys) -> tuple[Uses, Standing]:
        """Return every use of shingles, and who the users are."""
        wanted = np.sort(sample)
        wanted = wanted[np.append(True, wanted[1:] != wanted[:-1])[: len(wanted)]]
        found = np.concatenate([self.files.users(wanted, COMMON + 1), self._in_no_file(wanted)])
        found.sort(kind="stable")  # joins runs that are sorted already
        users = (found & NUMBER).astype(np.int64)
        standing = self._everybody or Standing.of(
            ask_about(self.connection, "users", distinct(users))
        )
        places, stands = standing.places(users)
        return Uses.of((found >> NUMBER_BITS)[stands], places[stands], standing.hours), standing

    def _in_no_file(self, wanted: Keys) -> Keys:
        """Return who has shingles, of the articles that no file keeps; see `KeyFiles.users`."""
        covered = self.files.covered
        [(highest,)] = self.connection.execute(
            "select coalesce(max(number), 0) from store.fingerprint"
        ).fetchall()
        if highest <= covered:
            return NO_KEYS
        self.connection.register("asked", pa.table({"key": wanted}))
        values = {"covered": covered}
        rows = self.connection.sql(statement("uses"), params=values).to_arrow_table()
        self.connection.unregister("asked")
        keys, numbers = (rows[name].to_numpy().astype(np.uint64) for name in rows.column_names)
        found: Keys = keys << NUMBER_BITS | numbers
        return found

    def prepare(self, numbers: set[int]) -> None:
        """Fetch what comparing articles takes: cards, and the words of those kept in no file."""
        involved = numbers.union(*(self._elsewhere.get(number, ()) for number in numbers))
        self.know(involved)
        self.read(involved.union(*(self._unlike.get(number, ()) for number in numbers)))

    def know(self, numbers: Iterable[int]) -> None:
        """Fetch the cards of articles."""
        unknown = sorted(set(numbers) - self.cards.keys())
        if not unknown:
            return
        self._note(ask_about(self.connection, "cards", unknown))

    def know_all(self) -> None:
        """Fetch the cards of all articles, and what tells them apart as users of words."""
        found = self.connection.sql(statement("everybody")).to_arrow_table()
        self._everybody = Standing.of(found)
        self._note(found.drop_columns("lot"))

    def _note(self, cards: pa.Table) -> None:
        at = cards["published_us"].fill_null(FAR)
        rows = rows_of(cards.set_column(cards.column_names.index("published_us"), "at", at))
        self.cards.update((card.number, card) for card in map(Card._make, rows))

    def ranked(self, numbers: Iterable[int]) -> list[int]:
        """Return articles whose cards are known, best first."""
        return sorted(numbers, key=lambda number: self.cards[number].rank)

    def read(self, numbers: Iterable[int]) -> None:
        """Read the texts of those articles of which the files beside the warehouse keep nothing."""
        unread = [n for n in set(numbers) - self._read.keys() if n not in self.files.texts]
        if unread:
            rows = rows_of(ask_about(self.connection, "compared_texts", sorted(unread)))
            read = [(number, compared(title, body)) for number, title, body in rows]
            found = traits([text for _, text in read])
            self._read.update(zip((number for number, _ in read), found, strict=True))

    def _samples(self, numbers: Sequence[int]) -> list[Keys]:
        """Return the kept shingles of sorted articles that were read."""
        sizes = {number: self.cards[number].keys for number in numbers}
        samples = self.files.texts.samples({n: s for n, s in sizes.items() if n not in self._read})
        samples.update((n, self._words(n)[:size]) for n, size in sizes.items() if n not in samples)
        return [samples[number] for number in numbers]

    def _words(self, number: int) -> Keys:
        """Return all shingles of an article that was read."""
        return self._traits(number).shingles

    def _traits(self, number: int) -> Traits:
        """Return what the text of an article that was read is compared by."""
        read = self._read.get(number)
        kept = self.files.texts.get(number) if read is None else read
        return NO_TRAITS if kept is None else kept

    def related(self, one: int, others: Sequence[int]) -> Iterator[Verdict | None]:
        """Yield why an article is the same as each of `others`, or None.

        All must have been prepared. What costs most is done when the next is asked for.
        """
        texts = [self._traits(other) for other in others]
        found = overlaps(self._words(one), [text.shingles for text in texts]) if others else []
        for other, text, shared in zip(others, texts, found, strict=True):
            yield self._verdict(one, other, text, shared)

    def _verdict(self, one: int, other: int, theirs: Traits, shared: Overlap) -> Verdict | None:
        """Return why two articles are the same, given what the second is compared by."""
        far_apart = _are_far(self.cards[one].hour, self.cards[other].hour)
        if is_hopeless(shared, far_apart=far_apart):
            return None
        if not is_middling(shared):
            return same_article(shared, Usage(far_apart, None))
        ours = self._traits(one)
        agreed = agreement(ours.figures, theirs.figures)
        if is_form(shared, agreed, far_apart=far_apart) or is_hopeless(
            shared, far_apart=far_apart, figures=agreed
        ):
            return None
        elsewhere = (self._words(number) for number in self._others(one, other))
        share = specific(ours.shingles, theirs.shingles, elsewhere)
        return same_article(shared, Usage(far_apart, share, agreed))

    def _others(self, one: int, other: int) -> Iterator[int]:
        """Yield who uses the words of two articles and tells them from a form or a disclaimer.

        Articles of other days than both; when one of the two is undated, articles unlike them.
        """
        hours = self.cards[one].hour, self.cards[other].hour
        if None in hours:
            yield from {*self._unlike.get(one, ()), *self._unlike.get(other, ())} - {one, other}
            return
        for number in {*self._elsewhere.get(one, ()), *self._elsewhere.get(other, ())}:
            if all(_are_far(self.cards[number].hour, hour) for hour in hours):
                yield number


def _are_far(hour: int | None, other: int | None) -> bool | None:
    """Tell whether two articles are of other days; None when one of them is undated."""
    if hour is None or other is None:
        return None
    return abs(hour - other) > THRESHOLDS.hours


def _fewest_of_alone(size: Numbers) -> npt.NDArray[np.float64]:
    """Return how many of `size` kept shingles are shared at the least where texts share nearly all.

    Two standard deviations below `Thresholds.alone` of them.
    """
    share = THRESHOLDS.alone
    fewest: npt.NDArray[np.float64] = share * size - 2 * np.sqrt(size * share * (1 - share))
    return fewest


def _grouped(names: Numbers, values: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Yield each of `names`, which stand together, with its values."""
    begins = np.flatnonzero(np.append(True, names[1:] != names[:-1])[: len(names)])
    if len(begins):
        yield from zip(names[begins].tolist(), np.split(values, begins[1:]), strict=True)


def rows_of(found: pa.Table) -> Iterator[tuple[Any, ...]]:
    """Yield the rows as tuples: a third of the cost of dicts."""
    return zip(*(column.to_pylist() for column in found.columns), strict=True)
