-- dossier_articles: the article that one document gave or repeats.
-- Grain: at most one row. Reads: articles, store.document.
select
    a.article_id,
    a.title,
    a.body,
    a.authors,
    a.publisher,
    a.publisher_domain,
    a.section,
    a.language,
    a.published_at,
    a.published_precision,
    a.modified_at,
    a.url,
    a.canonical_url,
    a.source,
    a.agency,
    a.dateline,
    a.word_count,
    a.flags,
    a.story_id,
    a.is_canonical,
    a.revision,
    a.content_hash,
    a.document_id,
    a.first_seen_at,
    a.last_seen_at,
    a.extractor_version
from articles as a
where
    a.article_id in (
        select d.article_id from store.document as d
        where d.document_id = $document_id
    )
