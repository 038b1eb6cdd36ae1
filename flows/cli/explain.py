"""`newsmill explain`: the whole story of one document."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from archive import Place, read_document
from articles.errors import NewsmillError
from articles.model import (
    BODY_ROLES,
    NO_TEMPLATES,
    Article,
    RawDocument,
    Rejection,
    Role,
    Templates,
)
from flows.cli.application import app
from flows.cli.terminal import console, shown, table
from flows.ingest.documents import drop_documents
from flows.markup import pasted
from flows.settings import Settings

if TYPE_CHECKING:
    from warehouse.lookup import Dossier

STYLES: dict[Role, str] = {
    Role.TITLE: "bold green",
    Role.STANDFIRST: "green",
    Role.BYLINE: "cyan",
    Role.DATELINE: "cyan",
    Role.DATE: "cyan",
    Role.CAPTION: "blue",
    Role.RELATED: "magenta",
    Role.TICKER: "magenta",
    Role.DISCLAIMER: "yellow",
    Role.CALL_TO_ACTION: "yellow",
    Role.COMMENT: "yellow",
    Role.SPAM: "red",
} | dict.fromkeys(BODY_ROLES, "white")
"""Colour of a line by its role; what is not named here is dim."""
LONGEST = 160
"""Characters shown of a line; the body itself is kept whole."""


class NothingKnown(NewsmillError):
    """Neither a file nor the warehouse answers to the name given."""


@app.command(epilog="Example: newsmill explain samples/dumps/bridge-reopens.txt")
def explain(
    what: Annotated[
        str, typer.Argument(help="A file, a URL, an origin, a document or article id.")
    ],
) -> None:
    """Tell where a document came from, what each line is, and why each field has its value."""
    settings = Settings()
    out = console()
    what = what if Path(what).exists() else pasted(what)
    told = False
    for document, dossier in _documents(settings, what):
        told = True
        _provenance(out, document, dossier)
        if isinstance(document, RawDocument):
            _story(out, document, _templates(settings))
        else:
            out.print(shown(f"refused on reading: {document.reason}: {document.detail}", "red"))
            out.print(shown(f"rule {document.rule} of stage {document.stage}", "dim"))
        _outcome(out, dossier)
    if not told:
        raise NothingKnown(
            f"{what} is no file, and the warehouse knows no origin, URL or id like it; "
            "ask the table `documents` for the origins that it knows"
        )


def _documents(
    settings: Settings, what: str
) -> Iterator[tuple[RawDocument | Rejection, "Dossier | None"]]:
    """Yield what `what` names: the documents of a file, or one from the archive."""
    if Path(what).exists():
        for item in drop_documents([Path(what)]):
            yield item, _known(settings, item.document_id)
    elif settings.articles.exists():
        for document_id in _ids(settings, what):
            dossier = _known(settings, document_id)
            if dossier is not None and (place := _place(dossier)) is not None:
                yield read_document(settings.archive, place), dossier


def _ids(settings: Settings, what: str) -> list[str]:
    from warehouse import lookup, query

    with query.connect(settings.articles) as connection:
        return lookup.document_ids(connection, what)


def _known(settings: Settings, document_id: str | None) -> "Dossier | None":
    if document_id is None or not settings.articles.exists():
        return None
    from warehouse import lookup, query

    with query.connect(settings.articles) as connection:
        dossier = lookup.dossier(connection, document_id)
    return dossier if dossier.documents else None


def _place(dossier: "Dossier") -> Place | None:
    for row in dossier.documents:
        if row["archive_file"] is not None:
            return Place(str(row["archive_file"]), int(str(row["archive_offset"])))
    return None


def _provenance(out: Console, document: RawDocument | Rejection, dossier: "Dossier | None") -> None:
    rows: list[tuple[str, object]] = [("origin", document.origin)]
    if isinstance(document, RawDocument):
        rows += [
            ("bytes", f"{len(document.payload):,}, {document.media_type}"),
            ("document_id", document.document_id),
            ("url", document.url),
            ("fetched at", document.fetched_at),
        ]
    for row in dossier.documents if dossier else ():
        rows.append(("seen at", f"{row['first_seen_at']} as {row['origin']}"))
        rows.append(("archived in", f"{row['archive_file']} at byte {row['archive_offset']}"))
    out.print(table(("", ""), [(name, value) for name, value in rows if value is not None]))


def _templates(settings: Settings) -> Templates:
    if not settings.articles.exists():
        return NO_TEMPLATES
    from warehouse import query, templates

    with query.connect(settings.articles) as connection:
        return templates.templates_at(connection)


def _story(out: Console, document: RawDocument, templates: Templates) -> None:
    """Extract the document as of today and show its lines and fields."""
    from articles.extraction import extract, page_of

    [outcome] = extract([document], templates=templates)
    if isinstance(outcome, Rejection):
        out.print(shown(f"\nno article: {outcome.reason}: {outcome.detail}", "red"))
        out.print(shown(f"rule {outcome.rule} of stage {outcome.stage}\n", "dim"))
        return
    page = page_of(document)
    if page is not None:
        out.print()
        for block, role in zip(page.blocks, outcome.line_roles, strict=True):
            if block.text.strip():
                out.print(_line(block.index + 1, role, block.text))
    _fields(out, outcome)


def _line(number: int, role: Role, text: str) -> Text:
    style = STYLES.get(role, "dim")
    mark = "▌" if role in BODY_ROLES else " "
    cut = text.strip()
    cut = cut if len(cut) <= LONGEST else cut[: LONGEST - 1] + "…"
    return Text.assemble(
        (f"{number:5} ", "dim"), (f"{role.value:14} ", style), (mark, "green"), shown(cut, style)
    )


def _fields(out: Console, article: Article) -> None:
    out.print()
    rows = []
    for each in sorted(article.evidence, key=lambda each: (each.field, not each.chosen)):
        verdict = "chosen" if each.chosen else "stated" if each.stated else "inferred"
        style = "green" if each.chosen else "dim"
        where = None if each.block is None else f"line {each.block + 1}"
        value = each.value if len(each.value) <= LONGEST else each.value[: LONGEST - 1] + "…"
        rows.append((each.field, shown(verdict, style), shown(value, style), each.rule, where))
    out.print(table(("field", "", "value", "rule", "where"), rows))
    unknown = [
        name
        for name in ("title", "published_at", "authors", "publisher", "section", "language")
        if not getattr(article, name)
    ]
    if unknown:
        out.print(shown(f"not stated by the page, so NULL: {', '.join(unknown)}", "dim"))


def _outcome(out: Console, dossier: "Dossier | None") -> None:
    out.print()
    if dossier is None:
        out.print(shown("not in the warehouse"))
        return
    for row in dossier.documents:
        article = "" if row["article_id"] is None else f" as article {row['article_id']}"
        out.print(shown(f"{row['outcome']}{article} (run {row['run_id']})", "bold"))
    for row in dossier.rejects:
        out.print(shown(f"{row['stage']}: {row['reason']} by rule {row['rule']}: {row['detail']}"))
    for row in dossier.duplicates:
        out.print(shown(f"{row['relation']} of article {row['canonical_article_id']}"))
