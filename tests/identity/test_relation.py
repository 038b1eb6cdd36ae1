"""When are two texts one article, and what is not looked at?"""

import numpy as np
import pytest

from articles.identity.figures import Agreement
from articles.identity.relation import (
    Kind,
    Overlap,
    Usage,
    kind,
    overlap,
    overlaps,
    same_article,
    specific,
)
from articles.identity.shingles import shingles
from articles.identity.uses import UNDATED, Uses

TEXT = "Der Deich bei Norden hält, sagte die Ministerin am Morgen nach der Flut."


def shared(one: str, other: str) -> float:
    return overlap(*shingles([one, other])).jaccard


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(TEXT.upper(), id="case"),
        pytest.param(TEXT.replace("ä", "a\u0308"), id="nfd"),
        pytest.param(TEXT.replace(" ", "\u00a0"), id="nbsp"),
        pytest.param(TEXT.replace("Ministerin", "Minis\u00adterin"), id="soft-hyphen"),
        pytest.param(TEXT.replace(" ", "\n"), id="line-breaks"),
        pytest.param(f"„{TEXT}“", id="quotes"),
        pytest.param(TEXT.replace(",", " –"), id="dash-for-comma"),
    ],
)
def test_what_a_reader_does_not_notice_makes_no_difference(other: str) -> None:
    assert shared(TEXT, other) == 1.0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("— … !", 0, id="signs"),
        pytest.param("four words are one", 1, id="short"),
        pytest.param("five words are one too", 1, id="five"),
        pytest.param("one two three four five six", 2, id="six"),
        pytest.param("霧が浜の橋が開通", 4, id="japanese-characters"),
        pytest.param("霧が浜。橋が、開通", 3, id="ideographic-signs"),
        pytest.param("안개 낀 해변의 다리가 다시 열렸다", 2, id="korean-words"),
    ],
)
def test_text_has_a_shingle_for_each_run_of_five_words(text: str, count: int) -> None:
    assert [len(keys) for keys in shingles([text])] == [count]


def test_texts_hashed_together_do_not_meet() -> None:
    alone = [shingles([text])[0] for text in (TEXT, "", "Kurz.", TEXT + " Ende.")]

    together = shingles([TEXT, "", "Kurz.", TEXT + " Ende."])

    assert [keys.tolist() for keys in together] == [keys.tolist() for keys in alone]


HALF = Overlap(shared=50, containment=0.5, jaccard=0.3)


@pytest.mark.parametrize(
    ("found", "when", "same"),
    [
        pytest.param(HALF, Usage(far_apart=False, specific=0.9), True, id="of-these-days"),
        pytest.param(HALF, Usage(far_apart=False, specific=0.1), False, id="old-form"),
        pytest.param(HALF, Usage(far_apart=True, specific=0.9), False, id="far-apart"),
        pytest.param(
            HALF,
            Usage(far_apart=True, specific=0.9, figures=Agreement(kept=1, changed=0)),
            True,
            id="far-apart-same-figure",
        ),
        pytest.param(
            HALF,
            Usage(far_apart=True, specific=0.9, figures=Agreement(kept=9, changed=1)),
            False,
            id="far-apart-new-figure",
        ),
        pytest.param(
            HALF,
            Usage(far_apart=False, specific=0.9, figures=Agreement(kept=0, changed=2)),
            True,
            id="corrected-figures",
        ),
        pytest.param(
            HALF,
            Usage(far_apart=False, specific=0.9, figures=Agreement(kept=5, changed=3)),
            False,
            id="new-form-of-these-days",
        ),
        pytest.param(HALF, Usage(far_apart=None, specific=0.9), True, id="undated"),
        pytest.param(HALF, Usage(far_apart=None, specific=0.1), False, id="undated-disclaimer"),
        pytest.param(
            HALF,
            Usage(far_apart=None, specific=0.9, figures=Agreement(kept=5, changed=1)),
            False,
            id="undated-new-figure",
        ),
        pytest.param(
            Overlap(80, 0.97, 0.6), Usage(far_apart=True, specific=0.0), True, id="nearly-all"
        ),
        pytest.param(
            Overlap(3, 0.75, 0.5), Usage(far_apart=False, specific=1.0), False, id="too-short"
        ),
    ],
)
def test_shared_words_decide_with_their_other_uses(
    found: Overlap, when: Usage, *, same: bool
) -> None:
    assert (same_article(found, when) is not None) is same


@pytest.mark.parametrize(
    ("third", "specific"),
    [
        pytest.param(1044, 2, id="of-these-days"),
        pytest.param(1080, 2, id="of-the-days-of-the-second"),
        pytest.param(1100, 1, id="next-week"),
        pytest.param(200, 1, id="last-month"),
        pytest.param(UNDATED, 2, id="undated"),
    ],
)
def test_words_that_others_used_on_other_days_belong_to_neither_article(
    third: int, specific: int
) -> None:
    assert shared_by([(1000, [7, 9]), (1020, [7, 9]), (third, [9])]) == (2, specific)


def test_use_between_two_articles_far_apart_is_on_another_day() -> None:
    assert shared_by([(0, [7, 9]), (1000, [7, 9]), (500, [7])]) == (2, 1)


def shared_by(articles: list[tuple[int, list[int]]]) -> tuple[int, int]:
    """What the first two of (hour, words) share, and how much of it is of their days alone."""
    uses = sorted((key, user) for user, (_, keys) in enumerate(articles) for key in keys)
    keys, users = np.array(uses).T
    found = Uses.of(keys.astype(np.uint64), users, np.array([hour for hour, _ in articles]))

    words = np.array(articles[0][1], np.uint64)
    pairs = found.shared(np.array([0]), words, np.zeros(len(words), np.int64), near=72)

    at = pairs.other.tolist().index(1)
    return int(pairs.shared[at]), int(pairs.specific[at])


def test_many_texts_compared_together_share_what_each_shares_alone() -> None:
    words = TEXT.split()
    texts = [TEXT, "", " ".join(words[:6]), "Nothing of this is in it at all.", " ".join(words[4:])]
    one, *others = shingles([TEXT, *texts])

    for count in range(1, len(others) + 1):
        assert overlaps(one, others[-count:]) == [overlap(one, each) for each in others[-count:]]


def test_words_of_a_form_are_not_of_the_day_though_the_kept_ones_are_too_few_to_tell() -> None:
    form, news = [f"form{n}" for n in range(40)], [f"news{n}" for n in range(8)]
    first, second, old = shingles(
        [" ".join(form + news), " ".join(form + news + ["today"]), " ".join(form)]
    )

    assert specific(first, second, [old]) == 8 / 44
    assert specific(first, second, []) == 1.0


@pytest.mark.parametrize(
    ("publisher", "canonical", "expected"),
    [
        pytest.param("x.com", "x.com", Kind.REVISION, id="same-publisher"),
        pytest.param("x.com", "y.com", Kind.SYNDICATION, id="another-publisher"),
        pytest.param(None, "y.com", Kind.SYNDICATION, id="unknown-and-changed"),
    ],
)
def test_relation_follows_the_publishers(
    publisher: str | None, canonical: str, expected: Kind
) -> None:
    assert kind(HALF, publisher, canonical) is expected
