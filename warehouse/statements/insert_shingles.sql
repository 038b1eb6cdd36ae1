-- insert_shingles: the kept shingles of the articles of the batch.
-- Grain: one row per (article, shingle). Reads: use.
insert into store.shingle by name
select
    key,
    number,
    hour
from use
