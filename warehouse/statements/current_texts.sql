-- current_texts: the words and times of the articles in `held`, asked for only if there are any: this reads
-- every stored text.
-- Grain: one row per article. Reads: store.revision.
select
    r.article_id,
    r.title,
    r.body,
    epoch_us(r.published_at) as published_us,
    r.published_precision,
    epoch_us(r.modified_at) as modified_us
from store.revision as r
semi join held on r.article_id = held.article_id
where r.is_current
