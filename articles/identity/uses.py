"""Who used the same words, how often, and when?

Held as arrays over every use of the shingles in question, so that a batch is looked at in a few
steps and not article by article.
"""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from articles.identity.words import Keys

Numbers = npt.NDArray[np.int64]
"""Articles by number, or places in an array."""
Hours = npt.NDArray[np.int64]
"""Moments in hours since 1970."""

UNDATED = np.iinfo(np.int32).min
NEVER = 1 << 40  # an hour after all others
WANTED = 2  # kept shingles that candidates share: one alone is mostly a common phrase
BUDGET = 1_000
"""Uses that are looked at for one article, of its rarest shingles first. What a thousand papers
print under every story is never reached; the words of a story that 200 ran are."""
COMMON = 5_000  # uses that make a shingle a turn of speech: what more share ties none; < 2 ** 13
FEW = 32  # users of a shingle among whom those are looked for that are unlike an article
WIDEST = 24  # shingles of an article, the commonest, whose users are looked at for that
SURE = 4  # shingles that are looked at though they take more than BUDGET


class Shared(NamedTuple):
    """Pairs of articles that share kept shingles, as columns; sorted by the first, then the other.

    Articles are told by their place.
    """

    one: Numbers
    other: Numbers
    shared: Numbers
    """How many shingles they share."""
    looked_at: Numbers
    """How many of the first one were looked at."""
    specific: Numbers
    """How many of those shared were used on no days but those of the two."""


