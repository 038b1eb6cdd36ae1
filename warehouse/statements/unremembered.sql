-- unremembered: current texts of which no shingles are kept, as those of a load without stories.
-- Grain: one row per article. Reads: store.revision, store.fingerprint.
select
    r.article_id,
    r.title,
    r.body,
    r.published_at,
    r.word_count,
    r.publisher,
    r.publisher_domain
from store.revision as r
anti join store.fingerprint as f on r.article_id = f.article_id
where r.is_current
