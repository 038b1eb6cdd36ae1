"""The recipe as a whole: documents in, articles or rejections out."""

import json
from hashlib import sha256

import pytest

from articles.extraction import extract
from articles.model import Article, MediaType, RawDocument, Reason, Rejection, Role

DUMP = """Harbour news | Home | Weather

Ferry to run all winter after islanders pay for the fuel

12 March 2024

The ferry between Marl and the mainland will run through the winter for the first time.

Islanders collected the price of four tonnes of diesel in nine days, the mayor said on Tuesday.

"We had planned for nine weeks," she said, and thanked the school for its cake sale.

Related news

Lighthouse keeper retires
"""


def document(text: str, kind: MediaType = MediaType.TEXT) -> RawDocument:
    payload = text.encode()
    return RawDocument(
        document_id=sha256(payload).hexdigest(), payload=payload, media_type=kind, origin="x"
    )


def test_dump_gives_title_and_body_as_they_stand() -> None:
    [found] = extract([document(DUMP)])

    assert isinstance(found, Article)
    assert found.title == "Ferry to run all winter after islanders pay for the fuel"
    assert found.body.split("\n") == DUMP.split("\n")[6:11:2]
    assert len(found.line_roles) == DUMP.count("\n")
    assert found.line_roles[12] is Role.RELATED


def test_batch_gives_what_single_calls_give() -> None:
    page = "<h1>Rain</h1>" + "".join(f"<p>{line}</p>" for line in DUMP.split("\n"))
    documents = [document(DUMP), document(page, MediaType.HTML), document("\n\n")]

    assert extract(documents) == [extract([one])[0] for one in documents]


def test_empty_page_holds_no_article() -> None:
    [found] = extract([document(" \n\n")])

    assert isinstance(found, Rejection)
    assert found.reason is Reason.NO_ARTICLE


def test_undecodable_bytes_are_refused() -> None:
    payload = bytes(range(128, 256)) * 3
    [found] = extract(
        [
            RawDocument(
                document_id=sha256(payload).hexdigest(),
                payload=payload,
                media_type=MediaType.TEXT,
                origin="x",
            )
        ]
    )

    assert isinstance(found, Rejection)
    assert found.reason is Reason.ENCODING


def test_record_of_markup_is_extracted_as_a_page() -> None:
    lines = [line for line in DUMP.split("\n") if line]
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    record = json.dumps({"title": "Ferry to run all winter", "html": html})
    [found] = extract([document(record, MediaType.RECORD)])

    assert isinstance(found, Article)
    assert found.title == "Ferry to run all winter"
    assert lines[3] in found.body


def test_body_of_a_page_drawn_by_a_script_is_taken_from_json_ld() -> None:
    sentence = "The ferry will run through the winter, the mayor of Marl told the islanders. "
    claim = json.dumps({"@type": "NewsArticle", "headline": "Ferry", "articleBody": sentence * 9})
    html = f'<script type="application/ld+json">{claim}</script><h1>Ferry</h1><p>Loading ...</p>'
    [found] = extract([document(html, MediaType.HTML)])

    assert isinstance(found, Article)
    assert found.body == (sentence * 9).strip()


@pytest.mark.parametrize(
    "caption",
    [
        "<figcaption>The ferry on 5 March 2019</figcaption>",
        "<p>The ferry on 5 March 2019. Photo: Ann Lee</p>",
    ],
)
def test_date_of_a_caption_is_not_when_the_story_was_published(caption: str) -> None:
    lines = [line for line in DUMP.split("\n") if line]
    text = "".join(f"<p>{line}</p>" for line in lines[3:6])
    html = f"<h1>{lines[1]}</h1><figure><img src='a.jpg'>{caption}</figure>{text}"
    [found] = extract([document(html, MediaType.HTML)])

    assert isinstance(found, Article)
    assert found.published_at is None
    assert "published_at" in {one.field for one in found.evidence}