@dataclass(frozen=True, slots=True)
class Uses:
    """Every use of some shingles, those of one shingle together."""

    keys: Keys
    """The shingles that two articles or more use, sorted, each once."""
    counts: Numbers
    """How many uses of each there are. Of one that has more than COMMON a FEW are held."""
    starts: Numbers
    """Where the uses of each begin that are held, and last where they end."""
    users: Numbers
    """Whose each use is: a place in `hours`."""
    hours: Hours
    """When each article was published; UNDATED where it does not say."""
    moments: Numbers
    """When shingles were used: the place of the shingle << 32 | the hour, from 1 << 31 on. Sorted,
    without undated uses."""

    @classmethod
    def of(cls, keys: Keys, users: Numbers, hours: Hours) -> Self:
        """Return the uses, given in the order of their shingles; most have one, and tie none."""
        follows = np.append(False, keys[1:] == keys[:-1])[: len(keys)]
        several = np.append(follows[1:], False)[: len(keys)] | follows
        keys, users = keys[several], users[several]
        begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
        counts = np.diff(np.append(begins, len(keys)))
        sizes = np.where(counts <= COMMON, counts, FEW)
        if len(users) > sizes.sum():
            users = users[spans(begins, sizes)]
        at = hours[users]
        moments = np.repeat(np.arange(len(sizes)) << 32, sizes)
        moments += at + (1 << 31)
        moments = np.sort(moments[at != UNDATED])
        return cls(keys[begins], counts, np.append(0, np.cumsum(sizes)), users, hours, moments)

    def shared(self, asked: Numbers, sample: Keys, owners: Numbers, near: int) -> Shared:
        """Return who shares words with the articles `asked`.

        `sample` are the shingles that are kept of them, those of one together, and `owners` says
        whose each is, by place in `asked`. Days are those of an article when they are not more
        than `near` hours from it.
        """
        groups, owners, sizes, alone = self._rarest_first(sample, owners, len(asked))
        looked_at = np.bincount(owners, minlength=len(asked)) + np.minimum(alone, BUDGET)
        first, last = self._elsewhere(groups, self.hours[asked[owners]], near)
        users = self.users[spans(self.starts[groups], sizes)]
        hours = self.hours[users]
        specific = (np.repeat(first, sizes) >= hours - near) & (
            np.repeat(last, sizes) <= hours + near
        )
        pairs = np.repeat(owners << 32, sizes)
        pairs += users << 1
        pairs += specific
        pairs = pairs[users != np.repeat(asked[owners], sizes)]
        pairs.sort()
        names = pairs >> 1
        begins = np.flatnonzero(np.append(True, names[1:] != names[:-1])[: len(names)])
        counts = np.diff(np.append(begins, len(names)))
        owner, other = names[begins] >> 31, names[begins] & 0x7FFFFFFF
        enough = counts >= np.minimum(WANTED, looked_at[owner])
        told = np.add.reduceat(pairs & 1, begins) if len(begins) else counts
        owner = owner[enough]
        return Shared(asked[owner], other[enough], counts[enough], looked_at[owner], told[enough])

    def _rarest_first(
        self, sample: Keys, owners: Numbers, articles: int
    ) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Return the shingles of each article that are looked at and have other users.

        Three columns: which one, whose it is, and how many uses it has. Beside them stands how many
        shingles each of the articles has to itself, which are the rarest.
        """
        every = np.bincount(owners, minlength=articles)
        groups, owners = self._known(sample, owners)
        alone = every - np.bincount(owners, minlength=articles)
        rare = self.counts[groups] <= COMMON
        groups, owners = groups[rare], owners[rare]
        # one number each: the owner, how many uses (13 bits), which shingle (32 bits)
        ranked = (owners << 45) + (self.counts[groups] << 32) + groups
        ranked.sort()
        owners, sizes, groups = ranked >> 45, ranked >> 32 & 0x1FFF, ranked & 0xFFFFFFFF
        begins = np.searchsorted(owners, owners)
        before = np.append(0, np.cumsum(sizes))
        reached = before[1:] - before[begins] + alone[owners]
        place = np.arange(len(owners)) - begins + alone[owners]
        looked = (reached <= BUDGET) | (place < SURE)
        return groups[looked], owners[looked], sizes[looked], alone

    def _known(self, sample: Keys, owners: Numbers) -> tuple[Numbers, Numbers]:
        """Return the places of those shingles that others use too, and whose each is."""
        groups = self.keys.searchsorted(sample)
        known = self.keys.take(groups, mode="clip") == sample if len(self.keys) else sample < 0
        return groups[known], owners[known]

    def unlike(
        self, sample: Keys, owners: Numbers, alike: Shared, shortest: Numbers
    ) -> tuple[Numbers, Numbers]:
        """Return, for articles, users of their commonest shingles that are not like them.

        `sample` and `owners` are as in `shared`, but owners by their place among users; `alike`
        has the pairs that are alike, and `shortest` all users, those with short texts first. Of
        each shingle the first of them is returned who uses it. Two columns, sorted.
        """
        groups, owners = self._known(sample, owners)
        order = np.lexsort((groups, -self.counts[groups], owners))
        groups, owners = groups[order], owners[order]
        widest = np.arange(len(owners)) - np.searchsorted(owners, owners) < WIDEST
        groups, owners = groups[widest], owners[widest]
        sizes = np.diff(self.starts)
        rank = np.empty_like(shortest)
        rank[shortest] = np.arange(len(shortest))
        # one number each: the shingle, the rank of the user (32 bits)
        by_size = np.repeat(np.arange(len(sizes)) << 32, sizes)
        by_size += rank[self.users]
        by_size.sort()
        few = np.minimum(sizes[groups], FEW)
        other = shortest[by_size[spans(self.starts[groups], few)] & 0xFFFFFFFF]
        pairs = np.repeat(owners << 32, few) + other
        whose = np.repeat(np.arange(len(groups)), few)
        like = (alike.one << 32) + alike.other
        fresh = np.repeat(owners, few) != other
        if len(like):
            fresh &= like.take(like.searchsorted(pairs), mode="clip") != pairs
        pairs, whose = pairs[fresh], whose[fresh]
        first = np.append(True, whose[1:] != whose[:-1])[: len(whose)]
        found = np.unique(pairs[first])
        return found >> 32, found & 0xFFFFFFFF

    def _elsewhere(self, groups: Numbers, hours: Hours, near: int) -> tuple[Hours, Hours]:
        """Return the first and last use of each of `groups` on other days than those of `hours`.

        Where there is none the first is NEVER, the last -NEVER. An undated article has no days:
        nothing is elsewhere.
        """
        if not len(self.moments):
            return np.full(len(groups), NEVER), np.full(len(groups), -NEVER)
        base = (groups << 32) + (1 << 31)
        limits = np.searchsorted(self.moments, np.arange(len(self.keys) + 1) << 32)
        starts, ends = limits[groups], limits[groups + 1]
        begin = np.searchsorted(self.moments, base + hours - near)
        end = np.searchsorted(self.moments, base + hours + near, side="right")
        at = [self.moments.take(place, mode="clip") - base for place in (starts, end)]
        first = np.where(begin > starts, at[0], np.where(end < ends, at[1], NEVER))
        at = [self.moments.take(place - 1, mode="clip") - base for place in (ends, begin)]
        last = np.where(end < ends, at[0], np.where(begin > starts, at[1], -NEVER))
        dated = hours != UNDATED
        return np.where(dated, first, NEVER), np.where(dated, last, -NEVER)


def spans(firsts: Numbers, counts: Numbers) -> Numbers:
    """Return the places from each of `firsts` on, as many as `counts` says, one after another."""
    ends = np.cumsum(counts)
    places: Numbers = np.repeat(firsts - (ends - counts), counts)
    return places + np.arange(len(places))
