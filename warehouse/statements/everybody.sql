-- everybody: what ranks every article, and whom it repeats so far.
-- Grain: one row per article. Reads: store.fingerprint, store.link.
select
    f.number,
    f.article_id,
    epoch_us(f.published_at) as published_us,
    f.words,
    f.publisher,
    f.keys,
    l.canonical_number as canonical,
    f.lot
from store.fingerprint as f
left join store.link as l on f.number = l.number
order by f.number asc
