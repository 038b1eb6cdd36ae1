-- followers: the articles that repeat one of those in `asked`.
-- Grain: one row per article. Reads: store.link.
select l.number
from store.link as l
semi join asked on l.canonical_number = asked.number
where l.number is not null
order by l.number asc
