-- standing_articles: the current versions that the documents in `again` stand behind.
-- Grain: one row per article. Reads: store.revision, again.
select
    r.document_id,
    r.article_id,
    r.content_hash,
    r.title,
    r.body,
    r.authors,
    r.publisher,
    r.publisher_domain,
    r.section,
    r.language,
    r.published_at,
    r.published_precision,
    r.modified_at,
    r.url,
    r.canonical_url,
    r.source,
    r.agency,
    r.dateline,
    r.word_count,
    r.flags,
    r.page_chars,
    r.changed_ratio,
    r.extractor_version
from store.revision as r
semi join again on r.document_id = again.document_id
where r.is_current
