-- users: when the articles in `asked` were published, how many shingles are kept of them, their lots.
-- Grain: one row per number that stands: a changed text has a new one. Reads: store.fingerprint.
select
    f.number,
    epoch_us(f.published_at) as published_us,
    f.keys,
    f.lot
from store.fingerprint as f
semi join asked on f.number = asked.number
order by f.number asc
