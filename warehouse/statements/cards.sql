-- cards: what ranks the articles in `asked`, and whom they repeat so far.
-- Grain: one row per number that stands. Reads: store.fingerprint, store.link: columns of numbers,
-- and those rows of store.fingerprint that they name.
-- Rows of the open transaction, from place 36028797018960000 on, are read apart: DuckDB 2.0.0 loses
-- rows when one look-up names some of each.
with met as materialized (
    select f.rowid as place
    from store.fingerprint as f
    semi join asked on f.number = asked.number
),

stored as (
    select met.place
    from met
    where met.place < 36028797018960000
),

added as (
    select met.place
    from met
    where met.place >= 36028797018960000
),

card as materialized (
    select
        f.number,
        f.article_id,
        epoch_us(f.published_at) as published_us,
        f.words,
        f.publisher,
        f.keys
    from store.fingerprint as f
    where f.rowid in (select stored.place from stored)
    union all
    select
        f.number,
        f.article_id,
        epoch_us(f.published_at) as published_us,
        f.words,
        f.publisher,
        f.keys
    from store.fingerprint as f
    where f.rowid in (select added.place from added)
),

tie as materialized (
    select
        l.number,
        l.canonical_number
    from store.link as l
    semi join asked on l.number = asked.number
)

select
    card.number,
    card.article_id,
    card.published_us,
    card.words,
    card.publisher,
    card.keys,
    tie.canonical_number as canonical
from card
left join tie on card.number = tie.number
