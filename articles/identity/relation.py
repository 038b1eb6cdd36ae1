"""Are two articles the same one, and what are they to each other?

What two texts share tells a copy from another story. Two things tell a copy from a form, as a
market report that repeats its sentences every week: when else the shared words were used, and
which figures stand in them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from articles.identity.figures import SILENT, Agreement
from articles.identity.words import Keys

SAMPLE = 8
"""One shingle in this many is kept in the warehouse, those with the lowest numbers: of 358,851
pairs of our copies that share anything, nearly none is lost by looking at an eighth."""
FEWEST = 4  # shingles kept of a short text, so that it can be found at all
TINY = 12  # words of a body that may be anybody's: "See the pictures below."
FEW = 3  # texts that are compared with one as quickly one by one
SAMPLE_LIMIT = np.uint64((1 << 64) // SAMPLE)


class Kind(StrEnum):
    """What an article is to the one that stands for its story; `duplicates.relation`."""

    COPY = "copy"
    """The same words, and nothing says that another publisher printed them."""
    SYNDICATION = "syndication"
    """The same article at another publisher, perhaps trimmed, extended or re-headlined."""
    REVISION = "revision"
    """The same article at the same publisher, corrected or updated."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When shared words make two articles one. Tuned on the pairs that bench/duplicates names."""

    alone: float = 0.95
    """Containment that decides by itself: the highest among the forms read was 0.87."""
    undated: float = 0.50
    """Containment that is asked where dates cannot tell a form: below it independent reports of one
    event come in, above it edited copies are lost (0.45 to 0.55 differ by 0.003 of F1)."""
    middling: float = 0.40
    """Containment that may decide when the shared words are of these days: rewritten wire copy
    keeps 0.42 to 0.6, independent reports of one event 0.3 and less."""
    specific: float = 0.30
    """Share of the shared words that nobody used on other days, or, of undated articles, in other
    stories. Of a form it is 0 to 0.1, of two texts that share a disclaimer 0."""
    changed: float = 0.04
    """Figures that may have changed in the same words, for each shingle shared: read corrections
    of a table have 0.03, forms most often 0.04 to 0.15."""
    changed_untold: float = 0.01
    """The same where no days tell a form: one figure in a hundred shingles."""
    apart: float = 0.80
    """Containment that is asked of articles published far apart: a copy from last year."""
    again: float = 0.50
    """The same when they have a figure in common in the same words, and so more than a form."""
    bridge: float = 0.30
    """Jaccard that binds two articles which are the same as a third: a digest holds whole short
    texts of several stories, and must not make them one."""
    anchored: float = 0.15
    """Jaccard between that third and the article that stands for the story: of a short text that is
    mostly a publisher's disclaimer, found under a longer one too, it was 0.08."""
    readdressed: float = 0.25
    """Containment between versions of a page at one address: a live blog keeps what it had, a
    rewritten page much of it, another story at the same address next to nothing."""
    hours: int = 72
    """Uses this near to one of the two articles belong to its own round through the papers."""
    fewest: int = 8
    """Shared shingles, below which two texts are only the same when nothing differs."""


THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share."""

    shared: int
    """Shingles found in both."""
    containment: float
    """`shared` among those of the shorter text, 0 to 1."""
    jaccard: float
    """`shared` among those of both together, 0 to 1."""


NOTHING = Overlap(0, 0.0, 0.0)
AT_BEST = Agreement(kept=1, changed=0)


@dataclass(frozen=True, slots=True)
class Usage:
    """When else the words that two articles share were used."""

    far_apart: bool | None
    """Published more than `Thresholds.hours` apart; None when one of them is undated."""
    specific: float | None
    """Share of the shared words used on no other days, or, when one of them is undated, in no other
    stories; None when nobody asked, as nothing hangs on it."""
    figures: Agreement = SILENT
    """What became of the figures that stand in the same words."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why two articles are one."""

    overlap: Overlap
    reason: str
    """For people: the rule, with its figures."""


def compared(title: str | None, body: str) -> str:
    """Return the text that stands for an article: its body, and its title where that is tiny.

    Headlines change from paper to paper; under a picture gallery nothing else tells two apart.
    """
    return body if len(body.split(maxsplit=TINY)) >= TINY else f"{title or ''}\n{body}"


def sampled(keys: Keys) -> Keys:
    """Return the shingles that find a text again: the lowest, so that texts agree on them."""
    return keys[: max(FEWEST, int(keys.searchsorted(SAMPLE_LIMIT)))]


