-- insert_fingerprints: what ranks each article of the batch.
-- Grain: one row per article. Reads: card.
insert into store.fingerprint by name
select
    number,
    article_id,
    published_at,
    words,
    publisher,
    keys,
    lot
from card
