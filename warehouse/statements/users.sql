-- users: when the articles in `asked` were published and how many shingles are kept of them.
-- Grain: one row per number that stands: a changed text has a new one. Reads: store.fingerprint.
select
    f.number,
    f.published_at,
    f.keys
from store.fingerprint as f
semi join asked on f.number = asked.number
order by f.number asc
