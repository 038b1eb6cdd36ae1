"""Which texts are the same article, byte for byte different."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.identity import content_hash, normalised

BODY = 'The “fair” in Lund - Åhus\xa0closed; it’s "over".'


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(BODY.upper(), id="case"),
        pytest.param(BODY.replace("“", "«").replace("”", "»"), id="quotes"),
        pytest.param(BODY.replace(" - ", " — "), id="dashes"),
        pytest.param(BODY.replace(" ", "\r\n\t"), id="white-space"),
        pytest.param(BODY.replace("a", "a\u00ad\u200b\ufeff"), id="invisible"),
        pytest.param(unicodedata.normalize("NFD", BODY), id="decomposed"),
    ],
)
def test_copy_has_the_hash_of_its_original(copy: str) -> None:
    assert content_hash("Rain", copy) == content_hash("Rain", BODY)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        pytest.param("Rain", "The fair closed on Tuesday.", id="a-word"),
        pytest.param("Sun", "The fair closed on Monday.", id="title"),
        pytest.param(None, "Rain The fair closed on Monday.", id="title-in-body"),
    ],
)
def test_another_text_has_another_hash(title: str | None, body: str) -> None:
    assert content_hash(title, body) != content_hash("Rain", "The fair closed on Monday.")


def test_missing_title_is_an_empty_one() -> None:
    assert content_hash(None, BODY) == content_hash("", BODY)


@given(st.text())
def test_normal_form_is_stable_and_blind_to_composition(text: str) -> None:
    form = normalised(text)

    assert normalised(form) == form
    assert normalised(unicodedata.normalize("NFC", text)) == form
    assert normalised(unicodedata.normalize("NFD", text)) == form
    assert normalised(text.replace(" ", "\u00a0")) == form
