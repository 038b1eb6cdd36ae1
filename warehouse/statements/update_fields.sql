-- update_fields: what today's code reads off a page, where the text stays what it was.
-- Reads: articles.
update store.revision as r
set
    title = a.title,
    body = a.body,
    authors = a.authors,
    publisher = a.publisher,
    publisher_domain = a.publisher_domain,
    site = coalesce(a.publisher_domain, ''),
    section = a.section,
    language = a.language,
    published_at = a.published_at,
    published_precision = a.published_precision,
    modified_at = a.modified_at,
    url = a.url,
    canonical_url = a.canonical_url,
    agency = a.agency,
    dateline = a.dateline,
    word_count = a.word_count,
    flags = a.flags,
    page_chars = a.page_chars,
    extractor_version = a.extractor_version
from articles as a
where r.is_current and r.document_id = a.document_id
