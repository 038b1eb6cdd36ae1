"""What a record states, and what nobody believes it."""

import json
from datetime import UTC, datetime

import pytest

from articles.extraction.record import RecordPage, record_article
from articles.model import Article, MediaType, Precision, Reason, Rejection
from articles.reading.place import Place

TEXT = "The fair in Lund closed early on Monday.\nIt had rained for days and nobody came."


def outcome(raw: str) -> Article | RecordPage | Rejection:
    document = Place("a.jsonl").document(raw.encode(), MediaType.RECORD, line=7)
    return record_article(document, extractor_version="test")


def article(**fields: object) -> Article:
    found = outcome(json.dumps({"text": TEXT} | fields))
    assert isinstance(found, Article)
    return found


def test_fields_are_read_under_their_usual_names() -> None:
    found = article(
        Headline="Rain stops the fair",
        datePublished="2024-03-01T10:00:00+02:00",
        byline="By Ann Lee and Bo Ek",
        site="Lund Daily",
        link="https://n.example/a",
        lang="en-GB",
        mood="wet",
    )

    assert (found.title, found.authors, found.publisher, found.language) == (
        "Rain stops the fair", ("Ann Lee", "Bo Ek"), "Lund Daily", "en",
    )  # fmt: skip
    assert found.published_at == datetime(2024, 3, 1, 8, tzinfo=UTC)
    assert found.published_precision is Precision.SECOND
    assert (found.url, found.body) == ("https://n.example/a", TEXT)
    assert ("metadata.mood", "wet") in [(item.field, item.value) for item in found.evidence]


@pytest.mark.parametrize(
    "value", ["2024-13-01", "2024-01-01T25:00:00", "soon", "9" * 400, 1e300, "", [1], True]
)
def test_unreadable_date_is_null_and_stays_in_the_evidence(value: object) -> None:
    found = article(date=value)

    assert found.published_at is None
    assert [(item.field, item.chosen, item.stated) for item in found.evidence][:1] == [
        ("published_at", False, False)
    ]


def test_day_or_month_first_is_nobodys_guess() -> None:
    found = article(date="03/04/2016")

    assert found.published_at is None
    assert {item.value for item in found.evidence if item.field == "published_at"} == {
        "2016-04-03T00:00:00Z", "2016-03-04T00:00:00Z",
    }  # fmt: skip


def test_naive_time_is_utc_by_our_choice() -> None:
    found = article(date="2024-03-01 10:00:00")

    assert found.published_at == datetime(2024, 3, 1, 10, tzinfo=UTC)
    assert found.evidence[0].rule == "record_naive_as_utc"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///x", "a/b", "", "https://e.example/\u202egpj", "http://a b", 7],
)
def test_address_that_is_no_web_address_is_not_stored(url: object) -> None:
    found = article(url=url)

    assert (found.url, found.canonical_url) == (None, None)


def test_password_in_an_address_is_stored_nowhere() -> None:
    found = article(url="https://me:secret@n.example/a", old="ftp://me:secret@h/")

    assert found.url == "https://n.example/a"
    assert "secret" not in found.model_dump_json()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param("{}", Reason.MISSING_FIELD, id="nothing"),
        pytest.param('{"text": 5}', Reason.BAD_FIELD, id="number"),
        pytest.param('{"text": {"a": 1}}', Reason.BAD_FIELD, id="object"),
        pytest.param('{"text": NaN}', Reason.MISSING_FIELD, id="nan"),
        pytest.param('{"text": " \\u200b"}', Reason.EMPTY, id="blank"),
        pytest.param('{"text": "a", "text": "b"}', Reason.BAD_FIELD, id="twice"),
        pytest.param("[1]", Reason.BAD_FIELD, id="array"),
    ],
)
def test_record_without_a_text_is_refused(raw: str, reason: Reason) -> None:
    found = outcome(raw)

    assert isinstance(found, Rejection)
    assert (found.reason, found.line, found.origin) == (reason, 7, "a.jsonl:7")


def test_hostile_values_are_kept_as_text() -> None:
    number = "9" * 5_000

    found = outcome(f'{{"text": "Rain\\u0000 \\ud800 fell", "title": "<b>1", "n": {number}}}')

    assert isinstance(found, Article)
    assert (found.title, found.body) == ("<b>1", "Rain \ufffd fell")


@pytest.mark.parametrize("name", ["html", "body"])
def test_record_with_markup_is_a_page(name: str) -> None:
    found = outcome(json.dumps({name: "<p>Rain</p><p>fell</p>", "title": "Rain"}))

    assert isinstance(found, RecordPage)
    assert (found.html, found.claims.title) == ("<p>Rain</p><p>fell</p>", "Rain")
