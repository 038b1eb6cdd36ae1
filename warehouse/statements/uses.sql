-- uses: who used the shingles in `asked`, of the articles that no file beside the warehouse keeps.
-- Grain: one row per (key, number). Reads: store.shingle.
select
    s.key,
    s.number
from store.shingle as s
semi join asked on s.key = asked.key
where s.number > $covered
