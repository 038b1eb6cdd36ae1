-- cards: what ranks the articles in `asked`, and whom they repeat so far.
-- Grain: one row per number. Reads: store.fingerprint, store.link.
with card as (
    select
        f.number,
        f.article_id,
        epoch_us(f.published_at) as published_us,
        f.words,
        f.publisher,
        f.keys
    from store.fingerprint as f
    semi join asked on f.number = asked.number
),

tie as (
    select
        l.article_id,
        l.canonical_article_id
    from store.link as l
    semi join card on l.article_id = card.article_id
)

select
    card.number,
    card.article_id,
    card.published_us,
    card.words,
    card.publisher,
    card.keys,
    f.number as canonical
from card
left join tie on card.article_id = tie.article_id
left join store.fingerprint as f on tie.canonical_article_id = f.article_id
