"""The same article in many formats is one; what only looks like it is another."""

import io
import json
import unicodedata
from collections.abc import Sequence

import duckdb
import pytest

from articles.extraction.extract import extract
from articles.model import RawDocument
from articles.reading.read import read
from tests.warehouse.given import NOON, batch, load, rows
from tests.warehouse.test_stories import LATER, story, told, words
from warehouse.batch import Delivery, Result
from warehouse.maintain import rejudge

TITLE = "Fährhafen Süderwisch öffnet nach neun Monaten wieder"
PARAGRAPHS = [
    "Nach neun Monaten Bauzeit hat der Fährhafen von Süderwisch am Montag wieder geöffnet. Die "
    "erste Fähre legte um 6.40 Uhr mit 212 Fahrgästen an Bord ab, zwölf Minuten zu spät.",
    "„Wir haben die Kaimauer um 31 Zentimeter angehoben“, sagte Hafenmeisterin Änne Brügge. „Das "
    "Wasser fragt nicht, ob der Haushalt schon beschlossen ist – es kommt.“",
    "Der Umbau kostete 4,8 Millionen Euro, gut ein Fünftel mehr als im Frühjahr veranschlagt. Das "
    "Land übernimmt die Hälfte, den Rest teilen sich der Kreis und die drei Inselgemeinden.",
    "Bis Oktober fährt stündlich ein Schiff, danach alle zwei Stunden. Die Fahrpreise bleiben bis "
    "zum Jahresende unverändert, danach berät der Gemeinderat über einen neuen Tarif.",
    "Auf der Insel wartete am Morgen die Blaskapelle. Ihr Leiter, Jörn Öhlrich, hatte die Noten "
    "vergessen; gespielt wurde trotzdem, und zwar alles, was die Musiker auswendig konnten.",
]
STAMP = "2026-03-02 08:15"


def html(paragraphs: Sequence[str], head: str = TITLE) -> bytes:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<!doctype html><html lang='de'><head><meta charset='utf-8'><title>{head}</title></head>"
        "<body><header><a href='/'>Wischbote</a><nav><a href='/sport'>Sport</a>"
        "<a href='/kultur'>Kultur</a></nav></header>"
        f"<main><article><h1>{head}</h1><time datetime='2026-03-02T08:15:00+00:00'>{STAMP}</time>"
        f"{body}</article></main>"
        "<footer><a href='/impressum'>Impressum</a></footer></body></html>"
    ).encode()


def record(paragraphs: Sequence[str], title: str = TITLE) -> bytes:
    row = {"title": title, "text": "\n".join(paragraphs), "published_at": "2026-03-02T08:15:00Z"}
    return json.dumps(row, ensure_ascii=False).encode()


def dump(before: Sequence[str], after: Sequence[str]) -> bytes:
    return "\n\n".join([*before, TITLE, STAMP, *PARAGRAPHS, *after]).encode()


PAGE = ("page.html", html(PARAGRAPHS))
RECORD = ("record.jsonl", record(PARAGRAPHS))
ONE_DUMP = (
    "one.txt",
    dump(["Wischbote", "Sport          Kultur          Wetter", "Anmelden"], ["Impressum"]),
)
OTHER_DUMP = (
    "other.txt",
    dump(
        ["Menü", "Startseite", "Nachrichten", "Region"],
        ["Teilen", "Drucken", "Alle Rechte vorbehalten", "Newsletter abonnieren"],
    ),
)


def read_all(files: Sequence[tuple[str, bytes]]) -> list[tuple[Delivery, Result]]:
    """What a drop of these files gives to the warehouse."""
    documents = [
        found
        for name, payload in files
        for found in read(name, io.BytesIO(payload))
        if isinstance(found, RawDocument)
    ]
    met = (Delivery(d.document_id, d.origin, d.media_type, len(d.payload), NOON) for d in documents)
    return list(zip(met, extract(documents), strict=True))


def outcomes(store: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return rows(
        store,
        "select outcome, count(distinct article_id), count(*) from documents "
        "group by all order by all",
    )


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([PAGE, RECORD, ONE_DUMP, OTHER_DUMP], id="page-record-and-two-dumps"),
        pytest.param([OTHER_DUMP, ONE_DUMP, RECORD, PAGE], id="the-other-way-round"),
        pytest.param(
            [RECORD, ("nfd.jsonl", unicodedata.normalize("NFD", RECORD[1].decode()).encode())],
            id="accents-apart",
        ),
        pytest.param(
            [PAGE, ("nbsp.html", html([p.replace(" Uhr", "\u00a0Uhr") for p in PARAGRAPHS]))],
            id="no-break-spaces",
        ),
        pytest.param(
            [PAGE, ("shy.html", html([p.replace("hafen", "ha&shy;fen") for p in PARAGRAPHS]))],
            id="soft-hyphens",
        ),
        pytest.param(
            [
                RECORD,
                (
                    "quotes.jsonl",
                    record(
                        [p.translate(str.maketrans("„“–", '""-')) for p in PARAGRAPHS],
                    ),
                ),
            ],
            id="typewriter-quotes-and-dashes",
        ),
    ],
)
@pytest.mark.parametrize("apart", [True, False])
def test_one_article_in_other_formats_is_one_and_every_document_is_linked_to_it(
    store: duckdb.DuckDBPyConnection, others: list[tuple[str, bytes]], *, apart: bool
) -> None:
    found = read_all(others)
    for n, part in enumerate([[each] for each in found] if apart else [found]):
        load(store, batch(*part), f"b{n}")

    assert rows(store, "select title, body from articles") == [(TITLE, "\n".join(PARAGRAPHS))]
    assert outcomes(store) == [("duplicate", 1, len(others) - 1), ("loaded", 1, 1)]


def told_apart(store: duckdb.DuckDBPyConnection, *came: tuple[Delivery, Result]) -> bool:
    for n, each in enumerate(came):
        load(store, batch(each), f"b{n}")
    as_they_came = told(store)
    rejudge(store, LATER)
    return as_they_came == told(store) == []


@pytest.mark.parametrize("hours", [2, None])
def test_digest_of_four_stories_is_none_of_them_and_ties_none_together(
    store: duckdb.DuckDBPyConnection, hours: float | None
) -> None:
    whole = [words(n, 120) for n in range(1, 5)]
    heads = [" ".join(body.split()[:35]) for body in whole]
    assert told_apart(
        store,
        *(story(f"{n}", body, f"{n}.com", hours) for n, body in enumerate(whole)),
        story("digest", "\n".join(heads), "digest.com", hours),
    )


def test_translation_with_the_same_names_and_figures_is_another_article(
    store: duckdb.DuckDBPyConnection,
) -> None:
    english = (
        "After nine months of building the ferry port of Süderwisch opened again on Monday. The "
        "first ferry left at 6.40 with 212 passengers on board, twelve minutes late. “We have "
        "raised the wall by 31 centimetres,” said harbour master Änne Brügge. The work cost 4.8 "
        "million euros, a good fifth more than was estimated in spring. Jörn Öhlrich, who leads "
        "the brass band, had left the notes at home."
    )
    assert told_apart(
        store,
        story("de", "\n".join(PARAGRAPHS), "wischbote.de"),
        story("en", english, "wisch-herald.com", 3),
    )