def overlap(one: Keys, other: Keys) -> Overlap:
    """Return what two texts share, given all their shingles."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    shared = int(np.count_nonzero(_among(shorter, longer)))
    return _overlap(shared, len(one), len(other))


def overlaps(one: Keys, others: Sequence[Keys]) -> list[Overlap]:
    """Return what a text shares with each of some others: `overlap`, for many at once."""
    if len(others) < FEW:
        return [overlap(one, other) for other in others]
    sizes = [len(other) for other in others]
    found = np.append(0, _among(np.concatenate(others), one).cumsum())
    limits = found[list(accumulate(sizes, initial=0))].tolist()
    return [
        _overlap(end - begin, len(one), size)
        for (begin, end), size in zip(pairwise(limits), sizes, strict=True)
    ]


def _overlap(shared: int, *sizes: int) -> Overlap:
    if shared == 0:
        return NOTHING
    return Overlap(shared, shared / min(sizes), shared / (sum(sizes) - shared))


def specific(one: Keys, other: Keys, elsewhere: Iterable[Keys]) -> float:
    """Return the share of what two texts have in common that stands in none of `elsewhere`.

    These are texts of other days, or of other stories. None is looked at once too little is left.
    """
    shared = left = one[_among(one, other)]
    for text in elsewhere:
        if len(left) < THRESHOLDS.specific * len(shared):
            break
        left = left[~_among(left, text)]
    return len(left) / len(shared) if len(shared) else 1.0


def _among(asked: Keys, known: Keys) -> npt.NDArray[np.bool_]:
    """Return which of `asked` are in `known`; both are sorted."""
    if not len(known):
        return np.zeros(len(asked), bool)
    found: npt.NDArray[np.bool_] = known.take(known.searchsorted(asked), mode="clip") == asked
    return found


def is_hopeless(
    shared: Overlap,
    *,
    far_apart: bool | None,
    figures: Agreement = AT_BEST,
    limits: Thresholds = THRESHOLDS,
) -> bool:
    """Tell whether two texts are not the same whenever their words were used."""
    wanted = _wanted(far_apart=far_apart, figures=figures, limits=limits)
    return shared.jaccard < 1.0 and (shared.shared < limits.fewest or shared.containment < wanted)


def _wanted(*, far_apart: bool | None, figures: Agreement, limits: Thresholds) -> float:
    """Return the containment that is asked of two articles that do not share nearly all."""
    if far_apart is None:
        return limits.undated
    if not far_apart:
        return limits.middling
    return limits.again if figures.kept else limits.apart


def is_middling(shared: Overlap, limits: Thresholds = THRESHOLDS) -> bool:
    """Tell whether it takes their figures and the other uses of the shared words to decide."""
    return shared.shared >= limits.fewest and limits.middling <= shared.containment < limits.alone


def is_form(
    shared: Overlap,
    figures: Agreement,
    *,
    far_apart: bool | None,
    limits: Thresholds = THRESHOLDS,
) -> bool:
    """Tell whether two texts that share middling much have the same words with other figures."""
    few = limits.changed if far_apart is False else limits.changed_untold
    return figures.changed > few * shared.shared


def same_article(shared: Overlap, usage: Usage, limits: Thresholds = THRESHOLDS) -> Verdict | None:
    """Return why two texts are the same article, or None when they are not.

    >>> form = Overlap(shared=60, containment=0.8, jaccard=0.6)
    >>> same_article(form, Usage(far_apart=True, specific=0.0)) is None
    True
    """
    if shared.jaccard == 1.0:
        return Verdict(shared, "same words")
    if shared.shared < limits.fewest:
        return None
    share = f"{shared.containment:.2f} of the shorter text"
    if shared.containment >= limits.alone:
        return Verdict(shared, f"{share}: nearly all of it")
    if shared.containment < _wanted(
        far_apart=usage.far_apart, figures=usage.figures, limits=limits
    ):
        return None
    if is_form(shared, usage.figures, far_apart=usage.far_apart, limits=limits):
        return None
    if usage.specific is None or usage.specific < limits.specific:
        return None
    where = "in no other stories, dates unknown" if usage.far_apart is None else "on no other days"
    return Verdict(shared, f"{share}, {usage.specific:.2f} of what they share used {where}")


def kind(shared: Overlap, publisher: str | None, canonical_publisher: str | None) -> Kind:
    """Return what an article is to the canonical one, the two being the same."""
    if publisher and canonical_publisher:
        return Kind.REVISION if publisher == canonical_publisher else Kind.SYNDICATION
    return Kind.COPY if shared.jaccard == 1.0 else Kind.SYNDICATION


def is_bridge(verdict: Verdict, limits: Thresholds = THRESHOLDS) -> bool:
    """Tell whether a third article may belong to a story by this relation to one of it."""
    return verdict.overlap.jaccard >= limits.bridge


def is_anchor(verdict: Verdict, limits: Thresholds = THRESHOLDS) -> bool:
    """Tell whether others may belong to a story by way of an article that is bound to it so."""
    return verdict.overlap.jaccard >= limits.anchored
