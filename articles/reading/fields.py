"""Under which names do records carry the fields of an article?"""

NAMES = {
    "id": ("id",),
    "url": ("url", "link"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content", "maintext", "articlebody"),
    "html": ("html",),
    "published_at": ("published_at", "date", "date_publish", "datepublished", "pubdate"),
    "authors": ("author", "authors", "byline"),
    "publisher": ("publisher", "source", "site", "source_domain"),
    "language": ("language", "lang"),
}
"""Field -> the names it goes by, in lower case, the surest first."""
FIELD_OF = {name: field for field, names in NAMES.items() for name in names}
"""Name in lower case -> field."""
